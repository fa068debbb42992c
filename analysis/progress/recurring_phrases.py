"""The sounds, words, phrases and beginnings of sentences that somebody returns to, found in their own answers.

No list says what to look for. Nothing here is a fault; it is what was heard again and again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.progress.overused_phrases import own_phrases
from analysis.progress.spoken_sentences import OwnWords, Sentence, Use, own_sentences, returns, use
from analysis.text.clauses import plain
from analysis.text.verbalize import word_count
from analysis.text.word_lists import word_set
from speech.transcript import WordKind

OPENINGS = 0.1  # share of the sentences that an opener has to open

# With its subject, place or time any sentence may begin.
_ANY_START = word_set(
    """a an all at for her his i i'd i'll i'm i've he he's if in it it's its my on our she she's that that's the their
    there there's these they they're this those to we we'd we'll we're we've what when where who with you your"""
)


class TicKind(StrEnum):
    """What returns."""

    SOUND = "sound"  # um, umm and uhm are one
    PHRASE = "phrase"  # a word or several
    OPENER = "opener"  # the first word or two of a sentence


@dataclass(frozen=True)
class Tic:
    """Something that returns, and each time it was said."""

    kind: TicKind
    text: str
    uses: tuple[Use, ...]
    answers: int  # with at least one use
    per_100_words: float


def tics(answers: Sequence[OwnWords]) -> tuple[Tic, ...]:
    """What returns in 3 answers or more, the most frequent first; meant for the last dozens of eligible answers."""
    said = own_sentences(answers)
    openers = _openers(said)
    taken = {(at, step) for places in openers.values() for at, length in places for step in range(length)}
    opened = {text: tuple(said[at].use(0, length) for at, length in places) for text, places in openers.items()}
    words = sum(word_count(answer.words) for answer in answers)
    found = [
        _tic(kind, text, uses, words)
        for kind, texts in (
            (TicKind.SOUND, _sounds(answers)),
            (TicKind.OPENER, opened),
            (TicKind.PHRASE, own_phrases(said, taken)),
        )
        for text, uses in texts.items()
    ]
    return tuple(sorted(found, key=lambda tic: -len(tic.uses)))


def sound_family(text: str) -> str:
    """The same for every spelling of a filler sound: "um", "Umm" and "uhm" are one, "uh" and "er" others."""
    letters = re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", text.lower()))
    return re.sub(r"(?<=[aeu])h(?=m)", "", letters)


def _tic(kind: TicKind, text: str, uses: tuple[Use, ...], words: int) -> Tic:
    return Tic(kind, text, uses, len({use.attempt for use in uses}), 100 * len(uses) / max(1, words))


def _sounds(answers: Sequence[OwnWords]) -> dict[str, tuple[Use, ...]]:
    """Families by their most frequent spelling."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uses: defaultdict[str, list[Use]] = defaultdict(list)
    for answer in answers:
        for word in answer.words:
            if word.kind is WordKind.FILLER_SOUND:
                family = sound_family(word.text)
                spellings[family][plain(word)] += 1
                uses[family].append(use(answer, (word,)))
    return {spellings[family].most_common(1)[0][0]: tuple(said) for family, said in uses.items() if returns(said)}


def _openers(said: Sequence[Sentence]) -> dict[str, list[tuple[int, int]]]:
    """Each opener with the sentences it opens and its length; two words come first and use theirs up."""
    found: dict[str, list[tuple[int, int]]] = {}
    opened: set[int] = set()
    for length in (2, 1):
        places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, sentence in enumerate(said):
            texts = sentence.texts[:length]
            if at not in opened and len(texts) == length and not _ANY_START & set(texts):
                places[" ".join(texts)].append((at, length))
        for text, those in places.items():
            if len(those) >= OPENINGS * len(said) and returns(said[at].use(0, length) for at, _ in those):
                found[text] = those
                opened |= {at for at, _ in those}
    return found
