"""Find the days on which somebody practised, and the questions they have not practised yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.progress.attempt import Attempt

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class PracticeDays:
    """The days with an answer, in order, each in the time zone of its answer, and the current streak."""

    days: tuple[date, ...]
    in_a_row: int  # 0 when the last day was before yesterday; today may still come


def find_practice_days(attempts: Iterable[Attempt], today: date) -> PracticeDays:
    """Return the days on which something was said, and the streak up to `today`."""
    days = {attempt.at.date() for attempt in attempts if attempt.seconds > 0}
    day = today if today in days else today - _DAY
    in_a_row = 0
    while day in days:
        in_a_row += 1
        day -= _DAY
    return PracticeDays(tuple(sorted(days)), in_a_row)


@dataclass(frozen=True)
class Day:
    """How many answers were given on one day."""

    date: date
    answers: int


def list_recent_weeks(attempts: Iterable[Attempt], today: date, weeks: int) -> tuple[tuple[Day, ...], ...]:
    """Return the days of the last weeks with their numbers of answers.

    Args:
        attempts: all answers.
        today: the last day returned.
        weeks: how many weeks, each from Monday; the last one ends today.
    """
    answers = Counter(attempt.at.date() for attempt in attempts if attempt.seconds > 0)
    monday = today - today.weekday() * _DAY
    return tuple(
        tuple(
            Day(day, answers[day])
            for day in (monday + (week * 7 + weekday) * _DAY for weekday in range(7))
            if day <= today
        )
        for week in range(1 - weeks, 1)
    )


def find_unpractised_questions(questions: Sequence[str], attempts: Iterable[Attempt]) -> tuple[str, ...]:
    """Return those of the question ids that have no answer yet, in the order given."""
    practised = {attempt.question for attempt in attempts if attempt.seconds > 0}
    return tuple(question for question in questions if question not in practised)
