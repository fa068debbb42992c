"""Find recurring sounds, words, phrases and sentence openers in a speaker's own answers.

There is no list of phrases to look for. None of this is a fault; it is what was said repeatedly.

A phrase is overused if all of these are true: the lower end of the confidence interval of its count
is at least twice an even share, which is the average count of the phrases of its length; it was
said in 3 answers and to 2 questions, since otherwise it belongs to the subject; and it is cohesive:
at least half the uses of its meaningful parts are uses of the whole phrase. Longer phrases come
first and use up their words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import count

import scipy

from analysis.measures.poisson_interval import CONFIDENCE_LEVEL
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
from analysis.text.word_lists import STOP_WORDS, make_word_set
from speech.transcript import WordKind

PHRASE_LENGTHS_WORDS = range(8, 0, -1)  # words
MIN_QUESTIONS = 2
MIN_TIMES_EVEN_SHARE = 2.0
MIN_COHESION = 0.5  # share of the uses of a part
Texts = tuple[str, ...]
Place = tuple[int, int]  # sentence, word
# Besides the stop words and adverbs in -ly, what fills a sentence without being its subject.
_FILL_INS = make_word_set(
    "actual anyway bit kind lot maybe okay perhaps pretty quite rather right sort stuff thing things well yet"
)
MIN_OPENER_SHARE = 0.1  # share of the sentences that an opener has to open
# With its subject, place or time any sentence may begin.
_ANY_START = make_word_set(
    """a an all at for her his i i'd i'll i'm i've he he's if in it it's its my on our she she's that that's the their
    there there's these they they're this those to we we'd we'll we're we've what when where who with you your"""
)


def find_overused_phrases(said: Sequence[Sentence], taken: Collection[Place] = ()) -> dict[str, tuple[PhraseUse, ...]]:
    """Return each overused phrase with its uses.

    Args:
        said: sentences of all answers.
        taken: positions of words that already belong to something else and are not counted.
    """
    found: dict[str, tuple[PhraseUse, ...]] = {}
    used = set(taken)
    for length in PHRASE_LENGTHS_WORDS:
        counts, parts = _count_phrases(said, length), _count_phrases(said, length - 1)
        places = _find_places(said, length, used)
        least = compute_min_count(sum(map(len, places.values())) / max(1, len(places)))
        for texts, starts in places.items():
            free = [place for place in starts if _is_free(place, length, used)]  # of equally long ones found before it
            uses = tuple(said[sentence].locate_use(start, length) for sentence, start in free)
            if len(uses) >= least and _is_spread(uses) and _is_cohesive(texts, counts, parts):
                found[" ".join(texts)] = uses
                used |= {(sentence, start + step) for sentence, start in free for step in range(length)}
    return found


def _find_places(said: Sequence[Sentence], length: int, used: Collection[Place]) -> Mapping[Texts, list[Place]]:
    """Return where each phrase with a content word occurs, without overlaps."""
    places: defaultdict[Texts, list[Place]] = defaultdict(list)
    for sentence, start, texts in _iterate_phrases(said, length):
        earlier = places.get(texts)
        overlaps = earlier and earlier[-1][0] == sentence and start - earlier[-1][1] < length
        is_free = not overlaps and _is_free((sentence, start), length, used)
        if is_free and any(said[sentence].telling[start : start + length]):
            places[texts].append((sentence, start))
    return places


def _is_free(place: Place, length: int, used: Collection[Place]) -> bool:
    return not any((place[0], place[1] + step) in used for step in range(length))


def compute_min_count(even_share: float) -> int:
    """Return the smallest count whose confidence interval is wholly above a multiple of an even share.

    The multiple is MIN_TIMES_EVEN_SHARE. A true rate of that multiple reaches this count in at most 2.5
    of 100 cases (analysis.measures.poisson_interval).
    """
    mean = MIN_TIMES_EVEN_SHARE * even_share
    sure = 1 - (1 - CONFIDENCE_LEVEL) / 2
    return 1 + next(uses for uses in count() if scipy.special.pdtr(uses, mean) >= sure)


def _is_spread(uses: Sequence[PhraseUse]) -> bool:
    return is_recurring(uses) and len({use.question for use in uses}) >= MIN_QUESTIONS


def _is_cohesive(texts: Texts, counts: Mapping[Texts, int], parts: Mapping[Texts, int]) -> bool:
    telling = [part for part in (texts[:-1], texts[1:]) if set(part) - STOP_WORDS]
    return all(counts[texts] >= MIN_COHESION * parts[part] for part in telling)


def _count_phrases(said: Sequence[Sentence], length: int) -> Counter[Texts]:
    return Counter(texts for _, _, texts in _iterate_phrases(said, length))


def _iterate_phrases(said: Sequence[Sentence], length: int) -> Iterator[tuple[int, int, Texts]]:
    for index, sentence in enumerate(said):
        for start in range(len(sentence.texts) - length + 1):
            yield index, start, sentence.texts[start : start + length]


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


def is_worth_noticing(phrase: RecurringPhrase) -> bool:
    """Return whether a speaker could change it: a habit of speech rather than the subject, which is nouns and verbs."""
    is_subject = phrase.kind is RecurringPhraseKind.PHRASE and not any(map(_is_of_manner, phrase.text.split()))
    return not is_subject


def _is_of_manner(word: str) -> bool:
    return word in STOP_WORDS or word in _FILL_INS or word.endswith("ly")


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
