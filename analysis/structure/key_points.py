"""Find which of the user's key points were heard in an answer, by meaning rather than by wording.

A point is compared with each stretch of the answer in two ways: as a whole (the cosine with the
nearest 16 words) and word by word (for each word of the point the nearest word of the answer, both
in context). The score is the mean of the two, plus a bonus if a number of the point was said
nearby. A logistic regression over these and a dozen other features gave both nearly the same weight
and the others little. A point is heard from MIN_SCORE_HEARD on. It is possibly heard from
MIN_SCORE_POSSIBLE on, and also if the nearest passage has another number or may say the opposite.

The thresholds were chosen on the half "development" of tests/data/points.toml, with 129 points that
were said in other words and 129 near in topic that were not said: 84 % of the points reported as
heard had been said (precision), and 85 % of those said were reported as heard (recall). The half
"held out" has 36 and 36 points, written before these thresholds and measured once: precision 87 %
(34 of 39), recall 94 %; these points were noted before the answer was given, as a user does. The
farther the wording of a point is from that of the answer, the fewer are heard: on the third of the
development half written to be far, recall is 73 % at a precision of 80 %. Points that name only the
gist of an answer ("I stood my ground") are rarely heard. A contradiction is recognised only by
numbers, negations and a few pairs of opposites: of 12 points that the held-out answers contradict,
5 are reported as heard.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.structure.element import Element, ElementState, build_element, join_words
from analysis.structure.key_point_contradictions import describe_contradiction, has_same_number
from analysis.text.clauses import split_clauses
from analysis.text.sentence_embedding import Embedder
from speech.transcript import Word, WordKind

Passage = tuple[Word, ...]
Nearness = NDArray[np.float32]  # of each point, cosines or means of them

MAX_POINTS = 6
MAX_PASSAGE_WORDS = 10  # chosen with the thresholds below
MAX_CLAUSE_WORDS = 20  # recognisers sometimes leave out every mark
MIN_SCORE_HEARD = 0.53
MIN_SCORE_POSSIBLE = 0.48
SAME_NUMBER_BONUS = 0.1  # is added where a number of the point was said near by; the regression gives it more
SENTENCE_WINDOW_WORDS = 16, 4  # words of a stretch that is compared as a whole, and from one to the next
TOKEN_WINDOW_WORDS = 100, 50  # words of a stretch that is compared word by word: the more, the more is near by chance
CONTEXT_WORDS = 16  # words before and after the nearest passage that may speak for the point as well


def find_key_points(points: Sequence[str], words: Sequence[Word], embed: Embedder) -> tuple[Element, ...]:
    """Return for each key point whether it was heard, and where.

    Args:
        points: texts of at most MAX_POINTS points.
        words: all words of the answer, labelled with their kinds, as in a report.
        embed: turns texts into vectors.

    Returns:
        One element per point, in the same order, with keys from "1".

    Raises:
        ValueError: there are too many points.
    """
    if len(points) > MAX_POINTS:
        raise ValueError(f"at most {MAX_POINTS} points, not {len(points)}")
    stretches = list_windows(words, *SENTENCE_WINDOW_WORDS)
    if not points or not stretches:
        return tuple(build_element(str(place), point, ()) for place, point in enumerate(points, start=1))
    vectors = embed(points)
    nearness = vectors @ embed([join_words(stretch) for stretch in stretches]).T
    scores = (nearness.max(axis=1) + _compare_word_by_word(points, words, embed)) / 2
    told = []
    for place, (point, score, near) in enumerate(zip(points, scores, nearness, strict=True), start=1):
        stretch = stretches[int(near.argmax())]
        reached = float(score) + SAME_NUMBER_BONUS * has_same_number(point, join_words(_add_context(stretch, words)))
        among = _find_overlapping_passages(stretch, words) if reached >= MIN_SCORE_POSSIBLE else ()
        told.append(
            _judge_point(str(place), point, reached, _choose_nearest_passage(vectors[place - 1], among, embed), words)
        )
    return tuple(told)


def list_passages(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return every run of neighbouring clauses of up to MAX_PASSAGE_WORDS words, without fillers and repetitions.

    A longer clause is a passage of its own; one of more than MAX_CLAUSE_WORDS words is split into
    overlapping pieces.
    """
    units = split_clauses([word for word in words if word.kind is WordKind.WORD])
    found: list[tuple[Word, ...]] = []
    for first in range(len(units)):
        found += _list_runs(units[first:])
    return tuple(found)


def list_windows(words: Sequence[Word], size: int, step: int) -> tuple[tuple[Word, ...], ...]:
    """Return overlapping windows of words, without fillers and repetitions.

    Args:
        words: all words of the answer, labelled with their kinds.
        size: words in a window; the last window may have fewer.
        step: words from the start of one window to the start of the next.
    """
    said = tuple(word for word in words if word.kind is WordKind.WORD)
    starts = range(0, max(1, len(said) - size + step), step) if said else ()
    return tuple(said[start : start + size] for start in starts)


def _list_runs(units: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """Return the passages that begin with the first unit."""
    passage = units[0]
    runs = [passage] if len(passage) <= MAX_CLAUSE_WORDS else _split_long_clause(passage)
    for unit in units[1:]:
        passage += unit
        if len(passage) > MAX_PASSAGE_WORDS:
            break
        runs.append(passage)
    return runs


def _split_long_clause(clause: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    half = MAX_PASSAGE_WORDS // 2
    return [clause[start : start + MAX_PASSAGE_WORDS] for start in range(0, len(clause) - half, half)]


def _compare_word_by_word(points: Sequence[str], words: Sequence[Word], embed: Embedder) -> Nearness:
    """Return for each point its word-by-word similarity to the best matching stretch (mean of cosines)."""
    said = embed.embed_tokens([join_words(stretch) for stretch in list_windows(words, *TOKEN_WINDOW_WORDS)])
    means = [[_compute_mean_nearness(meant, each) for each in said] for meant in embed.embed_tokens(points)]
    best: Nearness = np.array(means, np.float32).max(axis=1)
    return best


def _compute_mean_nearness(meant: Nearness, said: Nearness) -> float:
    """Return the mean over tokens of the cosine with the nearest token said; 0 without tokens (no letters)."""
    return float((meant @ said.T).max(axis=1).mean()) if len(meant) and len(said) else 0.0


def _find_overlapping_passages(stretch: Passage, words: Sequence[Word]) -> tuple[Passage, ...]:
    """Return the passages that overlap a stretch."""
    first, last = stretch[0].start, stretch[-1].start
    return tuple(each for each in list_passages(words) if each[-1].start >= first and each[0].start <= last)


def _choose_nearest_passage(point: Nearness, among: Sequence[Passage], embed: Embedder) -> Passage:
    """Return the passage nearest to a point; () if there are none."""
    return among[int((embed([join_words(each) for each in among]) @ point).argmax())] if among else ()


def _judge_point(key: str, point: str, score: float, passage: Passage, words: Sequence[Word]) -> Element:
    if not passage:
        return build_element(key, point, ())
    against = describe_contradiction(point, join_words(passage), join_words(_add_context(passage, words)))
    state = ElementState.HEARD if score >= MIN_SCORE_HEARD and against is None else ElementState.POSSIBLE
    return build_element(key, point, passage, state, against or "")


def _add_context(passage: Passage, words: Sequence[Word]) -> Passage:
    """Return the passage with up to CONTEXT_WORDS words before and after it."""
    times = [word.start for word in words]
    first, last = times.index(passage[0].start), times.index(passage[-1].start)
    return tuple(words[max(0, first - CONTEXT_WORDS) : last + 1 + CONTEXT_WORDS])
