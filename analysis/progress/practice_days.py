"""When somebody practised, and what they never did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.progress.attempt import Attempt

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Practice:
    """The days with an answer, in order, each in the zone the answer was given in, and how many in a row until now."""

    days: tuple[date, ...]
    in_a_row: int  # 0 when the last day was before yesterday; today may still come


def practice(attempts: Iterable[Attempt], today: date) -> Practice:
    """On which days something was said."""
    days = {attempt.at.date() for attempt in attempts if attempt.seconds > 0}
    day = today if today in days else today - _DAY
    in_a_row = 0
    while day in days:
        in_a_row += 1
        day -= _DAY
    return Practice(tuple(sorted(days)), in_a_row)


@dataclass(frozen=True)
class Day:
    """How many answers were given on one day."""

    date: date
    answers: int


def recent_weeks(attempts: Iterable[Attempt], today: date, weeks: int) -> tuple[tuple[Day, ...], ...]:
    """The last so many weeks from Monday on, the week of `today` last and only until today."""
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


def never_practised(questions: Sequence[str], attempts: Iterable[Attempt]) -> tuple[str, ...]:
    """The ids among `questions` that nothing was ever said to, in their order."""
    practised = {attempt.question for attempt in attempts if attempt.seconds > 0}
    return tuple(question for question in questions if question not in practised)
