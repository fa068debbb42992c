"""The plan of practice until an interview: its days, its questions, and what becomes of what was missed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.questions import Question, load_questions
from content.taxonomy import load_taxonomy
from interview.practice_plan import (
    FIRST_QUESTIONS,
    MAX_DAYS,
    MAX_SECONDS_PER_DAY,
    PERSONAL_QUESTIONS,
    PracticeDay,
    find_day,
    follow_plan,
    plan_practice,
    space_days,
)

FIRST = date(2026, 11, 29)
BANK = load_questions()
ENDING = "questions_for_us"


def after(days: int) -> date:
    """Return a day counted from the first."""
    return FIRST + timedelta(days)


def make_plan(days: int = 9, stage: str = "first", field: str = "", seed: int = 3) -> tuple[PracticeDay, ...]:
    """Return a plan for an interview in so many days."""
    return plan_practice(FIRST, after(days), stage, BANK, field, seed)


def list_ids(plan: tuple[PracticeDay, ...]) -> list[list[str]]:
    """Return the ids of the questions of each day."""
    return [[each.question.id for each in day.questions] for day in plan]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0, []),
        (-3, []),
        (1, [0]),
        (2, [0, 1]),
        (4, [0, 1, 2, 3]),
        (9, [0, 2, 4, 6, 8]),
        (30, [0, 3, 6, 10, 13, 16, 19, 23, 26, 29]),
    ],
)
def test_the_days_of_a_plan_are_these(days, expected):
    assert space_days(FIRST, after(days)) == tuple(map(after, expected))


@given(st.integers(1, 400))
def test_days_are_evenly_spaced_from_the_first_to_the_eve(days):
    found = space_days(FIRST, after(days))
    gaps = [(later - sooner).days for sooner, later in pairwise(found)]
    assert (found[0], found[-1]) == (FIRST, after(days - 1))
    assert not gaps or max(gaps) - min(gaps) <= 1
    assert len(found) <= MAX_DAYS
    assert min(gaps, default=1) >= 1


@given(
    st.integers(1, 90),
    st.sampled_from(["", *load_taxonomy().stages]),
    st.sampled_from(["", *load_taxonomy().fields]),
    st.integers(0, 99),
)
def test_no_day_takes_more_than_a_quarter_of_an_hour_and_none_is_empty(days, stage, field, seed):
    for day in make_plan(days, stage, field, seed):
        assert 0 < day.seconds_left <= MAX_SECONDS_PER_DAY == 900


def test_the_first_day_has_what_nearly_every_interview_asks_and_the_last_the_questions_of_ones_own():
    plan = make_plan()
    assert list_ids(plan)[0] == list(FIRST_QUESTIONS)
    assert list_ids(plan)[-1][-1] == ENDING
    assert sum(ids.count(ENDING) for ids in list_ids(plan)) == 1


def test_new_questions_of_one_kind_never_follow_each_other():
    for seed in range(20):
        new = [each.question for day in make_plan(20, seed=seed) for each in day.questions if not each.again]
        later = new[len(FIRST_QUESTIONS) - 1 :]
        assert [one.id for one, other in pairwise(later) if one.kind == other.kind] == []


def test_a_point_comes_back_at_least_two_days_later_under_another_question_about_the_same():
    plan = make_plan(20)
    made = {each.question.id: day.day for day in plan for each in day.questions}
    again = [(day.day, each) for day in plan for each in day.questions if each.again]
    assert len(again) == len(plan) - 1
    for day, each in again:
        assert (day - made[each.again.id]).days >= 2
        assert each.question.id != each.again.id
        assert each.question.competency == each.again.competency


def test_in_a_hurry_there_is_practice_every_day_and_points_come_back_the_next():
    again = [each.again.id for day in make_plan(3) for each in day.questions if each.again]
    assert again[0] == FIRST_QUESTIONS[0]


def test_a_plan_asks_nothing_of_another_field_and_nothing_that_only_some_can_answer():
    asked = [
        each.question
        for seed in range(30)
        for day in make_plan(60, field="health", seed=seed)
        for each in day.questions
    ]
    assert {each.id for each in asked if each.fields and "health" not in each.fields} == set()
    assert {each.id for each in asked} & PERSONAL_QUESTIONS == set()
    assert {each.id for each in BANK} >= PERSONAL_QUESTIONS | set(FIRST_QUESTIONS)


def test_the_same_arguments_give_the_same_plan_and_another_interview_another():
    assert make_plan() == make_plan()
    assert list_ids(make_plan(seed=4)) != list_ids(make_plan(seed=3))


def test_a_question_that_is_too_long_for_a_day_is_left_out():
    endless = replace(BANK[0], id="endless", own_seconds=(60.0, 3000.0))
    plan = plan_practice(FIRST, after(5), "first", (endless, *BANK))
    assert "endless" not in [name for ids in list_ids(plan) for name in ids]
    assert all(day.questions for day in plan)


def test_a_small_bank_gives_a_plan_too():
    only = next(each for each in BANK if each.id == "tell_me_about_yourself")
    plan = plan_practice(FIRST, after(5), "first", (only,))
    assert list_ids(plan)[0] == ["tell_me_about_yourself"]
    assert {each.again.id for day in plan[1:] for each in day.questions} <= {"tell_me_about_yourself"}


def answer(*asked: Question, on: int = 0) -> dict[str, set[date]]:
    """Return questions as answered on a day."""
    return {each.id: {after(on)} for each in asked}


def test_what_was_answered_is_done_and_the_rest_stays_where_it_was():
    plan = make_plan()
    first = plan[0].questions[0].question
    stands = follow_plan(plan, answer(first), FIRST)
    assert list_ids(stands) == list_ids(plan)
    assert [each.is_done for each in stands[0].questions] == [True, False, False]
    assert find_day(stands, FIRST) == stands[0]


def test_what_was_missed_moves_to_the_next_day_and_no_day_becomes_too_long():
    plan = make_plan()
    first, second, third = (each.question for each in plan[0].questions)
    stands = follow_plan(plan, answer(first), after(2))
    assert list_ids(stands)[0] == [first.id]
    assert list_ids(stands)[1][:2] == [second.id, third.id]
    assert [day.day for day in stands] == [day.day for day in plan]
    assert all(day.seconds_left <= MAX_SECONDS_PER_DAY for day in stands)
    assert list_ids(stands)[-1][-1] == ENDING


def test_of_a_plan_that_was_never_followed_only_the_days_to_come_are_left():
    plan = make_plan()
    stands = follow_plan(plan, {}, after(8))
    assert [day.day for day in stands] == [after(8)]
    assert list_ids(stands)[0][0] == FIRST_QUESTIONS[0]
    assert list_ids(stands)[0][-1] == ENDING
    assert follow_plan(plan, {}, after(9)) == ()


def test_a_question_that_comes_twice_is_done_twice_on_two_days_only():
    only = next(each for each in BANK if each.id == "tell_me_about_yourself")
    plan = plan_practice(FIRST, after(3), "first", (only,))
    once = follow_plan(plan, answer(only), FIRST)
    assert [each.is_done for day in once for each in day.questions][:2] == [True, False]
    twice = follow_plan(plan, {only.id: {FIRST, after(1)}}, after(1))
    assert [each.is_done for day in twice for each in day.questions][:2] == [True, True]


def test_the_next_day_is_the_first_with_something_left():
    plan = make_plan()
    done = answer(*(each.question for each in plan[0].questions))
    stands = follow_plan(plan, done, FIRST)
    assert find_day(stands, FIRST) == stands[1]
    assert find_day((), FIRST) is None
