"""The page of mock interviews, run without a browser: the questions one by one, and the list of runs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from app_pages.ui.wording import plain
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from speech.audio import microphone
from store.attempt import State as Kept
from tests.app_pages.mock.helpers import RUN, STEPS, answer, asks, begun, is_measured, mock
from tests.support.interviews import HELD
from tests.support.pages import press, record, run_until, shows, sound, texts
from tests.support.scripted_microphone import ScriptedTake
from tests.support.stored_attempts import NOON

pytest_plugins = ("tests.support.pages",)

MARKUP = "<img src=x onerror=alert(1)> **bold** [link](http://x.test) $x$ :red[no]"


def test_each_answer_is_kept_at_once_and_leads_to_the_next_question_without_a_report(page, recogniser, kept):
    recogniser.may_answer.clear()
    run = begun(kept)
    tab = mock(run.id)
    assert asks(tab) == "Why us?"
    answer(tab, run, 0)
    assert asks(tab) == "Which result are you proud of?"
    assert shows(tab, "Your last answer is saved.")
    assert not shows(tab, "Your report")
    assert kept.thing(MockRun, run.id).answers == tuple(each.id for each in kept.history())
    (attempt,) = kept.history()
    assert (attempt.question.id, attempt.question.text, attempt.state) == (
        "why_this_company",
        "Why us?",
        Kept.RECORDED,
    )


def test_after_a_reload_the_run_goes_on_at_its_question_and_the_page_offers_it_too(page, kept):
    run = begun(kept)
    answer(mock(run.id), run, 0)
    assert asks(mock(run.id)) == "Which result are you proud of?"
    start = mock()
    assert shows(start, "A mock interview was left at question 2 of 3.")
    assert asks(press(start, "Go on")) == "Which result are you proud of?"


def test_the_time_to_think_and_the_text_go_to_the_component_as_plain_values(page, kept):
    run = begun(kept, replace(STEPS[0], text=MARKUP))
    component, _recorder = mock(run.id).get("bidi_component")
    assert json.loads(component.proto.json) == {"place": f"{RUN} 0", "text": MARKUP, "thinking": 30}


def test_questions_companies_and_roles_are_shown_as_text_never_as_markup(page, kept):
    kept.keep(replace(HELD, company=MARKUP, role=MARKUP))
    run = begun(kept, *(replace(step, text=MARKUP) for step in STEPS), interview=HELD.id)
    tab = mock(run.id)
    shown = [texts(tab), texts(mock())]
    press(tab, "End it here")
    shown.append(texts(tab))
    for told in shown:
        assert any(plain(MARKUP) in text for text in told)
        others = [text.replace(plain(MARKUP), "") for text in told]
        assert not any(bad in text for text in others for bad in ("img", "bold", "[link]", "$x$", ":red["))


def test_a_question_answered_in_another_window_is_told_and_the_second_recording_is_not_lost(page, kept):
    run = begun(kept)
    first, second = mock(run.id), mock(run.id)
    answer(first, run, 0, 12.0)
    answer(second, run, 0, 13.0)
    assert shows(second, "in another window in the meantime. Your recording is safe")
    assert len(kept.history()) == 2
    assert len(kept.thing(MockRun, run.id).answers) == 1
    assert asks(second.run()) == "Which result are you proud of?"


def test_skipping_what_was_skipped_elsewhere_skips_nothing_more(page, kept):
    run = begun(kept)
    tab = mock(run.id)
    kept.keep(run.skipping(0), instead_of=run)
    press(tab, "Skip this question")
    assert shows(tab, "in another window in the meantime")
    assert [step.skipped for step in kept.thing(MockRun, run.id).steps] == [True, False, False]


def test_this_machines_microphone_answers_the_question_that_is_asked(page, kept, monkeypatch):
    monkeypatch.setattr(microphone, "devices", lambda: (microphone.Device(3, "Desk microphone", 1, 48000.0),))
    monkeypatch.setattr(microphone.Take, "start", lambda _device, open_sink: ScriptedTake.start(open_sink))
    run = begun(kept)
    tab = mock(run.id)
    tab.session_state["way_in"] = "This machine"
    tab.run().button(key="machine_record").click().run()
    assert tab.button(key="mock_skip_0").disabled
    assert tab.button(key="mock_end").disabled
    tab.button(key="machine_stop").click().run()
    assert asks(tab) == "Which result are you proud of?"
    assert len(kept.thing(MockRun, run.id).answers) == 1


def test_a_file_that_cannot_be_used_is_told_and_the_question_stays(page, kept):
    run = begun(kept)
    tab = mock(run.id)
    tab.file_uploader(key=f"upload_{run.id}_0").set_value(("notes.wav", b"only notes", "audio/wav")).run()
    assert shows(tab.run(), "not a sound file")
    assert asks(tab) == "Why us?"
    assert kept.history() == ()


def test_the_practise_page_is_as_it_was_after_a_mock_interview(page, kept):
    run = begun(kept)
    tab = answer(mock(run.id), run, 0)
    assert "take" not in tab.query_params
    tab.switch_page("app_pages/practice/page.py").run()
    assert not tab.exception
    assert "Try a sample" in [each.label for each in tab.tabs]
    run_until(record(tab, sound(9)), lambda tab: any(header.value == "Your report" for header in tab.header))


def test_earlier_runs_are_listed_and_their_report_opens(page, kept):
    run = begun(kept, *STEPS, finished_at=NOON + timedelta(minutes=9))
    tab = mock()
    assert shows(tab, "First interview · 1 Mar 2026, 12:00** · 0 of 3 questions answered")
    press(tab, "Read its report")
    assert tab.header[0].value == "Your mock interview"
    assert tab.query_params["run"] in (run.id, [run.id])


@pytest.mark.parametrize("also", [False, True])
def test_a_deleted_run_leaves_its_answers_unless_they_are_to_go_too(page, kept, also):
    run = begun(kept, STEPS[0])
    tab = answer(mock(run.id), run, 0)
    run_until(tab, is_measured)
    tab = mock()
    tab.checkbox(key=f"mock_also_{run.id}").set_value(also).run()
    press(tab, "Delete this mock interview")
    assert not tab.exception
    assert kept.things(MockRun) == ()
    assert kept.things(MockPlan) == ()
    assert len(kept.history()) == (0 if also else 1)


@pytest.mark.parametrize("named", ["nonsense", "../../etc/passwd", "0" * 32])
def test_an_address_that_names_no_run_is_told_in_a_sentence(page, named):
    tab = mock(named)
    assert shows(tab, "is not here (any more)")
    assert not tab.exception
    assert shows(press(tab, "← All mock interviews"), "Plan a mock interview")
