"""The marked text of a sample: what is said, where it falls silent, and what is a filler.

    {0.8}       a silence of 0.8 s
    {um}        a filler sound: um, uh or er; {um 0.5} asks for one of about 0.5 s
    [you know]  words in filler use
    <the pro->  words said again at once, or given up and started anew: the part a listener could do without

Everything else is spoken as it stands, so numbers are written as they are said: "twenty-five percent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from speech.transcript import WordKind

FILLER_SOUNDS = ("um", "uh", "er")
FILLER_SECONDS = 0.36  # s, when the text does not ask for another length
SHORTEST_SILENCE = 0.3  # s; clearly a pause (0.25 s), so that no measurement can argue

TOKEN = re.compile(
    r"\{(?P<brace>[^{}]*)\}|\[(?P<filler>[^\[\]<>{}]*)\]|<(?P<repetition>[^\[\]<>{}]*)>|(?P<word>[^\s{}\[\]<>]+)"
)
FILLER = re.compile(rf"({'|'.join(FILLER_SOUNDS)})(?: (\d\.\d+))?")


class MarkError(ValueError):
    """The marks of a text do not make sense; the message names the place."""


@dataclass(frozen=True)
class SaidWord:
    """A word of a piece and what it does there."""

    text: str
    kind: WordKind = WordKind.WORD


@dataclass(frozen=True)
class Speech:
    """Words spoken in one breath, without an interruption."""

    words: tuple[SaidWord, ...]


@dataclass(frozen=True)
class FillerSound:
    """An um, uh or er, and about how long it lasts."""

    text: str
    seconds: float


@dataclass(frozen=True)
class Silence:
    """Nothing, for exactly so long."""

    seconds: float


Piece = Speech | FillerSound | Silence


@dataclass(frozen=True)
class MarkedText:
    """A text cut at its marks; `filler_phrases` and `repetitions` count marks, not words."""

    pieces: tuple[Piece, ...]
    filler_phrases: int
    repetitions: int


def parse(text: str) -> MarkedText:
    """Cut a marked text into pieces; raises MarkError when a mark is open, unknown, empty or out of place."""
    tokens = list(_tokens(text))
    pieces = tuple(_pieces(tokens))
    _check(pieces)
    kinds = [token.lastgroup for token in tokens]
    return MarkedText(pieces, kinds.count("filler"), kinds.count("repetition"))


def _tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    for token in TOKEN.finditer(text):
        if text[position : token.start()].strip():
            raise MarkError(f"a mark is not closed or stands alone: {text[position : token.end()]!r}")
        position = token.end()
        yield token
    if text[position:].strip():
        raise MarkError(f"a mark is not closed or stands alone: {text[position:]!r}")


def _pieces(tokens: list[re.Match[str]]) -> Iterator[Piece]:
    breath: list[SaidWord] = []
    for token in tokens:
        if token["brace"] is None:
            breath.extend(_words(token))
            continue
        if breath:
            yield Speech(tuple(breath))
            breath = []
        yield _interruption(token["brace"])
    if breath:
        yield Speech(tuple(breath))


def _words(token: re.Match[str]) -> Iterator[SaidWord]:
    kind = {"filler": WordKind.FILLER_WORD, "repetition": WordKind.REPETITION}.get(token.lastgroup or "", WordKind.WORD)
    words = token[token.lastgroup or 0].split()
    if not words:
        raise MarkError(f"a mark is empty: {token[0]!r}")
    for word in words:
        if re.search(r"\d", word):
            raise MarkError(f"write numbers as they are said: {word!r}")
        if not re.search(r"[A-Za-z]", word):
            raise MarkError(f"punctuation belongs to the word before it: {word!r}")
        yield SaidWord(word, kind)


def _interruption(inside: str) -> Piece:
    if re.fullmatch(r"\d+\.\d+", inside):
        if float(inside) < SHORTEST_SILENCE:
            raise MarkError(f"a silence lasts at least {SHORTEST_SILENCE} s: {{{inside}}}")
        return Silence(float(inside))
    filler = FILLER.fullmatch(inside)
    if filler is None:
        raise MarkError(f"neither a silence in seconds nor one of {', '.join(FILLER_SOUNDS)}: {{{inside}}}")
    return FillerSound(filler[1], float(filler[2] or FILLER_SECONDS))


def _check(pieces: tuple[Piece, ...]) -> None:
    if not pieces or isinstance(pieces[0], Silence) or isinstance(pieces[-1], Silence):
        raise MarkError("a text begins and ends with something that is said")
    if any(isinstance(one, Silence) and isinstance(two, Silence) for one, two in pairwise(pieces)):
        raise MarkError("two silences stand side by side: write one")
