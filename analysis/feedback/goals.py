"""Goals for the next take: near enough to be met, and never beyond the band that calls for them.

How near a measure's goal lies stands with the measure (`analysis.measures`); where nothing does, it is its range.
"""

from __future__ import annotations

from analysis.finding import Finding, Side
from analysis.measures.measure import Goal
from analysis.measures.registry import MEASURES
from analysis.wording import band_range


def set_goal(finding: Finding, seconds: float) -> Goal:
    """Return what the next take can meet.

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
    remedy = measure.remedy(finding.side)
    if remedy and bound is not None:
        return remedy.set_goal(finding, bound, seconds)
    return Goal(f"{measure.label.lower()}: {band_range(finding.band, measure)}", *finding.band.fine)


def is_met(goal: Goal, finding: Finding) -> bool | None:
    """Return whether the next take met its goal; None when the measure has no value in it."""
    if finding.value is None:
        return None
    value = len(finding.moments) if goal.of_moments else finding.value
    return (goal.low is None or value >= goal.low) and (goal.high is None or value <= goal.high)
