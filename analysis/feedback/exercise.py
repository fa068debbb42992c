"""Choose one exercise for the next take of the same question, and check whether a take met its goal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analysis.feedback.goals import (
    NOTHING_TO_MEND,
    choose_shorter_seconds,
    describe_shorter,
    is_goal_met,
    limit_shorter,
    set_goal,
)
from analysis.feedback.said import KEYS, is_said
from analysis.finding import Finding, Side
from analysis.measures.length import AIM_SHARE, ANSWER_LENGTH, LEAST_SECONDS
from analysis.measures.measure import Goal
from analysis.measures.registry import MEASURES
from analysis.report import Report, Takeaway
from analysis.text.clauses import normalise_word
from analysis.wording import format_amount, format_count, format_sentence
from speech.segment import Segment
from speech.transcript import Word

OVERSHOT_NOTE = "That's a bit too far the other way."
TOO_SHORT_NOTE = "That's too short to be the same answer."
_SHORTER_LINE = "Say the same in less time."


@dataclass(frozen=True)
class Exercise:
    """What to do in the next take, and the goal that decides whether it was done."""

    measure: str  # key of a measure, or of a part of the answer that was not said
    instruction: str  # one sentence in the imperative
    goal: Goal


def choose_exercise(report: Report) -> Exercise | None:
    """Return the exercise for a report's next step.

    Returns:
        None if the next step is about the recording or calls for another question.
    """
    step = report.next_step
    if step is None or report.response is None:
        return None
    if step.measure in KEYS:
        return Exercise(step.measure, step.text, Goal(step.target or step.text, low=1))
    if step.measure == NOTHING_TO_MEND:
        return _build_shorter(report.response.duration) if step.target else None
    return _build_from_finding(step, report) if step.measure in MEASURES else None


def is_exercise_met(exercise: Exercise, take: Report) -> bool | None:
    """Return whether a later take met the goal of the exercise; None when it could not be measured."""
    if exercise.measure in KEYS:
        return is_said(exercise.measure, take.words, take.question) if take.response else None
    found = _find(take, exercise.measure)
    return None if found is None else is_goal_met(exercise.goal, found)


def has_overshot(exercise: Exercise, take: Report) -> bool:
    """Return whether a later take met the goal but left the range at its other end: 3 min after one too short."""
    if exercise.measure in KEYS or (found := _find(take, exercise.measure)) is None:
        return False
    other_end = Side.ABOVE if exercise.goal.high is None else Side.BELOW
    return is_exercise_met(exercise, take) is True and found.side is other_end


def describe_exercise(exercise: Exercise) -> str:
    """Return the exercise and its goal in words: "Replace your next “um” with silence. Try for 5 ums or fewer."."""
    if exercise.measure in KEYS or exercise.instruction == format_sentence(exercise.goal.text):
        return exercise.instruction
    return f"{exercise.instruction} Try for {exercise.goal.text}."


def describe_result(exercise: Exercise, take: Report) -> str:
    """Return whether a later take met the goal, and by which number."""
    met = is_exercise_met(exercise, take)
    if met is None:
        return "There was too little speech in the later take to check this."
    if exercise.measure in KEYS:
        return "You said it in the later take." if met else "We didn't hear it in the later take."
    result = f"{'You did it' if met else 'Not quite there yet'}: {_describe_measured(exercise, take)}."
    value, low = take.get_finding(exercise.measure).value, exercise.goal.low
    if exercise.instruction == _SHORTER_LINE and value is not None and low is not None and value < low:
        return f"{result} {TOO_SHORT_NOTE}"
    return f"{result} {OVERSHOT_NOTE}" if has_overshot(exercise, take) else result


def describe_overshoot(exercise: Exercise, take: Report) -> str:
    """Return a sentence if a take met the goal but went too far, with the number; otherwise ""."""
    return (
        f"{format_sentence(_describe_measured(exercise, take))} {OVERSHOT_NOTE}" if has_overshot(exercise, take) else ""
    )


def describe_instruction(finding: Finding, goal: Goal, words: Sequence[Word]) -> str:
    """Return what to do about a value outside its band, as one sentence in the imperative.

    Args:
        finding: has a value outside its band.
        goal: what the next take is asked for.
        words: what was said, with kinds.
    """
    remedy = MEASURES[finding.measure].choose_remedy(finding.side)
    if remedy is None:  # only the user's own bands judge this measure
        return format_sentence(goal.text)
    filler = _find_commonest_filler(finding.moments, words)
    return remedy.exercise.format(filler=filler, low=goal.low, high=goal.high, aim=_round_aim(goal.high))


def _round_aim(most: float | None) -> int:
    """Three quarters of a ceiling, in steps of 5 s."""
    return round((most or 0) * AIM_SHARE / 5) * 5


def _build_from_finding(step: Takeaway, report: Report) -> Exercise | None:
    finding = report.get_finding(step.measure)
    if finding.side in (Side.ABOVE, Side.BELOW) and report.response is not None:
        goal = set_goal(finding, report.response.duration)
        return Exercise(finding.measure, describe_instruction(finding, goal, report.words), goal)
    if step.measure == ANSWER_LENGTH.key and step.side is Side.BELOW and step.target:
        return Exercise(step.measure, step.text, Goal(step.target, low=LEAST_SECONDS))
    return None


def _build_shorter(seconds: float) -> Exercise | None:
    most = choose_shorter_seconds(seconds)
    if most is None:
        return None
    low, high = limit_shorter(most)
    return Exercise(ANSWER_LENGTH.key, _SHORTER_LINE, Goal(describe_shorter(most), low, high))


def _find(take: Report, measure: str) -> Finding | None:
    """The finding of a report, which may be older than the measure."""
    return next((found for found in take.findings if found.measure == measure), None)


def _find_commonest_filler(moments: Iterable[Segment], words: Sequence[Word]) -> str:
    said = [" ".join(normalise_word(word) for word in words if span.overlap(word.span) > 0) for span in moments]
    return Counter(said).most_common(1)[0][0] if said else ""


def _describe_measured(exercise: Exercise, take: Report) -> str:
    found, measure = take.get_finding(exercise.measure), MEASURES[exercise.measure]
    if exercise.goal.of_moments:
        return format_count(len(found.moments), measure.event or "moment")
    value = "unknown" if found.value is None else format_amount(found.value, measure)
    return f"{measure.label.lower()} {value}"
