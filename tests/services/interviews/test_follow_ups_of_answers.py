"""Follow-ups to an answer: asked in a mock interview and after a report, kept, exported and deleted with it."""

from __future__ import annotations

import json
from functools import cache

import pytest

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from analysis.structure.element import ElementState
from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from services.asked_questions import make_follow_up_question, make_mock_question, parse_follow_up_id
from services.follow_up_answers import (
    choose_next_follow_up,
    delete_answer,
    find_follow_up_question,
    load_follow_up_answers,
)
from services.interviews.mock_runs import AskingOn, answer_question, ask_on, delete_run, skip_question
from services.job_queue import JobQueue
from services.question_bank import load_own_answers
from store.db import document_json
from store.store import open_store
from tests.support.answers import make_answer, synthesise
from tests.support.stored_attempts import NOON

RUN, PLAN = "b" * 32, "a" * 32
STORY = MockStep("solved_it", "Tell me about a time you solved a difficult problem.", "behavioural")
ENDING = MockStep(ENDING_QUESTION, "Do you have any other questions for us?", "closing")
NO_RESULT = "Last winter our ward lost two nurses. I rang the agency. I rewrote the rota. I took the Sunday shifts."
ONLY_WE = "Last winter our ward lost two nurses. We rang the agency. We rewrote the rota. We asked the head nurse."
RESULT = "In the end no night was left uncovered. Sick days went down by 20 percent."


@cache
def make_sound(text):
    return synthesise(make_answer(text), text)


def give(store, question, text):
    """Store the finished answer to a question; return its id."""
    transcript, sound = make_answer(text), make_sound(text)
    attempt_id = store.add_recording(sound, question, NOON).id
    store.finish(attempt_id, transcript, analyze(sound, transcript, question))
    return attempt_id


@pytest.fixture
def idle():
    """A queue in which nothing waits."""
    return JobQueue(lambda *_: None)


@pytest.fixture
def run(store):
    store.save(MockPlan(PLAN, "first"))
    begun = MockRun(RUN, PLAN, (STORY, ENDING), NOON)
    store.save(begun)
    return begun


def answer(store, text):
    """Answer the question that a run is at; return the run."""
    run = load(store)
    attempt_id = give(store, make_mock_question(run.steps[run.place]), text)
    answer_question(store, RUN, run.place, attempt_id, NOON)
    return load(store)


def load(store):
    return store.load_document(MockRun, RUN)


def list_rules(run):
    return [(parse_follow_up_id(step.question) or ("", ""))[1] for step in run.steps]


def test_what_was_left_out_is_asked_for_before_the_next_question(store, idle, run):
    assert ask_on(store, idle, answer(store, NO_RESULT)) is AskingOn.ASKED
    asked = load(store)
    assert list_rules(asked) == ["", "result", ""]
    assert asked.steps[1].follows == asked.answers[0]
    assert (asked.place, asked.count_main_steps(1), len(asked.main_steps)) == (1, 1, 2)
    assert ask_on(store, idle, asked) is AskingOn.DONE  # it waits for its answer
    assert ask_on(store, idle, answer(store, RESULT)) is AskingOn.DONE
    assert load(store).place == 2


def test_an_answer_that_holds_everything_is_not_asked_on(store, idle, run):
    assert ask_on(store, idle, answer(store, f"{NO_RESULT} {RESULT}")) is AskingOn.DONE
    assert list_rules(load(store)) == ["", ""]


def test_at_most_two_follow_ups_are_asked(store, idle, run):
    for said in (ONLY_WE, "I rang the agency myself."):
        assert ask_on(store, idle, answer(store, said)) is AskingOn.ASKED
    assert ask_on(store, idle, answer(store, "I told the head nurse.")) is AskingOn.DONE
    assert list_rules(load(store)) == ["", "my_part", "result", ""]


def test_a_skipped_follow_up_is_not_followed_by_another(store, idle, run):
    assert ask_on(store, idle, answer(store, ONLY_WE)) is AskingOn.ASKED
    skip_question(store, RUN, 1, NOON)
    assert ask_on(store, idle, load(store)) is AskingOn.DONE
    assert list_rules(load(store)) == ["", "my_part", ""]


def test_words_that_do_not_come_leave_no_follow_up_and_hold_nobody_up(store, idle, run):
    sound = make_sound(NO_RESULT)
    attempt_id = store.add_recording(sound, make_mock_question(STORY), NOON).id
    answer_question(store, RUN, 0, attempt_id, NOON)
    assert ask_on(store, idle, load(store)) is AskingOn.TOO_LATE  # nothing is on its way
    transcript = make_answer(NO_RESULT)
    store.finish(attempt_id, transcript, analyze(sound, transcript, make_mock_question(STORY)))
    assert ask_on(store, idle, load(store)) is AskingOn.DONE  # too late is too late
    assert list_rules(load(store)) == ["", ""]


