"""The page of mock interviews, run without a browser: the plan, the questions one by one, and the list of runs."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.wording import plain
from interview.mock_plan import MockPlan
from interview.mock_questions import ENDING
from interview.mock_run import MockRun
from speech import microphone
from store.attempt import State as Kept
from tests.interviews import HELD
from tests.kept import NOON
from tests.mock_runs import RUN, STEPS, answer, asks, begun, is_measured, mock
from tests.pages import press, record, run_until, shows, sound, texts
from tests.test_pages_machine import ScriptedTake

pytest_plugins = ("tests.pages",)

MARKUP = "<img src=x onerror=alert(1)> **bold** [link](http://x.test) $x$ :red[no]"


# The plan


def test_a_plan_is_kept_with_every_change_and_is_there_in_the_next_tab(page, kept):
    tab = mock()
    assert kept.things(MockPlan) == ()  # looking is no plan
    tab.selectbox(key="mock_stage").select("technical").run()
    tab.number_input(key="mock_minutes").set_value(30).run()
    tab.multiselect(key="mock_competencies").select("trust").select("learning").run()
    tab.number_input(key="mock_thinking").set_value(0).run()
    assert not tab.exception
    (plan,) = kept.things(MockPlan)
    assert (plan.stage, plan.minutes, plan.thinking) == ("technical", 30, 0)
    assert plan.competencies == ("trust", "learning")
    other = mock()
    assert other.selectbox(key="mock_stage").value == "technical"
    assert other.multiselect(key="mock_competencies").value == ["trust", "learning"]


def test_other_questions_are_drawn_anew_and_the_same_seed_shows_the_same_ones(page, kept):
    def drawn(tab: AppTest) -> str:
        return next(text for text in texts(tab) if text.startswith("1. "))

    tab = press(mock(), "Other questions")
    first = drawn(tab)
    assert drawn(mock()) == first
    assert drawn(press(tab, "Other questions")) != first


def test_a_run_begins_with_the_questions_that_were_drawn_and_its_address_names_it(page, kept):
    tab = mock()
    told = next(text for text in texts(tab) if text.startswith("1. ")).splitlines()
    press(tab, "Begin")
    (run,) = kept.things(MockRun)
    assert tab.query_params["run"] in (run.id, [run.id])
    assert [f"{n}. {step.text}" for n, step in enumerate(run.steps, 1)] == [line.replace("\\", "") for line in told]
    assert asks(tab) == run.steps[0].text
    assert run.steps[-1].question == ENDING
    assert (run.plan, run.place) == (kept.things(MockPlan)[0].id, 0)


def test_a_click_on_begin_takes_along_what_was_chosen_just_before_it(page, kept):
    kept.keep(HELD)
    tab = mock()
    tab.selectbox(key="mock_interview").set_value(HELD.id)
    tab.number_input(key="mock_minutes").set_value(45)
    tab.multiselect(key="mock_competencies").select("trust")
    press(tab, "Begin")
    (plan,), (run,) = kept.things(MockPlan), kept.things(MockRun)
    assert not tab.error
    assert (run.plan, run.interview) == (plan.id, HELD.id)
    assert (plan.interview, plan.minutes, plan.competencies) == (HELD.id, 45, ("trust",))


def test_the_next_plan_is_like_the_last_with_other_questions_and_leaves_the_begun_one_alone(page, kept):
    tab = mock()
    tab.number_input(key="mock_minutes").set_value(10).run()
    press(tab, "Begin")
    tab = mock()
    assert tab.number_input(key="mock_minutes").value == 10
    tab.number_input(key="mock_minutes").set_value(15).run()
    begun_from, draft = kept.things(MockPlan)
    assert (begun_from.minutes, draft.minutes) == (10, 15)
    assert begun_from.seed != draft.seed


def test_an_interview_gives_its_stage_company_and_role_to_the_questions(page, kept):
    kept.keep(HELD)
    tab = mock()
    tab.selectbox(key="mock_stage").select("closing").run()
    tab.selectbox(key="mock_interview").select(HELD.id).run()
    tab.number_input(key="mock_minutes").set_value(120).run()
    assert not tab.exception
    assert tab.selectbox(key="mock_stage").value == HELD.stage
    press(tab, "Begin")
    (run,) = kept.things(MockRun)
    assert run.interview == HELD.id
    assert kept.things(MockRun, interview=HELD.id) == (run,)
    worded = {step.question: step.text for step in run.steps}
    assert worded["why_this_company"] == "Why do you want to work for Harbour Analytics?"


def test_a_competency_without_room_is_named(page):
    tab = mock()
    tab.number_input(key="mock_minutes").set_value(5).run()
    tab.multiselect(key="mock_competencies").set_value(["trust", "learning", "influence", "leadership"]).run()
    assert shows(tab, "No question on: ")


# The run


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
    (component,) = mock(run.id).get("bidi_component")
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
    monkeypatch.setattr(microphone.Take, "start", lambda device: ScriptedTake())
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
    tab.switch_page("app_pages/practice.py").run()
    assert not tab.exception
    assert "Try a sample" in [each.label for each in tab.tabs]
    run_until(record(tab, sound(9)), lambda tab: any(header.value == "Your report" for header in tab.header))


# Earlier runs


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
