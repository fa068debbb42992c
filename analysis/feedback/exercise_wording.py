"""What a drill asked for, and what the later take did about it, in sentences."""

from __future__ import annotations

from analysis.feedback.exercise import Drill, was_met, went_past
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import amount, count, sentence

PAST = "That is past the other end of the range."


def told_drill(drill: Drill) -> str:
    """The exercise and its target: "Land in 90 s: say … Target: an answer of at most 90 s."."""
    target = f"Target: {drill.aim.text}."
    return target if drill.exercise == sentence(drill.aim.text) else f"{drill.exercise} {target}"


def told_met(drill: Drill, take: Report) -> str:
    """Whether a later take met the drill's target, and by which number."""
    met = was_met(drill, take)
    if met is None:
        return f"{MEASURES[drill.measure].label} could not be measured in the later take."
    told = f"The later take {'met' if met else 'did not meet'} it: {_heard(drill, take)}."
    return f"{told} {PAST}" if went_past(drill, take) else told


def told_past(drill: Drill, take: Report) -> str:
    """That a take met the target and went too far, with the number; empty where it did not."""
    return f"{sentence(_heard(drill, take))} {PAST}" if went_past(drill, take) else ""


def _heard(drill: Drill, take: Report) -> str:
    found, measure = take.finding(drill.measure), MEASURES[drill.measure]
    if drill.aim.of_moments:
        thing = "filler" if drill.measure == "filler_density" else measure.label.lower().removesuffix("s")
        return f"{count(len(found.moments), thing)} heard"
    value = "not measured" if found.value is None else amount(found.value, measure)
    return f"{measure.label.lower()} {value}"
