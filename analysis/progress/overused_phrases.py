"""Find words and phrases that a speaker uses much more often than an even share of their words.

A phrase is reported if all of these are true: the lower end of the confidence interval of its count
is at least twice an even share, which is the average count of the phrases of its length; it was
said in 3 answers and to 2 questions, since otherwise it belongs to the subject; and it is cohesive:
at least half the uses of its meaningful parts are uses of the whole phrase. Longer phrases come
first and use up their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count

import scipy

from analysis.measures.poisson_interval import CONFIDENCE_LEVEL
from analysis.progress.spoken_sentences import PhraseUse, Sentence, is_recurring
from analysis.text.word_lists import STOP_WORDS

PHRASE_LENGTHS_WORDS = range(8, 0, -1)  # words
MIN_QUESTIONS = 2
MIN_TIMES_EVEN_SHARE = 2.0
MIN_COHESION = 0.5  # share of the uses of a part

Texts = tuple[str, ...]
Place = tuple[int, int]  # sentence, word


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
