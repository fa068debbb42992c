"""Which of the user's points were heard in an answer, by meaning and not by words.

A point is compared with every passage of the answer. Its score is the cosine with the nearest passage, less a part of
the cosine with the usual one: what lies near everything in the answer is its subject, not something said in it. From
HEARD on it was heard, from PERHAPS on it may have been, and also where the nearest passage has another number or may
say it the other way round.

Thresholds were chosen on one half of tests/data/points.toml. On the other half, 42 points that were said in other words
and 42 near in topic that were not: of those told as heard 86 % had been said (precision); of those that had been said
5 % were told as not heard (recall 95 %), 74 % as heard and 21 % as perhaps. Points that name only what the answer
comes to ("I stood my ground") are rarely heard. Of 14 that the answer contradicts, 7 were told as heard, 7 as perhaps.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.heard import Part, State, part, text_of
from analysis.points_doubt import doubt
from analysis.points_passages import passages
from speech.embedding import Embedder
from speech.transcript import Word

Passage = tuple[Word, ...]
Nearness = NDArray[np.float32]  # of one point to each passage, cosines

MOST_POINTS = 6
HEARD = 0.5
PERHAPS = 0.33
USUAL_SHARE = 0.3  # of the cosine with the usual passage that is taken away
USUAL = 0.15  # that cosine, where an answer has too few passages to tell
ENOUGH = 8  # passages
AROUND = 10  # words before and after the nearest passage in which a number of the point may stand as well


def points_heard(points: Sequence[str], words: Sequence[Word], embed: Embedder) -> tuple[Part, ...]:
    """For each point, in order, whether it was heard and where; words as the report has them, with their kinds."""
    if len(points) > MOST_POINTS:
        raise ValueError(f"at most {MOST_POINTS} points, not {len(points)}")
    cut = passages(words)
    if not points or not cut:
        return tuple(part(str(place), point, ()) for place, point in enumerate(points, start=1))
    vectors = embed([*points, *map(text_of, cut)])
    nearness = vectors[: len(points)] @ vectors[len(points) :].T
    scored = zip(points, nearness, strict=True)
    return tuple(_part(str(place), point, near, cut, words) for place, (point, near) in enumerate(scored, start=1))


def score(nearness: Nearness) -> float:
    """How much nearer the nearest passage lies than it would by the subject alone."""
    usual = float(np.median(nearness)) if len(nearness) >= ENOUGH else USUAL
    return float(nearness.max()) - USUAL_SHARE * usual


def _part(key: str, point: str, nearness: Nearness, cut: Sequence[Passage], words: Sequence[Word]) -> Part:
    reached = score(nearness)
    if reached < PERHAPS:
        return part(key, point, ())
    passage = cut[int(nearness.argmax())]
    against = doubt(point, text_of(passage), text_of(_around(passage, words)))
    state = State.HEARD if reached >= HEARD and against is None else State.PERHAPS
    return part(key, point, passage, state, against or "")


def _around(passage: Passage, words: Sequence[Word]) -> tuple[Word, ...]:
    """The passage with the few words before and after it."""
    times = [word.start for word in words]
    first, last = times.index(passage[0].start), times.index(passage[-1].start)
    return tuple(words[max(0, first - AROUND) : last + 1 + AROUND])
