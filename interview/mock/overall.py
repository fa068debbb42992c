"""Choose one thing to do, one thing to keep and one answer to say again over all answers of a mock interview.

The step is the one that the reports name most often; of several named equally often, the first by what a coach says
first: a recording from which little can be told, then what was not said, then length, then how it was said. The closing
is judged by its own rules first: next steps, timing, thanks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.feedback.goals import NOTHING_TO_MEND
from analysis.feedback.said import KEYS as KEYS_OF_WHAT_IS_SAID
from analysis.feedback.said import NEXT_STEPS_AND_TIMING
from analysis.feedback.takeaways import NOTHING_SAID
from analysis.finding import Side
from analysis.measures.length import ANSWER_LENGTH
from analysis.measures.registry import MEASURES
from analysis.report import Report, Takeaway
from analysis.structure.closing import ADVISED_AGAINST, find_closing_elements
from analysis.structure.closing_rules import Check
from analysis.structure.element import ElementState
from interview.mock.questions import CLOSING
from speech.segment import Segment

CHECKS_IN_ORDER = (Check.NEXT_STEPS, Check.TIMING, Check.THANKS, Check.INTEREST, Check.WEBSITE, Check.PRESSING)
_MISSING = {  # what to do at the end where something was not said
    Check.NEXT_STEPS: "Ask what the next steps are.",
    Check.TIMING: "Ask when you'll hear from them.",
    Check.THANKS: "Thank them for their time.",
    Check.INTEREST: "Say that you'd like the job.",
}
_SAID = {  # and where something was said that does harm
    Check.WEBSITE: "Ask nothing that their website answers.",
    Check.PRESSING: "Don't push for the job: show interest instead.",
}
_ASK_FOR_BOTH = "Ask about the next steps and when you'll hear."
_PRAISED_FIRST = ("story", "early_answer", "number", "lesson", "timing", "next_steps", "result", "tools", "questions")


@dataclass(frozen=True)
class AnswerReport:
    """The report on one answer of the interview, and what its question was."""

    place: int  # of the question, from 1
    kind: str  # of the question
    report: Report  # with something said


@dataclass(frozen=True)
class OverallStep:
    """What to do next, in which answers it came up, and which of them to say again first."""

    line: str  # in the imperative
    places: tuple[int, ...]
    redo: int | None  # a place; None where nothing is to mend
    moment: Segment | None = None  # in that answer, to be heard first


@dataclass(frozen=True)
class OverallStrength:
    """What went well, and in which answer."""

    line: str
    place: int


def choose_overall_step(answers: Sequence[AnswerReport]) -> OverallStep | None:
    """Return the one thing to do over all answers; None if nothing was said in any of them."""
    steps = [(answer, step) for answer in answers if (step := find_step(answer, answers)) is not None]
    if not steps:
        return None
    to_mend = [(answer, step) for answer, step in steps if step.measure != NOTHING_TO_MEND]
    if not to_mend:
        return OverallStep("Nothing to fix. Try a longer interview, or the next stage.", (), None)
    often = Counter(step.measure for _, step in to_mend)
    first = min(to_mend, key=lambda each: (-often[each[1].measure], _get_tier(each[1].measure), each[0].place))
    named = [(answer, step) for answer, step in to_mend if step.measure == first[1].measure]
    worst, step = max(named, key=lambda each: (_measure_distance(*each), -each[0].place))
    places, moment = tuple(answer.place for answer, _ in named), next(iter(step.moments), None)
    return OverallStep(step.text, places, worst.place, moment)


def choose_overall_strength(answers: Sequence[AnswerReport], besides: OverallStep | None) -> OverallStrength | None:
    """Return what went well, rather something said than the way it was said; None where no report names anything.

    Args:
        answers: those in which something was said.
        besides: the one thing to do. What went well is looked for in another answer first.
    """
    found = [(answer, strength) for answer in answers if (strength := answer.report.strength) is not None]
    if not found:
        return None
    redo = besides.redo if besides else None
    answer, strength = min(found, key=lambda each: (_get_praise_rank(each[1]), each[0].place == redo, each[0].place))
    return OverallStrength(strength.text, answer.place)


def find_step(answer: AnswerReport, answers: Sequence[AnswerReport]) -> Takeaway | None:
    """Return what to do next in one answer: for the last of the closing, by the rules of the closing first."""
    closing = [each for each in answers if each.kind == CLOSING]
    if closing and answer is closing[-1] and (step := find_closing_step([each.report for each in closing])):
        return step
    step = answer.report.next_step
    return None if step is None or step.measure == NOTHING_SAID.measure else step


def find_closing_step(reports: Sequence[Report]) -> Takeaway | None:
    """Return what the closing lacks, or holds too much of, over all its answers; None where it is fine."""
    checks = [find_closing_elements(report.words).checks for report in reports]
    said = {check for each in checks for check, part in each.items() if part.state is not ElementState.NOT_HEARD}
    if not said & {Check.NEXT_STEPS, Check.TIMING}:
        return Takeaway(NEXT_STEPS_AND_TIMING, _ASK_FOR_BOTH, side=Side.BELOW)
    for check in CHECKS_IN_ORDER:
        if check in ADVISED_AGAINST and check in said:
            return Takeaway(check, _SAID[check], side=Side.ABOVE)
        if check not in ADVISED_AGAINST and check not in said:
            return Takeaway(check, _MISSING[check], side=Side.BELOW)
    return None


def _get_tier(key: str) -> int:
    if key in KEYS_OF_WHAT_IS_SAID or key in set(Check):
        return 1
    if key == ANSWER_LENGTH.key:
        return 2
    return 3 if key in MEASURES else 0  # what is left is about the recording


def _measure_distance(answer: AnswerReport, step: Takeaway) -> float:
    """Return how far a measure lies beyond its band; 0 for what is no measure."""
    if step.measure not in MEASURES:
        return 0.0
    finding = answer.report.get_finding(step.measure)
    if finding.band is None or finding.value is None:
        return 0.0
    bound = finding.band.fine[0 if finding.side is Side.BELOW else 1]
    return abs(finding.value - bound) if bound is not None else 0.0


def _get_praise_rank(strength: Takeaway) -> int:
    if strength.measure in _PRAISED_FIRST:
        return _PRAISED_FIRST.index(strength.measure)
    return len(_PRAISED_FIRST) + (strength.measure in MEASURES)
