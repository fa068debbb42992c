"""Choose one exercise for the next take of the same question, and check whether a take met its goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.feedback.goals import is_goal_met, set_goal
from analysis.finding import Finding, Side
from analysis.measures.fillers.fillers import FILLER_SOUNDS, ask_for_one_filler_less
from analysis.measures.measure import Goal
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.text.clauses import normalise_word
from analysis.wording import format_amount, format_count, format_sentence
from speech.segment import Segment
from speech.transcript import Word

OVERSHOT_NOTE = "That is past the other end of the range."


@dataclass(frozen=True)
class Exercise:
    """What to do in the next take, and the goal that decides whether it was done."""

    measure: str
    instruction: str  # one sentence in the imperative
    goal: Goal


def choose_exercise(report: Report) -> Exercise | None:
    """Return the exercise for a report's next step.

    Returns:
        None if the next step is about the recording or calls for another question.
    """
    step = report.next_step
    if step is None or step.measure not in MEASURES or report.response is None:
        return None
    finding = report.get_finding(step.measure)
    if finding.side in (Side.ABOVE, Side.BELOW):
        return _build_exercise(finding, finding.side, set_goal(finding, report.response.duration), report)
    if step.measure == FILLER_SOUNDS.key and finding.moments:
        return _build_exercise(finding, Side.ABOVE, ask_for_one_filler_less(finding), report)
    return None


def is_exercise_met(exercise: Exercise, take: Report) -> bool | None:
    """Return whether a later take met the goal of the exercise; None when it could not be measured."""
    return is_goal_met(exercise.goal, take.get_finding(exercise.measure))


def has_overshot(exercise: Exercise, take: Report) -> bool:
    """Return whether a later take met the goal but left the range at its other end: 3 min after one too short."""
    other_end = Side.ABOVE if exercise.goal.high is None else Side.BELOW
    return is_exercise_met(exercise, take) is True and take.get_finding(exercise.measure).side is other_end


def describe_exercise(exercise: Exercise) -> str:
    """Return the exercise and its target in words: "Land in 90 s: say … Target: an answer of at most 90 s."."""
    target = f"Target: {exercise.goal.text}."
    return target if exercise.instruction == format_sentence(exercise.goal.text) else f"{exercise.instruction} {target}"


def describe_result(exercise: Exercise, take: Report) -> str:
    """Return whether a later take met the target, and by which number."""
    met = is_exercise_met(exercise, take)
    if met is None:
        return f"{MEASURES[exercise.measure].label} could not be measured in the later take."
    result = f"The later take {'met' if met else 'did not meet'} it: {_describe_measured(exercise, take)}."
    return f"{result} {OVERSHOT_NOTE}" if has_overshot(exercise, take) else result


def describe_overshoot(exercise: Exercise, take: Report) -> str:
    """Return a sentence if a take met the target but went too far, with the number; otherwise ""."""
    return (
        f"{format_sentence(_describe_measured(exercise, take))} {OVERSHOT_NOTE}" if has_overshot(exercise, take) else ""
    )


def _build_exercise(finding: Finding, side: Side, goal: Goal, report: Report) -> Exercise:
    remedy = MEASURES[finding.measure].choose_remedy(side)
    if remedy is None:  # only the user's own bands judge this measure
        return Exercise(finding.measure, format_sentence(goal.text), goal)
    filler = _find_commonest_filler(finding.moments, report.words)
    instruction = remedy.exercise.format(filler=filler, low=goal.low, high=goal.high)
    return Exercise(finding.measure, instruction, goal)


def _find_commonest_filler(moments: Iterable[Segment], words: Sequence[Word]) -> str:
    said = [" ".join(normalise_word(word) for word in words if span.overlap(word.span) > 0) for span in moments]
    return Counter(said).most_common(1)[0][0] if said else ""


def _describe_measured(exercise: Exercise, take: Report) -> str:
    found, measure = take.get_finding(exercise.measure), MEASURES[exercise.measure]
    if exercise.goal.of_moments:
        return f"{format_count(len(found.moments), measure.event or 'moment')} heard"
    value = "not measured" if found.value is None else format_amount(found.value, measure)
    return f"{measure.label.lower()} {value}"
