"""Words and phrases that somebody returns to much more often than an even share of their words would make them.

A phrase is found when the lower end of the interval of its count is twice an even share, that is twice as often as the
phrases of its length are said on average; when it is heard in 3 answers and to 2 questions, or it belongs to the
subject; and when it holds together: at least half the uses of its telling parts are uses of the whole. Longer phrases
come first and use up their words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import count

import scipy

from analysis.measures.poisson_interval import CONFIDENCE
from analysis.progress.spoken_sentences import Sentence, Use, returns
from analysis.text.word_lists import STOP_WORDS

LENGTHS = range(8, 0, -1)  # words
QUESTIONS = 2
TIMES_EVEN_SHARE = 2.0
COHESION = 0.5  # share of the uses of a part

Texts = tuple[str, ...]
Place = tuple[int, int]  # sentence, word


def own_phrases(said: Sequence[Sentence], taken: Collection[Place] = ()) -> dict[str, tuple[Use, ...]]:
    """Each phrase with its uses; words at the places that are taken belong to something else already."""
    found: dict[str, tuple[Use, ...]] = {}
    used = set(taken)
    for length in LENGTHS:
        counts, parts = _counts(said, length), _counts(said, length - 1)
        places = _places(said, length, used)
        least = clearly_more(sum(map(len, places.values())) / max(1, len(places)))
        for texts, starts in places.items():
            free = [place for place in starts if _is_free(place, length, used)]  # of equally long ones found before it
            uses = tuple(said[sentence].use(start, length) for sentence, start in free)
            if len(uses) >= least and _is_spread(uses) and _holds_together(texts, counts, parts):
                found[" ".join(texts)] = uses
                used |= {(sentence, start + step) for sentence, start in free for step in range(length)}
    return found


def _places(said: Sequence[Sentence], length: int, used: Collection[Place]) -> Mapping[Texts, list[Place]]:
    """Where each phrase with a telling word stands, without overlaps."""
    places: defaultdict[Texts, list[Place]] = defaultdict(list)
    for sentence, start, texts in _windows(said, length):
        earlier = places.get(texts)
        overlaps = earlier and earlier[-1][0] == sentence and start - earlier[-1][1] < length
        is_free = not overlaps and _is_free((sentence, start), length, used)
        if is_free and any(said[sentence].telling[start : start + length]):
            places[texts].append((sentence, start))
    return places


def _is_free(place: Place, length: int, used: Collection[Place]) -> bool:
    return not any((place[0], place[1] + step) in used for step in range(length))


def clearly_more(even_share: float) -> int:
    """The smallest count whose interval lies wholly above so many times an even share.

    That is the smallest that so many times the share would reach in at most 2.5 of 100 cases
    (analysis.measures.poisson_interval).
    """
    mean = TIMES_EVEN_SHARE * even_share
    sure = 1 - (1 - CONFIDENCE) / 2
    return 1 + next(uses for uses in count() if scipy.special.pdtr(uses, mean) >= sure)


def _is_spread(uses: Sequence[Use]) -> bool:
    return returns(uses) and len({use.question for use in uses}) >= QUESTIONS


def _holds_together(texts: Texts, counts: Mapping[Texts, int], parts: Mapping[Texts, int]) -> bool:
    telling = [part for part in (texts[:-1], texts[1:]) if set(part) - STOP_WORDS]
    return all(counts[texts] >= COHESION * parts[part] for part in telling)


def _counts(said: Sequence[Sentence], length: int) -> Counter[Texts]:
    return Counter(texts for _, _, texts in _windows(said, length))


def _windows(said: Sequence[Sentence], length: int) -> Iterator[tuple[int, int, Texts]]:
    for index, sentence in enumerate(said):
        for start in range(len(sentence.texts) - length + 1):
            yield index, start, sentence.texts[start : start + length]
