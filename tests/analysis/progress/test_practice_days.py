from datetime import date, datetime, timedelta, timezone

import pytest

from analysis.progress.practice_days import Day, find_practice_days, find_unpractised_questions, list_recent_weeks
from tests.support.histories import make_attempt

FIRST = date(2025, 3, 1)


@pytest.mark.parametrize(
    ("days", "today", "in_a_row"),
    [
        ([], 0, 0),
        ([0], 0, 1),
        ([0], 1, 1),
        ([0], 2, 0),
        ([0, 1, 2], 2, 3),
        ([0, 2, 3, 3.2], 4, 2),
        ([0, 1, 3], 3, 1),
    ],
)
def test_streak_ends_today_or_yesterday(days, today, in_a_row):
    found = find_practice_days([make_attempt(day) for day in days], FIRST + timedelta(days=today))
    assert found.in_a_row == in_a_row
    assert found.days == tuple(sorted({FIRST + timedelta(days=int(day)) for day in days}))


def test_day_is_in_the_time_zone_of_the_answer():
    late = datetime(2025, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert find_practice_days([make_attempt(at=late)], FIRST).days == (FIRST,)


def test_silence_does_not_count_as_practice():
    assert find_practice_days([make_attempt(seconds=0)], FIRST).days == ()
    assert find_unpractised_questions(["why_us"], [make_attempt(seconds=0, question="why_us")]) == ("why_us",)


@pytest.mark.parametrize(
    ("ids", "practised", "never"),
    [((), ["a"], ()), (("b", "a", "c"), [], ("b", "a", "c")), (("b", "a", "c"), ["a", None, "gone"], ("b", "c"))],
)
def test_unpractised_questions_keep_their_order(ids, practised, never):
    assert find_unpractised_questions(ids, [make_attempt(question=question) for question in practised]) == never


@pytest.mark.parametrize("today", [date(2025, 3, 3) + timedelta(days=day) for day in range(7)])
def test_recent_weeks_begin_on_mondays_and_end_today(today):
    weeks = list_recent_weeks([], today, 3)
    days = [day.date for week in weeks for day in week]
    assert days == [date(2025, 2, 17) + timedelta(days=n) for n in range(len(days))]
    assert days[-1] == today
    assert {week[0].date.weekday() for week in weeks} == {0}
    assert [len(week) for week in weeks] == [7, 7, today.weekday() + 1]


def test_every_answer_with_speech_counts_on_its_day():
    given = [make_attempt(0), make_attempt(0.2), make_attempt(2), make_attempt(2, seconds=0), make_attempt(-300)]
    (*_, last) = list_recent_weeks(given, FIRST + timedelta(days=3), 2)  # a Tuesday
    assert last == (Day(FIRST + timedelta(days=2), 1), Day(FIRST + timedelta(days=3), 0))
    (first, _) = list_recent_weeks(given, FIRST + timedelta(days=3), 2)
    assert sum(day.answers for day in first) == 2
