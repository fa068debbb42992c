"""The trend of a measure over many answers, its difference between two takes, and both in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.wording import format_amount, format_count, format_number

Interval = tuple[float, float | None]  # 95 %; None: no upper end
SMALL_COUNT = 10  # a half matters below it
MIN_SHARE_OF_BOUND = 0.05  # of an end of the range; a smaller change is not worth the name of better or worse


class Change(StrEnum):
    """How a measure changed."""

    BETTER = "better"  # nearer to its range
    WORSE = "worse"  # farther from its range
    CHANGED = "changed"  # inside its range all the time, or a measure without one
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"  # answers to tell from chance
    NOT_COMPARABLE = "not_comparable"  # measured by another model, other settings or other formulas


_RESULTS: Mapping[Change, str] = {
    Change.BETTER: "better (not just chance)",
    Change.WORSE: "worse (not just chance)",
    Change.CHANGED: "changed (not just chance)",
    Change.NO_CLEAR_CHANGE: "no clear change",
    Change.TOO_FEW: "one answer each is too few to say",
    Change.NOT_COMPARABLE: "analysed differently, so not compared",
}


@dataclass(frozen=True)
class Trend:
    """The last answers against the first. `before` and `now` are medians; None without enough answers."""

    measure: str
    change: Change
    before: float | None
    now: float | None
    at_each_end: int  # answers; 0 with too few
    eligible: int  # answers that are long enough and have a value
    missing: int  # eligible answers until a comparison is possible
    interval: Interval | None
    is_ratio: bool  # the interval is of now / before, as for rates; otherwise of now - before


@dataclass(frozen=True)
class Difference:
    """One take against an earlier take of the same question; a value is None if it was not measured."""

    measure: str
    change: Change
    before: float | None
    now: float | None
    interval: Interval | None  # of now / before, for rates; None for what one take each cannot tell from chance


def judge_change(before: float, now: float, band: Band | None) -> Change:
    """Judge a change that is more than chance: better if it ends nearer to the band, worse if farther.

    A change inside the band is neither, nor is one by less than MIN_SHARE_OF_BOUND of the end of the band it is about.
    """
    if band is None:
        return Change.CHANGED
    (earlier, end), (later, other_end) = _compute_distance(before, band), _compute_distance(now, band)
    if abs(later - earlier) <= MIN_SHARE_OF_BOUND * max(end, other_end):
        return Change.CHANGED
    return Change.BETTER if later < earlier else Change.WORSE


def find_direction(interval: Interval, *, is_ratio: bool) -> int:
    """Return 1 if the interval shows an increase, -1 for a decrease, 0 if it includes "no change"."""
    none, (low, high) = (1 if is_ratio else 0), interval
    if low > none:
        return 1
    return -1 if high is not None and high < none else 0


def describe_change(trend: Trend) -> str:
    """Return how a measure changed in a few words: "better", "no clear change yet", "2 more answers to see a trend"."""
    if trend.change is Change.TOO_FEW:
        return f"{format_count(trend.missing, 'more answer')} to see a trend"
    return trend.change.value.replace("_", " ") + (" yet" if trend.change is Change.NO_CLEAR_CHANGE else "")


def describe_trend(trend: Trend) -> str:
    """Return a sentence on how a measure changed over the answers, or how many answers are still needed."""
    measure = choose_decimals(MEASURES[trend.measure], trend)
    if trend.before is None or trend.now is None or trend.interval is None:
        return f"{measure.label}: {describe_change(trend)}."
    before, now = format_number(trend.before, measure), format_amount(trend.now, measure)
    went = f"{before} in your first {trend.at_each_end} answers, {now} in your latest {trend.at_each_end}"
    return f"{measure.label}: {went} – {_RESULTS[trend.change]}."


def choose_decimals(measure: Measure, trend: Trend) -> Measure:
    """Return the measure with as many decimals as its rounded numbers need to be consistent.

    Medians half-way between two counts keep their half, and the difference of the medians shown is
    inside the interval shown.
    """
    return next((each for each in _list_finer_measures(measure) if _is_consistent(trend, each)), measure)


def _list_finer_measures(measure: Measure) -> list[Measure]:
    return [replace(measure, decimals=measure.decimals + more) for more in range(3)]


def _is_consistent(trend: Trend, measure: Measure) -> bool:
    if trend.before is None or trend.now is None or trend.interval is None or measure.unit == "share":
        return True
    before, now = (round(value, measure.decimals) for value in (trend.before, trend.now))
    if measure.decimals == 0 and any(value % 1 == 0.5 and value < SMALL_COUNT for value in (trend.before, trend.now)):
        return False
    low, high = trend.interval
    slack = 1e-9
    is_above = now - before >= round(low, measure.decimals) - slack
    is_below = high is None or now - before <= round(high, measure.decimals) + slack
    return trend.is_ratio or (is_above and is_below)


def describe_difference(difference: Difference) -> str:
    """Return how a measure changed between two takes: "better (not just chance)", "not in both takes"."""
    if difference.before is None or difference.now is None:
        return "not in both takes"
    return _RESULTS[difference.change]


def _compute_distance(value: float, band: Band) -> tuple[float, float]:
    """Return how far a value is from the band, and the end of the band it is beyond; both 0 inside."""
    low, high = band.fine
    if low is not None and value < low:
        return low - value, low
    if high is not None and value > high:
        return value - high, high
    return 0.0, 0.0
