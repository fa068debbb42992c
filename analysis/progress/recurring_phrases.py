"""Find recurring sounds, words, phrases and sentence openers in a speaker's own answers.

There is no list of phrases to look for. None of this is a fault; it is what was said repeatedly.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.progress.overused_phrases import find_overused_phrases
from analysis.progress.spoken_sentences import (
    PhraseUse,
    Sentence,
    SpokenAnswer,
    is_recurring,
    list_spoken_sentences,
    locate_words,
)
from analysis.text.clauses import normalise_word
from analysis.text.verbalize import count_words
from analysis.text.word_lists import make_word_set
from speech.transcript import WordKind

MIN_OPENER_SHARE = 0.1  # share of the sentences that an opener has to open

# With its subject, place or time any sentence may begin.
_ANY_START = make_word_set(
    """a an all at for her his i i'd i'll i'm i've he he's if in it it's its my on our she she's that that's the their
    there there's these they they're this those to we we'd we'll we're we've what when where who with you your"""
)


class RecurringPhraseKind(StrEnum):
    """What recurs."""

    SOUND = "sound"  # um, umm and uhm are one
    PHRASE = "phrase"  # a word or several
    OPENER = "opener"  # the first word or two of a sentence


@dataclass(frozen=True)
class RecurringPhrase:
    """A recurring sound or phrase, with every use of it."""

    kind: RecurringPhraseKind
    text: str
    uses: tuple[PhraseUse, ...]
    answers: int  # with at least one use
    per_100_words: float


def find_recurring_phrases(answers: Sequence[SpokenAnswer]) -> tuple[RecurringPhrase, ...]:
    """Return what recurs in at least 3 answers, the most frequent first.

    Args:
        answers: meant to be the last few dozen eligible answers.
    """
    said = list_spoken_sentences(answers)
    openers = _find_openers(said)
    taken = {(at, step) for places in openers.values() for at, length in places for step in range(length)}
    opened = {text: tuple(said[at].locate_use(0, length) for at, length in places) for text, places in openers.items()}
    words = sum(count_words(answer.words) for answer in answers)
    found = [
        _build_phrase(kind, text, uses, words)
        for kind, texts in (
            (RecurringPhraseKind.SOUND, _find_sounds(answers)),
            (RecurringPhraseKind.OPENER, opened),
            (RecurringPhraseKind.PHRASE, find_overused_phrases(said, taken)),
        )
        for text, uses in texts.items()
    ]
    return tuple(sorted(found, key=lambda tic: -len(tic.uses)))


def find_sound_family(text: str) -> str:
    """Return the family of a filler sound's spelling: "um", "Umm" and "uhm" are one; "uh" and "er" are others."""
    letters = re.sub(r"(.)\1+", r"\1", re.sub(r"[^a-z]", "", text.lower()))
    return re.sub(r"(?<=[aeu])h(?=m)", "", letters)


def _build_phrase(kind: RecurringPhraseKind, text: str, uses: tuple[PhraseUse, ...], words: int) -> RecurringPhrase:
    return RecurringPhrase(kind, text, uses, len({use.attempt for use in uses}), 100 * len(uses) / max(1, words))


def _find_sounds(answers: Sequence[SpokenAnswer]) -> dict[str, tuple[PhraseUse, ...]]:
    """Return the uses of each recurring sound family, by its most frequent spelling."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    uses: defaultdict[str, list[PhraseUse]] = defaultdict(list)
    for answer in answers:
        for word in answer.words:
            if word.kind is WordKind.FILLED_PAUSE:
                family = find_sound_family(word.text)
                spellings[family][normalise_word(word)] += 1
                uses[family].append(locate_words(answer, (word,)))
    return {spellings[family].most_common(1)[0][0]: tuple(said) for family, said in uses.items() if is_recurring(said)}


def _find_openers(said: Sequence[Sentence]) -> dict[str, list[tuple[int, int]]]:
    """Find recurring openers of two words, then of one word in the remaining sentences.

    Returns:
        For each opener, the indices of the sentences it opens, each with its length in words.
    """
    found: dict[str, list[tuple[int, int]]] = {}
    opened: set[int] = set()
    for length in (2, 1):
        places: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, sentence in enumerate(said):
            texts = sentence.texts[:length]
            if at not in opened and len(texts) == length and not _ANY_START & set(texts):
                places[" ".join(texts)].append((at, length))
        for text, those in places.items():
            if len(those) >= MIN_OPENER_SHARE * len(said) and is_recurring(
                said[at].locate_use(0, length) for at, _ in those
            ):
                found[text] = those
                opened |= {at for at, _ in those}
    return found
