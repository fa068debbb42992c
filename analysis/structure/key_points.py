"""Which of the user's points were heard in an answer, by meaning and not by words.

A point is compared with every stretch of the answer in two ways: as a whole (the cosine with the nearest 16 words) and
word by word (for each word of the point the nearest in the answer, as both are meant in their context). Its score is
the mean of the two, and more where a number of the point was said near by: a logistic regression over these and a dozen
more gave both nearly the same weight and the others little. From HEARD on it was heard, from PERHAPS on it may have
been, and also where the nearest passage has another number or may say it the other way round.

Thresholds were chosen on the half "development" of tests/data/points.toml, 129 points that were said in other words and
129 near in topic that were not: of those told as heard 84 % had been said (precision), of those said 85 % were told as
heard (recall). On the half "held out", 36 and 36 points written before these thresholds and measured once: precision
87 % (34 of 39), recall 94 %; they were noted first and told afterwards, as by a user. The farther the words of a point
are from those of the answer, the less is heard: on a third of the development half made to be far, 73 % at a precision
of 80 %. Points that name only what the answer comes to ("I stood my ground") are rarely heard. A contradiction is known
by its numbers, negations and a few pairs of contraries only: of 12 that the held-out answers contradict, 5 are heard.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.structure.element import Part, State, part, text_of
from analysis.structure.key_point_contradictions import doubt, same_number
from analysis.text.clauses import clauses
from analysis.text.sentence_embedding import Embedder
from speech.transcript import Word, WordKind

Passage = tuple[Word, ...]
Nearness = NDArray[np.float32]  # of each point, cosines or means of them

MOST_POINTS = 6
MAX_PASSAGE_WORDS = 10  # chosen with the thresholds below
MAX_CLAUSE_WORDS = 20  # recognisers sometimes leave out every mark
HEARD = 0.53
PERHAPS = 0.48
SAME_NUMBER = 0.1  # is added where a number of the point was said near by; the regression gives it more
WHOLE = 16, 4  # words of a stretch that is compared as a whole, and from one to the next
IN_WORDS = 100, 50  # words of a stretch that is compared word by word: the more, the more is near by chance
AROUND = 16  # words before and after the nearest passage that may speak for the point as well


def points_heard(points: Sequence[str], words: Sequence[Word], embed: Embedder) -> tuple[Part, ...]:
    """For each point, in order, whether it was heard and where; words as the report has them, with their kinds."""
    if len(points) > MOST_POINTS:
        raise ValueError(f"at most {MOST_POINTS} points, not {len(points)}")
    stretches = windows(words, *WHOLE)
    if not points or not stretches:
        return tuple(part(str(place), point, ()) for place, point in enumerate(points, start=1))
    vectors = embed(points)
    nearness = vectors @ embed([text_of(stretch) for stretch in stretches]).T
    scores = (nearness.max(axis=1) + _word_by_word(points, words, embed)) / 2
    told = []
    for place, (point, score, near) in enumerate(zip(points, scores, nearness, strict=True), start=1):
        stretch = stretches[int(near.argmax())]
        reached = float(score) + SAME_NUMBER * same_number(point, text_of(_around(stretch, words)))
        among = _touching(stretch, words) if reached >= PERHAPS else ()
        told.append(_part(str(place), point, reached, _nearest(vectors[place - 1], among, embed), words))
    return tuple(told)


def passages(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return every run of neighbouring clauses of up to MAX_PASSAGE_WORDS words, fillers and repetitions left out.

    A clause that is longer stands alone; one beyond 20 words is cut into halves that overlap.
    """
    units = clauses([word for word in words if word.kind is WordKind.WORD])
    found: list[tuple[Word, ...]] = []
    for first in range(len(units)):
        found += _runs(units[first:])
    return tuple(found)


def windows(words: Sequence[Word], size: int, step: int) -> tuple[tuple[Word, ...], ...]:
    """Return runs of `size` words from every `step` on, without fillers and repetitions; the last may be shorter."""
    said = tuple(word for word in words if word.kind is WordKind.WORD)
    starts = range(0, max(1, len(said) - size + step), step) if said else ()
    return tuple(said[start : start + size] for start in starts)


def _runs(units: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """Return the passages that begin with the first unit."""
    passage = units[0]
    runs = [passage] if len(passage) <= MAX_CLAUSE_WORDS else _cut(passage)
    for unit in units[1:]:
        passage += unit
        if len(passage) > MAX_PASSAGE_WORDS:
            break
        runs.append(passage)
    return runs


def _cut(clause: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    half = MAX_PASSAGE_WORDS // 2
    return [clause[start : start + MAX_PASSAGE_WORDS] for start in range(0, len(clause) - half, half)]


def _word_by_word(points: Sequence[str], words: Sequence[Word], embed: Embedder) -> Nearness:
    """Of each point how near its words are to words of the answer, in the best stretch of it: means of cosines."""
    said = embed.tokens([text_of(stretch) for stretch in windows(words, *IN_WORDS)])
    means = [[_mean_nearness(meant, each) for each in said] for meant in embed.tokens(points)]
    best: Nearness = np.array(means, np.float32).max(axis=1)
    return best


def _mean_nearness(meant: Nearness, said: Nearness) -> float:
    """Mean over tokens of the cosine with the nearest one said; 0 where there is none (signs that are no letters)."""
    return float((meant @ said.T).max(axis=1).mean()) if len(meant) and len(said) else 0.0


def _touching(stretch: Passage, words: Sequence[Word]) -> tuple[Passage, ...]:
    """The passages of clauses that a stretch lies in."""
    first, last = stretch[0].start, stretch[-1].start
    return tuple(each for each in passages(words) if each[-1].start >= first and each[0].start <= last)


def _nearest(point: Nearness, among: Sequence[Passage], embed: Embedder) -> Passage:
    """The passage nearest to a point; () among none."""
    return among[int((embed([text_of(each) for each in among]) @ point).argmax())] if among else ()


def _part(key: str, point: str, score: float, passage: Passage, words: Sequence[Word]) -> Part:
    if not passage:
        return part(key, point, ())
    against = doubt(point, text_of(passage), text_of(_around(passage, words)))
    state = State.HEARD if score >= HEARD and against is None else State.PERHAPS
    return part(key, point, passage, state, against or "")


def _around(passage: Passage, words: Sequence[Word]) -> Passage:
    """The passage with the few words before and after it."""
    times = [word.start for word in words]
    first, last = times.index(passage[0].start), times.index(passage[-1].start)
    return tuple(words[max(0, first - AROUND) : last + 1 + AROUND])
