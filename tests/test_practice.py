from datetime import date, datetime, timedelta, timezone

import pytest

from analysis.practice import never_practised, practice
from tests.histories import attempt

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
def test_days_in_a_row_lead_to_today_or_yesterday(days, today, in_a_row):
    found = practice([attempt(day) for day in days], FIRST + timedelta(days=today))
    assert found.in_a_row == in_a_row
    assert found.days == tuple(sorted({FIRST + timedelta(days=int(day)) for day in days}))


def test_a_day_is_one_where_the_answer_was_given():
    late = datetime(2025, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    assert practice([attempt(at=late)], FIRST).days == (FIRST,)


def test_silence_is_no_practice():
    assert practice([attempt(seconds=0)], FIRST).days == ()
    assert never_practised(["why_us"], [attempt(seconds=0, question="why_us")]) == ("why_us",)


@pytest.mark.parametrize(
    ("ids", "practised", "never"),
    [((), ["a"], ()), (("b", "a", "c"), [], ("b", "a", "c")), (("b", "a", "c"), ["a", None, "gone"], ("b", "c"))],
)
def test_questions_never_practised_keep_their_order(ids, practised, never):
    assert never_practised(ids, [attempt(question=question) for question in practised]) == never
