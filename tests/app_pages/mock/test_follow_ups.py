"""Follow-ups in a mock interview: asked right after the answer, stored with it, and shown under it in the report."""

from __future__ import annotations

import pytest

from app_pages.mock import ask
from content.interviewer_follow_ups import load_interviewer_follow_ups
from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from services.asked_questions import parse_follow_up_id
from store.attempt import AttemptState
from tests.app_pages.mock.helpers import (
    PLAN,
    RUN,
    is_measured,
    open_page,
    read_question,
    record_answer,
    start_run,
)
from tests.support.answers import make_answer
from tests.support.pages import (
    choose,
    is_shown,
    list_button_labels,
    list_drawn,
    list_texts,
    make_sound,
    press,
    record,
    run_until,
)

pytest_plugins = ("tests.support.pages",)

STORY = MockStep("solved_it", "Tell me about a time you solved a difficult problem.", "behavioural")
ENDING = MockStep(ENDING_QUESTION, "Do you have any other questions for us?", "closing")
NO_RESULT = "Last winter our ward lost two nurses. I rang the agency. I rewrote the rota. I took the Sunday shifts."
RESULT = "In the end no night was left uncovered. Sick days went down by 20 percent."
WHAT_CAME_OF_IT = load_interviewer_follow_ups()["result"].text


@pytest.fixture(autouse=True)
def patience(monkeypatch):
    """The machine that runs the tests may be slow; what is tested is not how long it takes."""
    monkeypatch.setattr(ask, "PATIENCE_SECONDS", 1000.0)


def begin(kept, *steps):
    return start_run(kept, *(steps or (STORY, ENDING)), follow_ups=True)


def say(tab, recogniser, run, place, text, seconds):
    recogniser.hears = make_answer(text)
    record_answer(tab, run, place, seconds)
    return run_until(tab, lambda page: read_question(page) is not None or is_shown(page, "Your mock interview"))


def test_what_was_left_out_is_asked_for_right_after_the_answer_and_stored_with_it(page, recogniser, kept):
    run = begin(kept)
    tab = open_page(run.id)
    say(tab, recogniser, run, 0, NO_RESULT, 12.0)
    assert read_question(tab) == WHAT_CAME_OF_IT
    assert is_shown(tab, "Question 1 of 2 · Follow-up")
    (drawn,) = list_drawn(tab, "mock_question")
    assert drawn == {
        "place": f"{RUN} 1",
        "text": WHAT_CAME_OF_IT,
        "thinking": 0,
        "news": "Saved. This is number 1 of 2.",
        "trial": False,
    }
    assert is_shown(tab, "**A sentence or two is enough.**")
    say(tab, recogniser, run, 1, RESULT, 13.0)
    assert read_question(tab) == ENDING.text
    assert is_shown(tab, "Question 2 of 2")
    first, second = kept.load_history()
    assert parse_follow_up_id(second.question.id) == (first.id, "result")
    stored = kept.load_document(MockRun, run.id)
    assert [step.follows for step in stored.steps] == [None, first.id, None]


def test_the_end_report_shows_the_follow_up_under_its_answer_with_what_it_brought(page, recogniser, kept):
    run = begin(kept)
    tab = open_page(run.id)
    say(tab, recogniser, run, 0, NO_RESULT, 12.0)
    say(tab, recogniser, run, 1, RESULT, 13.0)
    say(tab, recogniser, run, 2, "What happens next? When will I hear from you?", 14.0)
    run_until(tab, is_measured)
    texts = [text.replace("\\", "") for text in list_texts(tab)]
    at = texts.index(f"↳ **{WHAT_CAME_OF_IT}**")
    assert texts.index(f"**1. {STORY.text}**") < at < texts.index(f"**2. {ENDING.text}**")
    assert texts[at + 1].startswith("✓ **How it turned out:** “")
    assert is_shown(tab, "2 of 2 questions answered")
    assert is_shown(open_page(), "2 of 2 questions answered")


def test_follow_ups_can_be_switched_off(page, recogniser, kept):
    run = begin(kept)
    kept.save(MockPlan(PLAN, "first", thinking=30, follow_ups=False), expected=kept.load_document(MockPlan, PLAN))
    tab = open_page(run.id)
    say(tab, recogniser, run, 0, NO_RESULT, 12.0)
    assert read_question(tab) == ENDING.text


def test_the_switch_is_in_the_plan(page, kept):
    tab = open_page()
    assert tab.checkbox(key="mock_follow_ups").value
    tab.checkbox(key="mock_follow_ups").uncheck().run()
    assert [plan.follow_ups for plan in kept.load_documents(MockPlan)] == [False]


def test_words_that_are_late_are_waited_for_and_then_the_interview_goes_on(page, recogniser, kept, monkeypatch):
    run = begin(kept)
    tab = open_page(run.id)
    recogniser.hears = make_answer(NO_RESULT)
    recogniser.may_answer.clear()
    record_answer(tab, run, 0, 12.0)
    assert read_question(tab) is None
    assert is_shown(tab, "One moment")
    monkeypatch.setattr(ask, "PATIENCE_SECONDS", 0.0)
    tab.run()
    assert read_question(tab) == ENDING.text
    assert is_shown(tab, "so there was no follow-up")
    recogniser.may_answer.set()
    run_until(tab, lambda _: kept.load_history()[0].state is AttemptState.DONE)
    assert read_question(tab) == ENDING.text  # what comes too late changes nothing under the speaker


def test_after_a_report_the_follow_up_is_offered_as_one_button(page, recogniser, kept):
    label = "Answer the follow-up: And what came of it?"
    recogniser.hears = make_answer(NO_RESULT)
    choose(page, "under_pressure")
    run_until(record(page, make_sound()), lambda tab: label in list_button_labels(tab))
    press(page, label)
    assert page.header[0].value.replace("\\", "") == WHAT_CAME_OF_IT
    recogniser.hears = make_answer(RESULT)
    run_until(record(page, make_sound(13.0)), lambda tab: is_shown(tab, "With that answer"))
    assert is_shown(page, "With that answer: ✓ **How it turned out:** “")
    press(page, "Back to the question")
    assert is_shown(page, f"↳ **{WHAT_CAME_OF_IT}**")
    assert label not in list_button_labels(page)
