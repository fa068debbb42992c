"""One thing to do differently in the next take of the same question, and whether that take did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.feedback.goals import is_met, set_goal
from analysis.finding import Finding, Side
from analysis.measures.fillers.fillers import FILLER_SOUNDS, one_filler_less
from analysis.measures.measure import Goal
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.text.clauses import plain
from analysis.wording import amount, count, sentence
from speech.segment import Span
from speech.transcript import Word

OVERSHOT = "That is past the other end of the range."


@dataclass(frozen=True)
class Exercise:
    """What to do, and the goal that tells whether it was done."""

    measure: str
    instruction: str  # one sentence in the imperative
    goal: Goal


def choose_exercise(report: Report) -> Exercise | None:
    """Return the exercise for the next step; None when that is about the recording or asks for another question."""
    step = report.next_step
    if step is None or step.measure not in MEASURES or report.response is None:
        return None
    finding = report.finding(step.measure)
    if finding.side in (Side.ABOVE, Side.BELOW):
        return _exercise(finding, finding.side, set_goal(finding, report.response.duration), report)
    if step.measure == FILLER_SOUNDS.key and finding.moments:
        return _exercise(finding, Side.ABOVE, one_filler_less(finding), report)
    return None


def was_met(exercise: Exercise, take: Report) -> bool | None:
    """Return whether a later take met the goal of the exercise; None when it could not be measured."""
    return is_met(exercise.goal, take.finding(exercise.measure))


def overshot(exercise: Exercise, take: Report) -> bool:
    """Return whether a later take met the goal and left the range at its other end: 3 min where one was too short."""
    other_end = Side.ABOVE if exercise.goal.high is None else Side.BELOW
    return was_met(exercise, take) is True and take.finding(exercise.measure).side is other_end


def describe_exercise(exercise: Exercise) -> str:
    """Return the exercise and its target: "Land in 90 s: say … Target: an answer of at most 90 s."."""
    target = f"Target: {exercise.goal.text}."
    return target if exercise.instruction == sentence(exercise.goal.text) else f"{exercise.instruction} {target}"


def describe_result(exercise: Exercise, take: Report) -> str:
    """Return whether a later take met the target, and by which number."""
    met = was_met(exercise, take)
    if met is None:
        return f"{MEASURES[exercise.measure].label} could not be measured in the later take."
    result = f"The later take {'met' if met else 'did not meet'} it: {_heard(exercise, take)}."
    return f"{result} {OVERSHOT}" if overshot(exercise, take) else result


def describe_overshoot(exercise: Exercise, take: Report) -> str:
    """Return that a take met the target and went too far, with the number; empty where it did not."""
    return f"{sentence(_heard(exercise, take))} {OVERSHOT}" if overshot(exercise, take) else ""


def _exercise(finding: Finding, side: Side, goal: Goal, report: Report) -> Exercise:
    remedy = MEASURES[finding.measure].remedy(side)
    if remedy is None:  # only the user's own bands judge this measure
        return Exercise(finding.measure, sentence(goal.text), goal)
    filler = _commonest(finding.moments, report.words)
    instruction = remedy.exercise.format(filler=filler, low=goal.low, high=goal.high)
    return Exercise(finding.measure, instruction, goal)


def _commonest(moments: Iterable[Span], words: Sequence[Word]) -> str:
    said = [" ".join(plain(word) for word in words if span.overlap(word.span) > 0) for span in moments]
    return Counter(said).most_common(1)[0][0] if said else ""


def _heard(exercise: Exercise, take: Report) -> str:
    found, measure = take.finding(exercise.measure), MEASURES[exercise.measure]
    if exercise.goal.of_moments:
        return f"{count(len(found.moments), measure.event or 'moment')} heard"
    value = "not measured" if found.value is None else amount(found.value, measure)
    return f"{measure.label.lower()} {value}"
