"""Parse the marked text of a sample: what is said, where it pauses, and what is a filler.

    {0.8}       a silence of 0.8 s
    {um}        a filler sound: um, uh or er; {um 0.5} asks for one of about 0.5 s
    [you know]  words used as a filler
    <the pro->  words that are repeated at once, or given up and restarted

Everything else is spoken as written, so numbers are written as they are said: "twenty-five
percent".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from speech.transcript import WordKind

FILLER_SOUNDS = ("um", "uh", "er")
DEFAULT_FILLER_SECONDS = 0.36  # s, when the text does not ask for another length
MIN_SILENCE_SECONDS = 0.3  # s; clearly a pause (0.25 s), so that no measurement can argue

TOKEN_PATTERN = re.compile(
    r"\{(?P<brace>[^{}]*)\}|\[(?P<filler>[^\[\]<>{}]*)\]|<(?P<repetition>[^\[\]<>{}]*)>|(?P<word>[^\s{}\[\]<>]+)"
)
FILLER_PATTERN = re.compile(rf"({'|'.join(FILLER_SOUNDS)})(?: (\d\.\d+))?")


class MarkError(ValueError):
    """The marks of a text are inconsistent; the message quotes the place."""


@dataclass(frozen=True)
class SaidWord:
    """A word of a piece and its kind."""

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
    """An exact silence."""

    seconds: float


ScriptPiece = Speech | FillerSound | Silence


@dataclass(frozen=True)
class MarkedText:
    """A text split at its marks; `filler_phrases` and `repetitions` count marks, not words."""

    pieces: tuple[ScriptPiece, ...]
    filler_phrases: int
    repetitions: int


def parse_marks(text: str) -> MarkedText:
    """Split a marked text into pieces.

    Raises:
        MarkError: A mark is unclosed, unknown, empty or out of place.
    """
    tokens = list(_split_tokens(text))
    pieces = tuple(_build_pieces(tokens))
    _check_pieces(pieces)
    kinds = [token.lastgroup for token in tokens]
    return MarkedText(pieces, kinds.count("filler"), kinds.count("repetition"))


def _split_tokens(text: str) -> Iterator[re.Match[str]]:
    position = 0
    for token in TOKEN_PATTERN.finditer(text):
        if text[position : token.start()].strip():
            raise MarkError(f"a mark is not closed or stands alone: {text[position : token.end()]!r}")
        position = token.end()
        yield token
    if text[position:].strip():
        raise MarkError(f"a mark is not closed or stands alone: {text[position:]!r}")


def _build_pieces(tokens: list[re.Match[str]]) -> Iterator[ScriptPiece]:
    breath: list[SaidWord] = []
    for token in tokens:
        if token["brace"] is None:
            breath.extend(_split_words(token))
            continue
        if breath:
            yield Speech(tuple(breath))
            breath = []
        yield _parse_interruption(token["brace"])
    if breath:
        yield Speech(tuple(breath))


def _split_words(token: re.Match[str]) -> Iterator[SaidWord]:
    kind = {"filler": WordKind.DISCOURSE_MARKER, "repetition": WordKind.REPETITION}.get(
        token.lastgroup or "", WordKind.WORD
    )
    words = token[token.lastgroup or 0].split()
    if not words:
        raise MarkError(f"a mark is empty: {token[0]!r}")
    for word in words:
        if re.search(r"\d", word):
            raise MarkError(f"write numbers as they are said: {word!r}")
        if not re.search(r"[A-Za-z]", word):
            raise MarkError(f"punctuation belongs to the word before it: {word!r}")
        yield SaidWord(word, kind)


def _parse_interruption(inside: str) -> ScriptPiece:
    if re.fullmatch(r"\d+\.\d+", inside):
        if float(inside) < MIN_SILENCE_SECONDS:
            raise MarkError(f"a silence lasts at least {MIN_SILENCE_SECONDS} s: {{{inside}}}")
        return Silence(float(inside))
    filler = FILLER_PATTERN.fullmatch(inside)
    if filler is None:
        raise MarkError(f"neither a silence in seconds nor one of {', '.join(FILLER_SOUNDS)}: {{{inside}}}")
    return FillerSound(filler[1], float(filler[2] or DEFAULT_FILLER_SECONDS))


def _check_pieces(pieces: tuple[ScriptPiece, ...]) -> None:
    if not pieces or isinstance(pieces[0], Silence) or isinstance(pieces[-1], Silence):
        raise MarkError("a text begins and ends with something that is said")
    if any(isinstance(one, Silence) and isinstance(two, Silence) for one, two in pairwise(pieces)):
        raise MarkError("two silences stand side by side: write one")
