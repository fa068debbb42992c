"""The plan of practice for an interview: begin it, follow it by the answers there are, and put it into a calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from zlib import crc32

from analysis.wording import format_count
from interview.calendar_file import DayEntry
from interview.ids import make_stable_id
from interview.interview import Interview, InterviewState
from interview.practice_plan import PlannedQuestion, PracticeDay, follow_plan, plan_practice
from services.asked_questions import is_practice
from services.question_bank import QuestionBank
from store.attempt import StoredAttempt
from store.store import Store

SECONDS_PER_MINUTE = 60


def find_next_interview(interviews: Iterable[Interview], today: date) -> Interview | None:
    """Return the interview to come that is soonest, today's too; None if none has a date."""
    dated = [each for each in interviews if each.state is InterviewState.UPCOMING and each.on_day is not None]
    ahead = [each for each in dated if each.on_day and each.on_day >= today]
    return min(ahead, key=lambda each: (each.on_day or date.max, each.id), default=None)


def begin_plan(store: Store, interview: Interview, today: date) -> Interview:
    """Return the interview with the first day of its plan, today unless it was begun already; raises StoreError."""
    if interview.practise_from is not None or interview.on_day is None or interview.on_day <= today:
        return interview
    begun = replace(interview, practise_from=today)
    store.save(begun, expected=interview)
    return begun


def load_plan(
    interview: Interview, bank: QuestionBank, history: Iterable[StoredAttempt], field: str, today: date
) -> tuple[PracticeDay, ...]:
    """Return the plan for an interview as it stands on a day; empty where it was not begun.

    Args:
        interview: the interview.
        bank: the questions to choose from.
        history: all answers.
        field: of work; empty for none.
        today: the current day.
    """
    if interview.practise_from is None or interview.on_day is None:
        return ()
    seed = crc32(interview.id.encode())
    plan = plan_practice(interview.practise_from, interview.on_day, interview.stage, bank.offered, field, seed)
    return follow_plan(plan, _list_answered(history, interview.practise_from), today)


def make_day_entries(interview: Interview, plan: Iterable[PracticeDay], bank: QuestionBank) -> tuple[DayEntry, ...]:
    """Return the days of a plan with something left, in words for a calendar.

    An entry keeps its id when the days move, so a newer file moves it in the calendar as well.
    """
    return tuple(
        DayEntry(
            make_stable_id("practice_day", interview.id, str(place)),
            day.day,
            f"Practise for {interview.company}, {format_minutes(day.seconds_left)}",
            "\n".join(describe_planned(each, bank) for each in day.left),
        )
        for place, day in enumerate(plan)
        if day.left
    )


def describe_planned(planned: PlannedQuestion, bank: QuestionBank) -> str:
    """Return a planned question in words, with the answer to use again where there is one."""
    text = bank.format_text(planned.question)
    if planned.again is None:
        return text
    if planned.again == planned.question:
        return f"{text} (once more)"
    return f"{text} (use what you said to “{bank.format_text(planned.again)}”)"


def format_minutes(seconds: int) -> str:
    """Return a time in whole minutes, at least one: "8 minutes"."""
    return format_count(max(1, round(seconds / SECONDS_PER_MINUTE)), "minute")


def _list_answered(history: Iterable[StoredAttempt], since: date) -> Mapping[str, frozenset[date]]:
    """Return the days on which each question was answered, by its id; silence is no answer."""
    days: dict[str, set[date]] = defaultdict(set)
    for each in history:
        day = each.recorded_at.date()
        if day >= since and not each.is_silent and is_practice(each.question.id):
            days[each.question.id].add(day)
    return {question: frozenset(found) for question, found in days.items()}
