"""How a measure went over many answers (Trend) and from one take to another (Difference), and both in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.wording import amount, count, number

Interval = tuple[float, float | None]  # 95 %; None: no upper end
SMALL_COUNT = 10  # a half matters below it


class Change(StrEnum):
    """What became of a measure."""

    BETTER = "better"  # nearer to its range
    WORSE = "worse"  # farther from its range
    CHANGED = "changed"  # inside its range all the time, or a measure without one
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"  # answers to tell from chance
    NOT_COMPARABLE = "not_comparable"  # measured by another model, other settings or other formulas


_RESULTS: Mapping[Change, str] = {
    Change.BETTER: "better, and more than chance",
    Change.WORSE: "worse, and more than chance",
    Change.CHANGED: "changed, and more than chance",
    Change.NO_CLEAR_CHANGE: "no clear change yet",
    Change.TOO_FEW: "one answer each cannot be told from chance",
    Change.NOT_COMPARABLE: "measured in different ways, so not compared",
}


@dataclass(frozen=True)
class Trend:
    """The last answers against the first. `before` and `now` are medians of each; None without enough answers."""

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
    """One take against an earlier one of the same question; a value is None where it was not measured."""

    measure: str
    change: Change
    before: float | None
    now: float | None
    interval: Interval | None  # of now / before, for rates; None for what one take each cannot tell from chance


def judged_change(before: float, now: float, band: Band | None) -> Change:
    """What a change that is more than chance means: better when it ends nearer to the band, worse when farther."""
    if band is None:
        return Change.CHANGED
    earlier, later = _distance(before, band), _distance(now, band)
    if earlier == later:
        return Change.CHANGED
    return Change.BETTER if later < earlier else Change.WORSE


def moved(interval: Interval, *, is_ratio: bool) -> int:
    """1 or -1 when the interval speaks for more or less, 0 when it holds "no change"."""
    none, (low, high) = (1 if is_ratio else 0), interval
    if low > none:
        return 1
    return -1 if high is not None and high < none else 0


def describe_change(trend: Trend) -> str:
    """Return what became of a measure in a few words: "better", "no clear change yet", "too few (2 more answers)"."""
    if trend.change is Change.TOO_FEW:
        return f"too few ({count(trend.missing, 'more answer')})"
    return trend.change.value.replace("_", " ") + (" yet" if trend.change is Change.NO_CLEAR_CHANGE else "")


def describe_trend(trend: Trend) -> str:
    """Return how a measure went over the answers, or how many answers are missing."""
    measure = with_fitting_decimals(MEASURES[trend.measure], trend)
    if trend.before is None or trend.now is None or trend.interval is None:
        needed = trend.eligible + trend.missing
        return f"{measure.label}: {count(trend.eligible, 'long enough answer')} so far; a comparison needs {needed}."
    before, now = number(trend.before, measure), amount(trend.now, measure)
    went = f"{before} in the first {trend.at_each_end} answers, {now} in the last {trend.at_each_end}"
    interval = describe_interval(measure, trend.interval, is_ratio=trend.is_ratio)
    return f"{measure.label}: {went}: {_RESULTS[trend.change]} ({interval})."


def with_fitting_decimals(measure: Measure, trend: Trend) -> Measure:
    """Return the measure with as many decimals as it takes for the rounded numbers to fit each other.

    Medians half-way between two counts keep their half, and the shift that can be read off lies in the interval shown.
    """
    return next((each for each in _finer(measure) if _fits(trend, each)), measure)


def _finer(measure: Measure) -> list[Measure]:
    return [replace(measure, decimals=measure.decimals + more) for more in range(3)]


def _fits(trend: Trend, measure: Measure) -> bool:
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
    """Return what became of a measure between two takes: "better, and more than chance", "not measured in both"."""
    if difference.before is None or difference.now is None:
        return "not measured in both"
    return _RESULTS[difference.change]


def describe_interval(measure: Measure, interval: Interval, *, is_ratio: bool) -> str:
    """Return the 95 % interval: "0.30 to 0.83 times the earlier rate", "-25 to -8 words/min"."""
    low, high = interval
    if is_ratio:
        span = f"{low:.2f} or more" if high is None else f"{low:.2f} to {high:.2f}"
        return f"95 % interval: {span} times the earlier rate"
    unit = "percentage points" if measure.unit == "share" else measure.unit
    return f"95 % interval: {_signed(low, measure)} to {'' if high is None else _signed(high, measure)} {unit}"


def _signed(value: float, measure: Measure) -> str:
    return f"{100 * value:+.0f}" if measure.unit == "share" else f"{value:+.{measure.decimals}f}"


def _distance(value: float, band: Band) -> float:
    low, high = band.fine
    below = low - value if low is not None else 0.0
    above = value - high if high is not None else 0.0
    return max(0.0, below, above)