def test_words_on_their_way_are_waited_for_as_long_as_one_may(store, desktop, run):
    sound = make_sound(NO_RESULT)
    attempt_id = store.add_recording(sound, make_mock_question(STORY), NOON).id
    answer_question(store, RUN, 0, attempt_id, NOON)

    class Busy:
        def is_pending(self, _):
            return True

    assert ask_on(store, Busy(), load(store)) is AskingOn.WAITING
    assert ask_on(store, Busy(), load(store), may_wait=False) is AskingOn.TOO_LATE


def test_a_question_that_calls_for_no_story_is_not_waited_on(store, idle, run):
    store.save(MockRun("c" * 32, PLAN, (MockStep("why_us", "Why us?", "motivation"), ENDING), NOON))
    other = store.load_document(MockRun, "c" * 32)
    attempt_id = store.add_recording(make_sound(NO_RESULT), make_mock_question(other.steps[0]), NOON).id
    answer_question(store, other.id, 0, attempt_id, NOON)
    assert ask_on(store, idle, store.load_document(MockRun, other.id)) is AskingOn.DONE


def test_deleting_a_run_with_its_answers_deletes_the_follow_ups(store, idle, run):
    ask_on(store, idle, answer(store, NO_RESULT))
    delete_run(store, answer(store, RESULT), with_answers=True)
    assert store.load_history() == ()


def test_a_run_of_an_earlier_version_goes_on(store, idle):
    steps = [{"question": each.question, "text": each.text, "kind": each.kind} for each in (STORY, ENDING)]
    old = {"id": RUN, "plan": PLAN, "started_at": "2026-03-01T12:00:00+05:45", "steps": steps}
    store.save(document_json.from_json(MockPlan, {"id": PLAN, "stage": "first"}))
    store.save(document_json.from_text(MockRun, json.dumps(old)))
    assert ask_on(store, idle, answer(store, NO_RESULT)) is AskingOn.ASKED


def make_parent(store):
    parent = give(store, AskedQuestion("x", STORY.text, QuestionKind.BEHAVIOURAL), NO_RESULT)
    found = choose_next_follow_up(store, store.load_attempt(parent))
    return parent, found, give(store, make_follow_up_question(parent, found), RESULT)


def test_after_a_report_a_follow_up_is_offered_until_it_was_answered(store):
    parent, found, answered = make_parent(store)
    assert found.text == "And what came of it?"
    assert choose_next_follow_up(store, store.load_attempt(parent)) is None
    (given,) = load_follow_up_answers(store, parent)
    assert given.attempt.id == answered
    assert (given.asked_for.label, given.asked_for.state) == ("How it turned out", ElementState.HEARD)
    assert choose_next_follow_up(store, given.attempt) is None  # a follow-up is not asked on in its own right


def test_a_follow_up_is_found_by_the_id_of_its_question_as_long_as_its_answer_is_there(store):
    parent, found, _ = make_parent(store)
    question = make_follow_up_question(parent, found)
    assert find_follow_up_question(store, question.id) == (question, store.load_attempt(parent))
    assert find_follow_up_question(store, f"follow_up:{parent}:no_such") is None
    assert find_follow_up_question(store, "why_this_company") is None
    store.delete_attempt(parent)
    assert find_follow_up_question(store, question.id) is None


def test_an_answer_is_deleted_with_what_was_said_to_its_follow_ups(store):
    parent, _, _ = make_parent(store)
    other = give(store, AskedQuestion("x", STORY.text, QuestionKind.BEHAVIOURAL), ONLY_WE)
    delete_answer(store, parent)
    assert [each.id for each in store.load_history()] == [other]


def test_follow_ups_are_in_no_trend(store):
    parent, _, _ = make_parent(store)
    assert [each.id for each in load_own_answers(store)] == [parent]


def test_the_link_survives_export_and_import(store, idle, run, tmp_path):
    ask_on(store, idle, answer(store, NO_RESULT))
    answer(store, RESULT)
    store.export(tmp_path / "all.zip")
    other = open_store(folder=tmp_path / "other")
    other.import_archive(tmp_path / "all.zip")
    first, second = (load(other).steps[place].attempt for place in (0, 1))
    assert load(other).steps[1].follows == first
    assert [each.attempt.id for each in load_follow_up_answers(other, first)] == [second]
    other.close()
