"""One thing to do differently in the next take of the same question, and whether that take did it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.feedback.goals import Aim, aim, is_met, one_less
from analysis.finding import Finding, Side
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.text.clauses import plain
from analysis.wording import sentence
from speech.segment import Span
from speech.transcript import Word


@dataclass(frozen=True)
class Drill:
    """What to do, and the aim that tells whether it was done."""

    measure: str
    exercise: str  # one sentence in the imperative
    aim: Aim


_EXERCISES: Mapping[tuple[str, Side], str] = {
    ("filler_sounds", Side.ABOVE): 'Replace the next "{filler}" by silence.',
    ("filler_words", Side.ABOVE): 'Leave the next "{filler}" out, or pause in its place.',
    ("filler_density", Side.ABOVE): 'Replace the next "{filler}" by silence.',
    ("filler_cluster", Side.ABOVE): "After a first filler stop for a breath, then go on.",
    ("speaking_rate", Side.ABOVE): "End each sentence with a breath before the next.",
    ("speaking_rate", Side.BELOW): "Say each sentence in one go, and pause only between sentences.",
    ("steady_pace", Side.ABOVE): "Keep the pace of the first sentence to the end.",
    ("longest_pause", Side.ABOVE): "Have the next sentence ready before the present one ends; say a short one.",
    ("pause_placement", Side.ABOVE): "Finish the clause, then pause.",
    ("answer_length", Side.ABOVE): "Land in {high:g} s: say what came of it, then stop.",
    ("answer_length", Side.BELOW): "Speak for at least {low:g} s: add one example with what came of it.",
    ("time_to_the_point", Side.ABOVE): "Make the first sentence the answer.",
    ("outcome", Side.BELOW): "End with what came of it.",
    ("time_to_first_word", Side.ABOVE): "Have the first sentence ready, then press record.",
}


def drill(report: Report) -> Drill | None:
    """The exercise for the report's next step; None when that is about the recording or asks for another question."""
    step = report.next_step
    if step is None or step.measure not in MEASURES or report.response is None:
        return None
    finding = report.finding(step.measure)
    if finding.side in (Side.ABOVE, Side.BELOW):
        return _drill(finding, finding.side, aim(finding, report.response.duration), report)
    if step.measure == "filler_sounds" and finding.moments:
        return _drill(finding, Side.ABOVE, one_less(finding), report)
    return None


def was_met(drill: Drill, take: Report) -> bool | None:
    """Whether a later take met the aim of the drill; None when it could not be measured."""
    return is_met(drill.aim, take.finding(drill.measure))


def went_past(drill: Drill, take: Report) -> bool:
    """Whether a later take met the aim and left the range at its other end: three minutes where one was too short."""
    other_end = Side.ABOVE if drill.aim.high is None else Side.BELOW
    return was_met(drill, take) is True and take.finding(drill.measure).side is other_end


def _drill(finding: Finding, side: Side, goal: Aim, report: Report) -> Drill:
    exercise = _EXERCISES.get((finding.measure, side))
    if exercise is None:  # only the user's own bands judge this measure
        return Drill(finding.measure, sentence(goal.text), goal)
    filler = _commonest(finding.moments, report.words)
    return Drill(finding.measure, exercise.format(filler=filler, low=goal.low, high=goal.high), goal)


def _commonest(moments: Iterable[Span], words: Sequence[Word]) -> str:
    said = [" ".join(plain(word) for word in words if span.overlap(word.span) > 0) for span in moments]
    return Counter(said).most_common(1)[0][0] if said else ""
