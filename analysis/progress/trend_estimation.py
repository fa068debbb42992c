"""Estimate which measures changed over the answers, by how much, and whether it is more than chance.

The first eligible answers of a cohort are compared with its last ones: 3 with 3, growing to 6 with
6 as answers are added. Rates are compared by their pooled counts. Other measures are compared by
ranks, for which 3 against 3 can never be more than chance (analysis.progress.statistics). The
false alarm rate of 5 % is for one measure looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from analysis.finding import Band
from analysis.measures.registry import MEASURES, RATE_KEYS, choose_bands
from analysis.progress.attempt import Attempt
from analysis.progress.statistics import (
    MIN_ANSWERS_FOR_RANKS,
    compute_rate_ratio_interval,
    compute_shift_interval,
    estimate_dispersion,
    pool_counts,
)
from analysis.progress.trend import Change, Interval, Trend, find_direction, judge_change

MIN_ANSWERS_PER_END = 3  # answers at each end
MAX_ANSWERS_PER_END = 6  # answers at each end; more would blur first and last


def estimate_trend(attempts: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None = None) -> Trend:
    """Compare the last eligible answers with the first ones.

    Args:
        attempts: answers of one cohort, in any order (see analysis.progress.attempt.group_by_cohort).
        measure: key of the measure.
        own: the user's own bands by measure key, in place of the default ones.

    Raises:
        ValueError: there is no such measure, or the answers are of more than one cohort.
    """
    if measure not in MEASURES:
        raise ValueError(f"there is no measure of this name: {measure}")
    return _compare_ends(_select_comparable(attempts), measure, own)


def find_shared_band(attempts: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None) -> Band | None:
    """Return the one band that applies to all these answers; None if their kinds of question differ in it."""
    bands = {choose_bands(kind, own).get(measure) for kind in {attempt.kind for attempt in attempts}}
    return bands.pop() if len(bands) == 1 else None


def _select_comparable(attempts: Sequence[Attempt]) -> list[Attempt]:
    """Return the eligible answers in time order; raise ValueError if there is more than one cohort."""
    if len({attempt.cohort for attempt in attempts}) > 1:
        raise ValueError("answers measured by different models, settings or formulas are not compared")
    return sorted((attempt for attempt in attempts if attempt.is_eligible), key=lambda attempt: attempt.at)


def _compare_ends(attempts: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None) -> Trend:
    usable = [attempt for attempt in attempts if attempt.values.get(measure) is not None]
    is_rate = measure in RATE_KEYS and all(measure in attempt.events for attempt in usable)
    needed = 2 * (MIN_ANSWERS_PER_END if is_rate else MIN_ANSWERS_FOR_RANKS)
    if len(usable) < needed:
        missing = needed - len(usable)
        return Trend(measure, Change.TOO_FEW, None, None, 0, len(usable), missing, None, is_rate)
    ends = min(MAX_ANSWERS_PER_END, len(usable) // 2)
    first, last = usable[:ends], usable[-ends:]
    before, now = median(_list_values(first, measure)), median(_list_values(last, measure))
    interval = (_compute_ratio_interval if is_rate else _compute_value_shift)(first, last, measure)
    change = Change.NO_CLEAR_CHANGE
    # One odd answer can part the medians from the interval; then nothing is clear.
    if find_direction(interval, is_ratio=is_rate) * (now - before) > 0:
        change = judge_change(before, now, find_shared_band((*first, *last), measure, own))
    return Trend(measure, change, before, now, ends, len(usable), 0, interval, is_rate)


def _list_values(attempts: Sequence[Attempt], measure: str) -> list[float]:
    return [value for attempt in attempts if (value := attempt.values[measure]) is not None]


def _compute_ratio_interval(first: Sequence[Attempt], last: Sequence[Attempt], measure: str) -> Interval:
    earlier, later = ([attempt.events[measure] for attempt in group] for group in (first, last))
    return compute_rate_ratio_interval(pool_counts(earlier), pool_counts(later), estimate_dispersion((earlier, later)))


def _compute_value_shift(first: Sequence[Attempt], last: Sequence[Attempt], measure: str) -> Interval:
    return compute_shift_interval(_list_values(first, measure), _list_values(last, measure))
