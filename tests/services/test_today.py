"""The next thing to do: the interview ahead with its plan, the goal of the last take, and what is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from icalendar import Calendar

from analysis.question import AskedQuestion, QuestionKind
from interview.calendar_file import make_calendar_file
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview, InterviewState
from interview.practice_plan import FIRST_QUESTIONS
from services.asked_questions import find_asked_question, make_debrief_question
from services.interviews.follow_ups import load_agendas, update_plans
from services.interviews.practice_plans import begin_plan, find_next_interview, load_plan, make_day_entries
from services.question_bank import QuestionBank, load_question_bank
from services.today import Today, load_today
from store.settings import Settings
from store.store import Store
from tests.support.interviews import DEBRIEF, HELD, ONE, THREE, TWO, VIENNA, make_local_time
from tests.support.stored_attempts import UMS, add_done, add_said, add_silent

NOW = datetime(2026, 3, 2, 18, 0, tzinfo=VIENNA)  # nine days before the interview
AHEAD = replace(HELD, state=InterviewState.UPCOMING)
TELL, WHY, WEAKNESS = map(find_asked_question, FIRST_QUESTIONS)


def load(store: Store, now: datetime = NOW) -> Today:
    """Return what there is to do at a moment."""
    return load_today(store, load_question_bank(store), Settings(), now)


def list_ids(today: Today) -> list[list[str]]:
    """Return the ids of the questions of each day of the plan."""
    return [[each.question.id for each in day.questions] for day in today.plan]


def test_who_has_nothing_is_here_for_the_first_time(store):
    assert load(store).is_first_visit
    add_silent(store, TELL, NOW)
    add_done(store, make_debrief_question(ONE, "keep", "What went well"), NOW)
    assert load(store).is_first_visit
    add_done(store, TELL, NOW)
    assert not load(store).is_first_visit


def test_who_entered_an_interview_is_not_here_for_the_first_time(store):
    store.save(Interview(ONE, "Harbour"))
    today = load(store)
    assert (today.is_first_visit, today.interview, today.plan, today.next_question) == (False, None, (), None)


def test_the_plan_begins_on_the_day_it_is_first_seen_and_stays(store):
    store.save(AHEAD)
    first = load(store)
    assert [day.day.day for day in first.plan] == [2, 4, 6, 8, 10]
    assert list_ids(first)[0] == list(FIRST_QUESTIONS)
    assert store.load_document(Interview, ONE).practise_from == date(2026, 3, 2)
    later = load(store, NOW + timedelta(days=1))
    assert [day.day.day for day in later.plan] == [4, 6, 8, 10]
    assert later.interview == store.load_document(Interview, ONE)


def test_an_answer_of_the_plan_is_done_and_the_next_question_follows(store):
    store.save(AHEAD)
    load(store)
    add_done(store, TELL, NOW)
    today = load(store)
    assert today.next_day == today.plan[0]
    assert [each.is_done for each in today.plan[0].questions] == [True, False, False]
    assert today.next_question is not None
    assert today.next_question.question.id == WHY.id


def test_answers_from_before_the_plan_and_silence_do_not_count(store):
    add_done(store, TELL, NOW - timedelta(days=3))
    store.save(AHEAD)
    load(store)
    add_silent(store, TELL, NOW)
    assert not any(each.is_done for each in load(store).plan[0].questions)


def test_the_soonest_interview_with_a_date_is_the_next_one(store):
    interviews = (
        replace(AHEAD, id=TWO, at=None, day=date(2026, 3, 5)),
        AHEAD,
        replace(AHEAD, id=THREE, at=None),
        replace(HELD, id="5" * 32, at=make_local_time("2026-03-03 10:00")),
    )
    assert find_next_interview(interviews, NOW.date()) == interviews[0]
    assert find_next_interview(interviews, date(2026, 3, 6)) == AHEAD
    assert find_next_interview(interviews, date(2026, 3, 12)) is None


def test_on_the_day_of_the_interview_there_is_no_plan(store):
    store.save(AHEAD)
    today = load(store, make_local_time("2026-03-11 08:00"))
    assert today.interview == AHEAD
    assert today.plan == ()


def test_an_interview_whose_time_is_over_is_asked_about_until_somebody_says_so(store):
    store.save(AHEAD)
    assert load(store, make_local_time("2026-03-11 10:30")).unsure == ()
    over = load(store, make_local_time("2026-03-11 11:00"))
    assert (over.unsure, over.interview) == ((AHEAD,), None)
    store.save(HELD, expected=AHEAD)
    assert load(store, make_local_time("2026-03-11 11:00")).unsure == ()


def test_what_is_due_is_named_with_its_interview_and_goes_when_it_is_done(store):
    store.save(HELD)
    evening = make_local_time("2026-03-11 18:00")
    assert "write_it_down" in [each.step.rule for each in load(store, evening).due]
    assert {each.interview for each in load(store, evening).due} == {HELD}
    assert store.load_documents(FollowUp) == ()  # looking stores nothing
    (plan,) = update_plans(store, ())
    assert {each.step for each in load(store, evening).due} <= set(plan.steps)
    store.save(DEBRIEF)
    assert "write_it_down" not in [each.step.rule for each in load(store, evening).due]


def test_the_goal_of_the_latest_answer_is_known(store):
    assert load(store).last is None
    add_done(store, TELL, NOW - timedelta(days=2))
    latest = add_said(store, UMS, WEAKNESS, NOW - timedelta(days=1))
    add_done(store, AskedQuestion("sample:numbers", "A sample", QuestionKind.SCREENING), NOW)
    last = load(store).last
    assert last is not None
    assert last.attempt.id == latest
    assert last.goal.instruction == "Replace your next “um” with silence."


def test_a_plan_that_was_begun_is_not_begun_again_and_a_late_one_never(store):
    begun = replace(AHEAD, practise_from=date(2026, 3, 1))
    store.save(begun)
    assert begin_plan(store, begun, NOW.date()) == begun
    assert begin_plan(store, replace(AHEAD, at=None), NOW.date()).practise_from is None
    assert begin_plan(store, AHEAD, date(2026, 3, 11)).practise_from is None


def test_an_interview_of_an_earlier_version_opens_without_a_plan():
    assert Interview(ONE, "Harbour", at=HELD.at).practise_from is None
    assert load_plan(AHEAD, QuestionBank({}, {}, {}), (), "", NOW.date()) == ()


def test_the_calendar_has_every_day_with_something_left_in_the_words_of_the_plan(store):
    store.save(AHEAD)
    today = load(store)
    for asked in (TELL, WHY, WEAKNESS):
        add_done(store, asked, NOW)
    agendas = load_agendas(store, (), "", NOW.date())
    events = Calendar.from_ical(make_calendar_file(agendas, NOW)).events
    practice = sorted((event for event in events if "Practise" in str(event["summary"])), key=lambda each: each.start)
    assert [event.start.day for event in practice] == [4, 6, 8, 10]
    assert "(use what you said to “Tell me about yourself.”)" in str(practice[0]["description"])
    assert str(practice[0]["summary"]).startswith("Practise for Harbour Analytics, ")
    entries = make_day_entries(AHEAD, today.plan, load_question_bank(store))
    assert {UUID(event.uid) for event in practice} == {UUID(each.id) for each in entries[1:]}
