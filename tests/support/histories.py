"""Histories of practice with known truth, for the tests of progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from analysis.progress.attempt import Attempt, Cohort
from analysis.progress.statistics import Events
from analysis.question import QuestionKind

COHORT = Cohort("tiny", "default", 1)
START = datetime(2025, 3, 1, 12, tzinfo=UTC)
ANSWER = 90.0  # s


def attempt(
    day: float = 0,
    values: Mapping[str, float | None] | None = None,
    events: Mapping[str, Events] | None = None,
    seconds: float = ANSWER,
    **others: object,
) -> Attempt:
    """An answer given so many days after the start."""
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


def valued(measure: str, values: Iterable[float | None]) -> list[Attempt]:
    """One answer a day with these values of a measure."""
    return [attempt(day, {measure: value}) for day, value in enumerate(values)]


def counted(measure: str, counts: Sequence[int], seconds: float = ANSWER) -> list[Attempt]:
    """One answer a day with these counts of a measure that is a rate per minute."""
    minutes = seconds / 60
    return [
        attempt(day, {measure: count / minutes}, {measure: Events(int(count), minutes)}, seconds)
        for day, count in enumerate(counts)
    ]
