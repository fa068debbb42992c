"""What got better over the answers, by how much, and whether it is more than chance.

The first eligible answers of a cohort are compared with its last ones: 3 with 3, growing to 6 with 6 as answers come.
Rates are compared by their pooled counts, other measures by ranks, for which 3 against 3 can never be more than chance
(analysis.progress.statistics). The 5 % of false alarms holds for one measure looked at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from analysis.finding import Band
from analysis.measures.registry import MEASURES, RATES, bands_for
from analysis.progress.attempt import Attempt
from analysis.progress.statistics import FEWEST_FOR_RANKS, dispersion, pooled, rate_ratio_interval, shift_interval
from analysis.progress.trend import Change, Interval, Trend, judged_change, moved

FEWEST = 3  # answers at each end
MOST = 6  # answers at each end; more would blur first and last


def progress(attempts: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None = None) -> Trend:
    """The last against the first eligible answers; `own` bands by measure take the place of the default ones.

    Raises ValueError when the answers belong to more than one cohort, see analysis.progress.attempt.by_cohort.
    """
    if measure not in MEASURES:
        raise ValueError(f"there is no measure of this name: {measure}")
    return _trend(_comparable(attempts), measure, own)


def all_progress(attempts: Sequence[Attempt], own: Mapping[str, Band] | None = None) -> tuple[Trend, ...]:
    """The progress of every measure, in the order of `MEASURES`; raises ValueError as `progress` does."""
    comparable = _comparable(attempts)
    return tuple(_trend(comparable, measure, own) for measure in MEASURES)


def shared_band(attempts: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None) -> Band | None:
    """The one band of all these answers; None where their kinds of question ask for different ones."""
    bands = {bands_for(kind, own).get(measure) for kind in {attempt.kind for attempt in attempts}}
    return bands.pop() if len(bands) == 1 else None


def _comparable(attempts: Sequence[Attempt]) -> list[Attempt]:
    """The eligible answers in time order."""
    if len({attempt.cohort for attempt in attempts}) > 1:
        raise ValueError("answers measured by different models, settings or formulas are not compared")
    return sorted((attempt for attempt in attempts if attempt.is_eligible), key=lambda attempt: attempt.at)


def _trend(attempts: Sequence[Attempt], measure: str, own: Mapping[str, Band] | None) -> Trend:
    usable = [attempt for attempt in attempts if attempt.values.get(measure) is not None]
    is_rate = measure in RATES and all(measure in attempt.events for attempt in usable)
    needed = 2 * (FEWEST if is_rate else FEWEST_FOR_RANKS)
    if len(usable) < needed:
        missing = needed - len(usable)
        return Trend(measure, Change.TOO_FEW, None, None, 0, len(usable), missing, None, is_rate)
    ends = min(MOST, len(usable) // 2)
    first, last = usable[:ends], usable[-ends:]
    before, now = median(_values(first, measure)), median(_values(last, measure))
    interval = (_ratio if is_rate else _shift)(first, last, measure)
    change = Change.NO_CLEAR_CHANGE
    # One odd answer can part the medians from the interval; then nothing is clear.
    if moved(interval, is_ratio=is_rate) * (now - before) > 0:
        change = judged_change(before, now, shared_band((*first, *last), measure, own))
    return Trend(measure, change, before, now, ends, len(usable), 0, interval, is_rate)


def _values(attempts: Sequence[Attempt], measure: str) -> list[float]:
    return [value for attempt in attempts if (value := attempt.values[measure]) is not None]


def _ratio(first: Sequence[Attempt], last: Sequence[Attempt], measure: str) -> Interval:
    earlier, later = ([attempt.events[measure] for attempt in group] for group in (first, last))
    return rate_ratio_interval(pooled(earlier), pooled(later), dispersion((earlier, later)))


def _shift(first: Sequence[Attempt], last: Sequence[Attempt], measure: str) -> Interval:
    return shift_interval(_values(first, measure), _values(last, measure))
