"""Histories of practice with known truth, for the tests of progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from analysis.progress.attempt import Attempt, Cohort
from analysis.progress.statistics import EventCount
from analysis.question import QuestionKind

COHORT = Cohort("tiny", "default", 1)
START = datetime(2025, 3, 1, 12, tzinfo=UTC)
ANSWER_SECONDS = 90.0  # s


def make_attempt(
    day: float = 0,
    values: Mapping[str, float | None] | None = None,
    events: Mapping[str, EventCount] | None = None,
    seconds: float = ANSWER_SECONDS,
    **others: object,
) -> Attempt:
    """Make an answer that was given so many days after the start."""
    usual = Attempt(
        id=f"day {day}",
        at=START + timedelta(days=day),
        question="tell_me_about_yourself",
        kind=QuestionKind.BEHAVIOURAL,
        take=1,
        cohort=COHORT,
        seconds=seconds,
        words=200,
        values=values or {},
        events=events or {},
    )
    return replace(usual, **others)


def make_attempts_with_values(measure: str, values: Iterable[float | None]) -> list[Attempt]:
    """Make one answer a day with these values of a measure."""
    return [make_attempt(day, {measure: value}) for day, value in enumerate(values)]


def make_attempts_with_counts(measure: str, counts: Sequence[int], seconds: float = ANSWER_SECONDS) -> list[Attempt]:
    """Make one answer a day with these counts of a measure that is a rate per minute."""
    minutes = seconds / 60
    return [
        make_attempt(day, {measure: count / minutes}, {measure: EventCount(int(count), minutes)}, seconds)
        for day, count in enumerate(counts)
    ]
