"""Summarise the reports of a mock interview: times, medians and pooled rates, but no score.

Conventions: a pooled rate counts the events of all answers; a median is taken over the answers that
are long enough (`analysis.progress.attempt`). Answers measured with different models or settings
have no common numbers: all of these are None.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

from analysis.finding import Side
from analysis.measures.length import ANSWER_LENGTH
from analysis.measures.measure import Display
from analysis.measures.poisson_interval import compute_rate_interval
from analysis.measures.registry import MEASURES, RATE_KEYS, list_measures_shown_in
from analysis.progress.attempt import Attempt, build_attempt
from analysis.progress.statistics import EventCount, pool_counts
from analysis.report import Report
from analysis.wording import format_amount, format_count, format_number, format_usual

NOT_COMPARABLE_TEXT = (
    "Your answers were analysed with different models or settings, so there are no numbers for all of them together."
)
NO_SPEECH_TEXT = "You haven't said anything yet."
_UNTIMED = datetime(2000, 1, 1, tzinfo=UTC)  # when an answer was given plays no part here


@dataclass(frozen=True)
class PooledRate:
    """A rate over all answers together, in the measure's unit; None if nothing could be counted."""

    measure: str
    count: int
    value: float | None
    interval: tuple[float, float] | None  # 95 %


@dataclass(frozen=True)
class MedianRange:
    """The median of a measure with its lowest and highest value; None if no answer was long enough."""

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
    speaking_seconds: float  # s, T_resp of all answers
    fitting_length: int  # answers as long as their kind of question asks for
    comparable: bool  # whether all were measured in one way
    rates: tuple[PooledRate, ...]
    medians: tuple[MedianRange, ...]


def summarise(reports: Sequence[Report], asked: int) -> RunSummary:
    """Summarise a run.

    Args:
        reports: those of its answers.
        asked: the number of questions asked.
    """
    answers = [build_attempt(report, report.digest, _UNTIMED, 1) for report in reports if report.response]
    comparable = len({answer.cohort for answer in answers}) <= 1
    told = answers if comparable else []
    shown = [measure.key for measure in list_measures_shown_in(Display.MOCK_SUMMARY)]
    return RunSummary(
        asked=asked,
        answered=len(answers),
        speaking_seconds=sum(answer.seconds for answer in answers),
        fitting_length=sum(report.get_finding(ANSWER_LENGTH.key).side is Side.INSIDE for report in reports),
        comparable=comparable,
        rates=tuple(_pool_rate(measure, told) for measure in shown if measure in RATE_KEYS),
        medians=tuple(_find_median(measure, told) for measure in shown if measure not in RATE_KEYS),
    )


def describe_summary(summary: RunSummary) -> tuple[str, ...]:
    """Return the summary as sentences, the times first."""
    if not summary.answered:
        return (NO_SPEECH_TEXT,)
    length = format_minutes(summary.speaking_seconds)
    first = f"{summary.answered} of {format_count(summary.asked, 'question')} answered, in {length} of speech."
    fitting = f"{summary.fitting_length} of {format_count(summary.answered, 'answer')} had the right length."
    if not summary.comparable:
        return (first, fitting, NOT_COMPARABLE_TEXT)
    medians = [_describe_median(each) for each in summary.medians if each.value is not None]
    return (first, fitting, *medians, *(_describe_rate(each) for each in summary.rates if each.value is not None))


def format_minutes(seconds: float) -> str:
    """Return a duration in minutes and seconds: "42 s", "8 min 12 s"."""
    whole = round(seconds)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60} s"


def _pool_rate(measure: str, answers: Sequence[Attempt]) -> PooledRate:
    events: list[EventCount] = [answer.events[measure] for answer in answers if measure in answer.events]
    if not events:
        return PooledRate(measure, 0, None, None)
    whole = pool_counts(events)
    return PooledRate(
        measure, whole.count, whole.count / whole.exposure, compute_rate_interval(whole.count, whole.exposure, 1)
    )


def _find_median(measure: str, answers: Sequence[Attempt]) -> MedianRange:
    values = [answer.values.get(measure) for answer in answers if answer.is_eligible]
    known = [value for value in values if value is not None]
    if not known:
        return MedianRange(measure, None, None, None, 0)
    return MedianRange(measure, median(known), min(known), max(known), len(known))


def _describe_median(middle: MedianRange) -> str:
    measure = MEASURES[middle.measure]
    if middle.value is None or middle.lowest is None or middle.highest is None:
        return f"{measure.label}: too little to say."
    if middle.answers == 1:
        return f"{measure.label}: {format_amount(middle.value, measure)} in your one longer answer."
    lowest, highest = format_number(middle.lowest, measure), format_number(middle.highest, measure)
    if lowest == highest:
        return f"{measure.label}: {format_amount(middle.value, measure)} in each of your longer answers."
    return f"{measure.label}: {format_usual(middle.value, measure)} ({lowest} to {highest})."


def _describe_rate(rate: PooledRate) -> str:
    measure = MEASURES[rate.measure]
    if rate.value is None:
        return f"{measure.label}: too little to say."
    return f"{measure.label}: {format_amount(rate.value, measure)} over all answers."
