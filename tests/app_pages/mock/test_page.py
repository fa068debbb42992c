"""Test the page of mock interviews, without a browser: the questions one by one, and the list of runs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from app_pages.ui.wording import escape_markdown
from content.questions import get_question
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from speech.audio import microphone
from store.attempt import AttemptState as Kept
from tests.app_pages.mock.helpers import RUN, STEPS, is_measured, open_page, read_question, record_answer, start_run
from tests.support.interviews import HELD
from tests.support.microphones.scripted_microphone import ScriptedTake
from tests.support.pages import is_shown, list_drawn, list_texts, make_sound, press, record, run_until
from tests.support.stored_attempts import NOON

pytest_plugins = ("tests.support.pages",)

MARKUP = "<img src=x onerror=alert(1)> **bold** [link](http://x.test) $x$ :red[no]"


def test_each_answer_is_stored_at_once_and_leads_to_the_next_question_without_a_report(page, recogniser, kept):
    recogniser.may_answer.clear()
    run = start_run(kept)
    tab = open_page(run.id)
    assert read_question(tab) == "Why us?"
    record_answer(tab, run, 0)
    assert read_question(tab) == "Which result are you proud of?"
    assert is_shown(tab, "Answer saved.")
    assert not is_shown(tab, "Your report")
    assert kept.load_document(MockRun, run.id).answers == tuple(each.id for each in kept.load_history())
    (attempt,) = kept.load_history()
    assert (attempt.question.id, attempt.question.text, attempt.state) == (
        "why_this_company",
        "Why us?",
        Kept.RECORDED,
    )


def test_an_unfinished_run_continues_at_its_question_after_a_reload_or_from_the_list(page, kept):
    run = start_run(kept)
    record_answer(open_page(run.id), run, 0)
    assert read_question(open_page(run.id)) == "Which result are you proud of?"
    start = open_page()
    assert is_shown(start, "You stopped at question 2 of 3.")
    assert read_question(press(start, "Continue")) == "Which result are you proud of?"


def test_the_component_gets_thinking_time_and_text_as_plain_values(page, kept):
    run = start_run(kept, replace(STEPS[0], text=MARKUP))
    drawn = {"place": f"{RUN} 0", "text": MARKUP, "thinking": 30, "news": "This is number 1 of 1.", "trial": False}
    assert list_drawn(open_page(run.id), "mock_question") == [drawn]


def test_the_interviewers_voice_can_be_tried_and_chosen_before_the_interview(page):
    (drawn,) = list_drawn(open_page(), "mock_question")
    assert drawn["trial"]
    assert drawn["thinking"] == 0


def test_the_length_to_aim_for_is_shown_while_answering(page, kept):
    tab = open_page(start_run(kept).id)
    low, high = get_question(STEPS[0].question).target_seconds
    assert is_shown(tab, f"**Aim for {low:.0f} to {high:.0f} seconds.**")


def test_markup_in_questions_companies_and_roles_is_shown_as_text(page, kept):
    kept.save(replace(HELD, company=MARKUP, role=MARKUP))
    run = start_run(kept, *(replace(step, text=MARKUP) for step in STEPS), interview=HELD.id)
    tab = open_page(run.id)
    shown = [list_texts(tab), list_texts(open_page())]
    press(tab, "End it here")
    shown.append(list_texts(tab))
    for told in shown:
        assert any(escape_markdown(MARKUP) in text for text in told)
        others = [text.replace(escape_markdown(MARKUP), "") for text in told]
        assert not any(bad in text for text in others for bad in ("img", "bold", "[link]", "$x$", ":red["))


def test_a_recording_for_a_question_answered_in_another_window_is_stored_with_a_warning(page, kept):
    run = start_run(kept)
    first, second = open_page(run.id), open_page(run.id)
    record_answer(first, run, 0, 12.0)
    record_answer(second, run, 0, 13.0)
    assert is_shown(second, "in another window. Your recording is safe")
    assert len(kept.load_history()) == 2
    assert len(kept.load_document(MockRun, run.id).answers) == 1
    assert read_question(second.run()) == "Which result are you proud of?"


def test_skipping_a_question_already_skipped_in_another_window_skips_no_other(page, kept):
    run = start_run(kept)
    tab = open_page(run.id)
    kept.save(run.skip_step(0), expected=run)
    press(tab, "Skip this question")
    assert is_shown(tab, "in another window")
    assert [step.skipped for step in kept.load_document(MockRun, run.id).steps] == [True, False, False]


def test_the_machine_microphone_answers_the_current_question(page, kept, monkeypatch):
    monkeypatch.setattr(microphone, "list_devices", lambda: (microphone.Device(3, "Desk microphone", 1, 48000.0),))
    monkeypatch.setattr(
        microphone.MicrophoneRecording, "start", lambda _device, open_sink: ScriptedTake.start(open_sink)
    )
    run = start_run(kept)
    tab = open_page(run.id)
    tab.session_state["way_in"] = "Other ways"
    tab.run().button(key="machine_record").click().run()
    assert tab.button(key="mock_skip_0").disabled
    assert tab.button(key="mock_end").disabled
    tab.button(key="machine_stop").click().run()
    assert read_question(tab) == "Which result are you proud of?"
    assert len(kept.load_document(MockRun, run.id).answers) == 1


def test_an_unusable_file_shows_an_error_and_the_question_stays(page, kept):
    run = start_run(kept)
    tab = open_page(run.id)
    tab.file_uploader(key=f"upload_{run.id}_0").set_value(("notes.wav", b"only notes", "audio/wav")).run()
    assert is_shown(tab.run(), "isn't a sound file")
    assert read_question(tab) == "Why us?"
    assert kept.load_history() == ()


def test_a_mock_interview_does_not_change_the_practice_page(page, kept):
    run = start_run(kept)
    tab = record_answer(open_page(run.id), run, 0)
    assert "take" not in tab.query_params
    tab.switch_page("app_pages/practice/page.py").run()
    assert not tab.exception
    assert "Try a sample" in [each.label for each in tab.tabs]
    run_until(record(tab, make_sound(9)), lambda tab: any(header.value == "Your report" for header in tab.header))


def test_finished_runs_are_listed_with_their_reports(page, kept):
    run = start_run(kept, *STEPS, finished_at=NOON + timedelta(minutes=9))
    tab = open_page()
    assert is_shown(tab, "First interview · 1 Mar 2026, 12:00** · 0 of 3 questions answered")
    press(tab, "Open report")
    assert tab.header[0].value == "Your mock interview"
    assert tab.query_params["run"] in (run.id, [run.id])


@pytest.mark.parametrize("also", [False, True])
def test_deleting_a_run_deletes_its_answers_only_on_request(page, kept, also):
    run = start_run(kept, STEPS[0])
    tab = record_answer(open_page(run.id), run, 0)
    run_until(tab, is_measured)
    tab = open_page()
    tab.checkbox(key=f"mock_also_{run.id}").set_value(also).run()
    press(tab, "Delete this mock interview")
    assert not tab.exception
    assert kept.load_documents(MockRun) == ()
    assert kept.load_documents(MockPlan) == ()
    assert len(kept.load_history()) == (0 if also else 1)
    assert "Deleted: Mock interview of 1 Mar 2026, 12:00." in tab.success[0].value.replace("\\", "")
    press(tab, "Undo")
    assert [each.id for each in kept.load_documents(MockRun)] == [run.id]
    assert len(kept.load_history()) == 1


@pytest.mark.parametrize("named", ["nonsense", "../../etc/passwd", "0" * 32])
def test_an_address_of_an_unknown_run_shows_an_error_message(page, named):
    tab = open_page(named)
    assert is_shown(tab, "We can't find that mock interview")
    assert not tab.exception
    assert is_shown(press(tab, "← All mock interviews"), "Plan a mock interview")
