"""What a whole mock interview came to, out of the reports of its answers: times, medians and pooled rates, no score.

Conventions: a rate of the whole counts all events over all answers; a median is over answers long enough to mean
something (`analysis.progress.attempt`). Answers measured in different ways have no numbers in common: all of these are
None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from analysis.finding import Side
from analysis.measures.length import ANSWER_LENGTH
from analysis.measures.measure import Display
from analysis.measures.poisson_interval import rate_interval
from analysis.measures.registry import MEASURES, RATES, measures_shown_in
from analysis.progress.attempt import Attempt, attempt_from_report
from analysis.progress.statistics import Events, pooled
from analysis.report import Report
from analysis.wording import amount, count, number

MIXED = (
    "The answers were measured in different ways (another model or other settings), so there are no numbers for all of "
    "them together."
)
NOTHING = "Nothing was said yet."
_UNTIMED = datetime(2000, 1, 1, tzinfo=UTC)  # when an answer was given plays no part here


@dataclass(frozen=True)
class PooledRate:
    """A rate over all answers together, in the measure's unit; None where nothing could be counted."""

    measure: str
    count: int
    value: float | None
    interval: tuple[float, float] | None  # 95 %


@dataclass(frozen=True)
class Middle:
    """The median of a measure with its lowest and highest value; None where no answer was long enough."""

    measure: str
    value: float | None
    lowest: float | None
    highest: float | None
    answers: int


@dataclass(frozen=True)
class RunSummary:
    """The numbers of a whole run."""

    asked: int  # questions
    answered: int  # with something said
    speaking: float  # s, T_resp of all answers
    fitting_length: int  # answers as long as their kind of question asks for
    comparable: bool  # whether all were measured in one way
    rates: tuple[PooledRate, ...]
    medians: tuple[Middle, ...]


def summarise(reports: Sequence[Report], asked: int) -> RunSummary:
    """The numbers of the reports of one run in which `asked` questions were asked."""
    answers = [attempt_from_report(report, report.digest, _UNTIMED, 1) for report in reports if report.response]
    comparable = len({answer.cohort for answer in answers}) <= 1
    told = answers if comparable else []
    shown = [measure.key for measure in measures_shown_in(Display.MOCK_SUMMARY)]
    return RunSummary(
        asked=asked,
        answered=len(answers),
        speaking=sum(answer.seconds for answer in answers),
        fitting_length=sum(report.finding(ANSWER_LENGTH.key).side is Side.INSIDE for report in reports),
        comparable=comparable,
        rates=tuple(_rate(measure, told) for measure in shown if measure in RATES),
        medians=tuple(_middle(measure, told) for measure in shown if measure not in RATES),
    )


def describe_summary(summary: RunSummary) -> tuple[str, ...]:
    """Return the sentences to show for a run, the times first."""
    if not summary.answered:
        return (NOTHING,)
    length = format_minutes(summary.speaking)
    first = f"{summary.answered} of {count(summary.asked, 'question')} answered, in {length} of speech."
    fitting = f"{summary.fitting_length} of {count(summary.answered, 'answer')} as long as the question asks for."
    if not summary.comparable:
        return (first, fitting, MIXED)
    medians = [_describe_middle(each) for each in summary.medians if each.value is not None]
    return (first, fitting, *medians, *(_describe_rate(each) for each in summary.rates if each.value is not None))


def format_minutes(seconds: float) -> str:
    """Return a length of time: "42 s", "8 min 12 s"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def _rate(measure: str, answers: Sequence[Attempt]) -> PooledRate:
    events: list[Events] = [answer.events[measure] for answer in answers if measure in answer.events]
    if not events:
        return PooledRate(measure, 0, None, None)
    whole = pooled(events)
    return PooledRate(measure, whole.count, whole.count / whole.exposure, rate_interval(whole.count, whole.exposure, 1))


def _middle(measure: str, answers: Sequence[Attempt]) -> Middle:
    values = [answer.values.get(measure) for answer in answers if answer.is_eligible]
    known = [value for value in values if value is not None]
    if not known:
        return Middle(measure, None, None, None, 0)
    return Middle(measure, median(known), min(known), max(known), len(known))


def _describe_middle(middle: Middle) -> str:
    measure = MEASURES[middle.measure]
    if middle.value is None or middle.lowest is None or middle.highest is None:
        return f"{measure.label}: not measured."
    if middle.answers == 1:
        return f"{measure.label}: {amount(middle.value, measure)}, in the one answer long enough to tell."
    lowest, highest = number(middle.lowest, measure), number(middle.highest, measure)
    if lowest == highest:
        return f"{measure.label}: {amount(middle.value, measure)} in each of {middle.answers} long enough answers."
    of = f"the median of {middle.answers} long enough answers ({lowest} to {highest})"
    return f"{measure.label}: {amount(middle.value, measure)}, {of}."


def _describe_rate(rate: PooledRate) -> str:
    measure = MEASURES[rate.measure]
    if rate.value is None or rate.interval is None:
        return f"{measure.label}: not measured."
    low, high = (number(end, measure) for end in rate.interval)
    return f"{measure.label}: {amount(rate.value, measure)} over all answers (95 % interval {low} to {high})."
