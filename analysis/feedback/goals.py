"""Set goals for the next take: near enough to be met, and never beyond the band that calls for them.

A measure's own rule for its goal is defined with the measure (`analysis.measures`); without one,
the goal is the measure's target range.
"""

from __future__ import annotations

from analysis.finding import Finding, Side
from analysis.measures.measure import Goal
from analysis.measures.registry import MEASURES
from analysis.wording import format_band, format_seconds

NOTHING_TO_MEND = "nothing_to_mend"  # stands for the measure where nothing is worth changing
SHORTER_SHARE = 0.75  # of the time, in which the same answer is worth trying
MIN_SECONDS_TO_SHORTEN = 30.0
SHORTER_TOLERANCE = 1.05  # times the time aimed for
LEAST_SHORTER_SHARE = 0.5  # of the time aimed for; what is shorter still cannot be the same answer
_STEP_SECONDS = 5


def choose_shorter_seconds(seconds: float) -> int | None:
    """Return three quarters of the time of an answer, in steps of 5 s; None where it is short already."""
    if seconds < MIN_SECONDS_TO_SHORTEN:
        return None
    return round(seconds * SHORTER_SHARE / _STEP_SECONDS) * _STEP_SECONDS


def describe_shorter(seconds: int) -> str:
    """Return the goal of saying the same in less time."""
    return f"the same answer in {format_seconds(seconds)}"


def limit_shorter(seconds: float) -> tuple[float, float]:
    """Return the shortest and the longest time of an answer that is the same in about so many seconds."""
    return seconds * LEAST_SHORTER_SHARE, seconds * SHORTER_TOLERANCE


def set_goal(finding: Finding, seconds: float) -> Goal:
    """Return a goal that the next take can meet.

    Args:
        finding: has a value outside its band.
        seconds: length of the answer.

    Raises:
        ValueError: the finding has no value, or one inside its band.
    """
    if finding.band is None or finding.value is None or finding.side not in (Side.ABOVE, Side.BELOW):
        raise ValueError(f"a goal needs a value outside its band: {finding}")
    measure = MEASURES[finding.measure]
    bound = finding.band.fine[0 if finding.side is Side.BELOW else 1]
    remedy = measure.choose_remedy(finding.side)
    if remedy and bound is not None:
        return remedy.set_goal(finding, bound, seconds)
    return Goal(f"{measure.label.lower()}: {format_band(finding.band, measure)}", *finding.band.fine)


def is_goal_met(goal: Goal, finding: Finding) -> bool | None:
    """Return whether a finding of the next take meets the goal; None if it has no value."""
    if finding.value is None:
        return None
    value = len(finding.moments) if goal.of_moments else finding.value
    return (goal.low is None or value >= goal.low) and (goal.high is None or value <= goal.high)
