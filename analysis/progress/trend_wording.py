"""What became of a measure, in one neutral sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.progress.trend import Change, Difference, Interval, Trend
from analysis.wording import amount, count, number

SMALL = 10  # a half matters below it

_RESULTS: Mapping[Change, str] = {
    Change.BETTER: "better, and more than chance",
    Change.WORSE: "worse, and more than chance",
    Change.CHANGED: "changed, and more than chance",
    Change.NO_CLEAR_CHANGE: "no clear change yet",
    Change.TOO_FEW: "one answer each cannot be told from chance",
    Change.NOT_COMPARABLE: "measured in different ways, so not compared",
}


def result(trend: Trend) -> str:
    """What became of a measure in a few words: "better", "no clear change yet", "too few (2 more answers)"."""
    if trend.change is Change.TOO_FEW:
        return f"too few ({count(trend.missing, 'more answer')})"
    return trend.change.value.replace("_", " ") + (" yet" if trend.change is Change.NO_CLEAR_CHANGE else "")


def told(trend: Trend) -> str:
    """How a measure went over the answers, or how many answers are missing."""
    measure = finely(MEASURES[trend.measure], trend)
    if trend.before is None or trend.now is None or trend.interval is None:
        needed = trend.eligible + trend.missing
        return f"{measure.label}: {count(trend.eligible, 'long enough answer')} so far; a comparison needs {needed}."
    before, now = number(trend.before, measure), amount(trend.now, measure)
    went = f"{before} in the first {trend.at_each_end} answers, {now} in the last {trend.at_each_end}"
    interval = interval_text(measure, trend.interval, is_ratio=trend.is_ratio)
    return f"{measure.label}: {went}: {_RESULTS[trend.change]} ({interval})."


def finely(measure: Measure, trend: Trend) -> Measure:
    """The measure with as many decimals as it takes for the rounded numbers to fit each other.

    Medians half-way between two counts keep their half, and the shift that can be read off lies in the interval shown.
    """
    return next((each for each in _finer(measure) if _fits(trend, each)), measure)


def _finer(measure: Measure) -> list[Measure]:
    return [replace(measure, decimals=measure.decimals + more) for more in range(3)]


def _fits(trend: Trend, measure: Measure) -> bool:
    if trend.before is None or trend.now is None or trend.interval is None or measure.unit == "share":
        return True
    before, now = (round(value, measure.decimals) for value in (trend.before, trend.now))
    if measure.decimals == 0 and any(value % 1 == 0.5 and value < SMALL for value in (trend.before, trend.now)):
        return False
    low, high = trend.interval
    slack = 1e-9
    is_above = now - before >= round(low, measure.decimals) - slack
    is_below = high is None or now - before <= round(high, measure.decimals) + slack
    return trend.is_ratio or (is_above and is_below)


def difference_result(difference: Difference) -> str:
    """What became of a measure from one take to another: "better, and more than chance", "not measured in both"."""
    if difference.before is None or difference.now is None:
        return "not measured in both"
    return _RESULTS[difference.change]


def interval_text(measure: Measure, interval: Interval, *, is_ratio: bool) -> str:
    """The 95 % interval: "0.30 to 0.83 times the earlier rate", "-25 to -8 words/min"."""
    low, high = interval
    if is_ratio:
        span = f"{low:.2f} or more" if high is None else f"{low:.2f} to {high:.2f}"
        return f"95 % interval: {span} times the earlier rate"
    unit = "percentage points" if measure.unit == "share" else measure.unit
    return f"95 % interval: {_signed(low, measure)} to {'' if high is None else _signed(high, measure)} {unit}"


def _signed(value: float, measure: Measure) -> str:
    return f"{100 * value:+.0f}" if measure.unit == "share" else f"{value:+.{measure.decimals}f}"
