"""A mock interview from its plan to the status of its answers, as a user goes through it, without a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from content.questions import load_questions
from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun
from services.asked_questions import make_mock_question
from services.interviews.mock_plans import change_plan, draft_plan, find_begun_plans, save_plan
from services.interviews.mock_runs import (
    MOVED_ON_RECORDING_SAFE_TEXT,
    MOVED_ON_TEXT,
    MovedOnError,
    answer_question,
    begin_run,
    delete_run,
    end_run,
    load_answer_statuses,
    skip_question,
)
from services.job_queue import Queued
from services.submission import submit_recording
from store.attempt import AttemptState
from store.store import Store
from tests.services.conftest import SAID
from tests.support.answers import synthesise
from tests.support.interviews import HELD
from tests.support.stored_attempts import NOON

PLAN, NEXT = "a" * 32, "b" * 32


@pytest.fixture
def run(store: Store) -> MockRun:
    plan = save_plan(store, draft_plan((), (), PLAN, 7))
    return begin_run(store, plan, NOON)


def give(store, desktop, run: MockRun, place: int) -> str:
    """Answer a question of a run; gives the id of the answer."""
    attempt = submit_recording(store, desktop.queue, synthesise(SAID), make_mock_question(run.steps[place])).attempt
    answer_question(store, run.id, place, attempt.id, NOON)
    return attempt.id


def test_a_run_ends_once_every_question_is_answered_or_skipped(store, desktop, run):
    answers = [give(store, desktop, run, 0)]
    for place in range(1, len(run.steps)):
        assert store.load_document(MockRun, run.id).place == place
        skip_question(store, run.id, place, NOON + timedelta(minutes=place))
    over = store.load_document(MockRun, run.id)
    assert over.place is None
    assert over.finished_at == NOON + timedelta(minutes=len(run.steps) - 1)
    assert list(over.answers) == answers
    desktop.wait()
    first, *others = load_answer_statuses(store, desktop.queue, over)
    assert first.report == store.load_report(answers[0])
    assert not first.is_pending
    assert [each.report for each in others] == [None] * len(others)
    assert all(each.step.skipped for each in others)


def test_a_run_names_the_company_and_ends_with_the_usual_ending_question(store):
    store.save(HELD)
    about = next(each for each in load_questions() if any(slot.name == "company" for slot in each.slots))
    plan = MockPlan(PLAN, about.stage, minutes=120, competencies=(about.competency,), interview=HELD.id)
    run = begin_run(store, plan, NOON)
    assert run.steps[-1].question == ENDING_QUESTION
    assert store.load_document(MockRun, run.id) == run
    assert any(HELD.company in step.text for step in run.steps)


def test_a_question_answered_in_another_window_is_not_answered_again(store, desktop, run):
    first = give(store, desktop, run, 0)
    with pytest.raises(MovedOnError, match=MOVED_ON_RECORDING_SAFE_TEXT):
        give(store, desktop, run, 0)
    with pytest.raises(MovedOnError, match=MOVED_ON_TEXT):
        skip_question(store, run.id, 0, NOON)
    assert store.load_document(MockRun, run.id).answers == (first,)
    assert len(store.load_history()) == 2  # the second recording is kept all the same


def test_a_run_that_is_ended_early_stays_ended(store, run):
    end_run(store, run.id, NOON)
    end_run(store, run.id, NOON + timedelta(hours=1))
    over = store.load_document(MockRun, run.id)
    assert (over.place, over.finished_at) == (None, NOON)


def test_a_failed_answer_says_why_and_a_deleted_one_is_gone(store, desktop, run):
    deleted, failed = (give(store, desktop, run, place) for place in (0, 1))
    desktop.wait(2)
    store.delete_attempt(deleted)
    failed_now = store.add_recording(synthesise(SAID), make_mock_question(run.steps[1]))
    store.mark_failed(failed_now.id, "This is German.")
    run_now = store.load_document(MockRun, run.id)
    steps = (run_now.steps[0], replace(run_now.steps[1], attempt=failed_now.id), *run_now.steps[2:])
    gone, without, *_ = load_answer_statuses(store, desktop.queue, replace(run_now, steps=steps))
    assert (gone.attempt, gone.report, gone.failure) == (None, None, None)
    assert (without.attempt.state, without.failure) == (AttemptState.FAILED, "This is German.")
    assert store.load_attempt(failed).state is AttemptState.DONE


def test_an_answer_waiting_for_its_report_is_pending(store, desktop, run):
    class Busy:
        """A queue that never gets to its jobs."""

        def get_state(self, _attempt_id: str) -> Queued:
            return Queued(1)

    attempt = store.add_recording(synthesise(SAID), make_mock_question(run.steps[0]))
    answer_question(store, run.id, 0, attempt.id, NOON)
    first, second, *_ = load_answer_statuses(store, Busy(), store.load_document(MockRun, run.id))
    assert first.is_pending
    assert first.failure is None
    assert not second.is_pending


def test_deleting_a_run_keeps_its_answers_unless_asked_to_delete_them(store, desktop, run):
    answer = give(store, desktop, run, 0)
    other = begin_run(store, store.load_document(MockPlan, PLAN), NOON)
    delete_run(store, store.load_document(MockRun, run.id))
    assert store.load_attempt(answer)
    assert store.load_document(MockPlan, PLAN)  # the other run has it
    attempt = give(store, desktop, other, 0)
    desktop.wait(2)
    delete_run(store, store.load_document(MockRun, other.id), with_answers=True)
    assert [each.id for each in store.load_history()] == [answer]
    assert attempt != answer
    assert store.load_documents(MockRun) == store.load_documents(MockPlan) == ()


def test_a_plan_can_change_until_a_run_starts_and_the_next_has_other_questions(store):
    draft = draft_plan((), (), PLAN, 7)
    assert draft.kept is None
    change_plan(store, draft, minutes=45)
    kept = store.load_documents(MockPlan)
    again = draft_plan(kept, (), NEXT, 8)
    assert (again.plan, again.kept) == (kept[0], kept[0])
    assert save_plan(store, again) == kept[0]
    run = begin_run(store, kept[0], NOON)
    following = draft_plan(store.load_documents(MockPlan), find_begun_plans([run]), NEXT, 8)
    assert following.plan == replace(kept[0], id=NEXT, seed=8)
    assert following.kept is None
