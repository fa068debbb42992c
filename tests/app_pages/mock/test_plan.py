"""Test the plan of a mock interview, without a browser: stored with every change, and begun."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun
from tests.app_pages.mock.helpers import open_page, read_question
from tests.support.interviews import HELD
from tests.support.pages import is_shown, list_texts, press

pytest_plugins = ("tests.support.pages",)


def test_every_change_of_a_plan_is_stored_and_shown_in_the_next_tab(page, kept):
    tab = open_page()
    assert kept.load_documents(MockPlan) == ()  # looking is no plan
    tab.selectbox(key="mock_stage").select("technical").run()
    tab.number_input(key="mock_minutes").set_value(30).run()
    tab.multiselect(key="mock_competencies").select("trust").select("learning").run()
    tab.number_input(key="mock_thinking").set_value(0).run()
    assert not tab.exception
    (plan,) = kept.load_documents(MockPlan)
    assert (plan.stage, plan.minutes, plan.thinking) == ("technical", 30, 0)
    assert plan.competencies == ("trust", "learning")
    other = open_page()
    assert other.selectbox(key="mock_stage").value == "technical"
    assert other.multiselect(key="mock_competencies").value == ["trust", "learning"]


def test_other_questions_draws_new_ones_and_the_draw_stays_the_same_in_a_new_tab(page, kept):
    def drawn(tab: AppTest) -> str:
        return next(text for text in list_texts(tab) if text.startswith("1. "))

    tab = press(open_page(), "Shuffle questions")
    first = drawn(tab)
    assert drawn(open_page()) == first
    assert drawn(press(tab, "Shuffle questions")) != first


def test_a_run_asks_the_drawn_questions_and_its_address_names_it(page, kept):
    tab = open_page()
    told = next(text for text in list_texts(tab) if text.startswith("1. ")).splitlines()
    press(tab, "Begin")
    (run,) = kept.load_documents(MockRun)
    assert tab.query_params["run"] in (run.id, [run.id])
    assert [f"{n}. {step.text}" for n, step in enumerate(run.steps, 1)] == [line.replace("\\", "") for line in told]
    assert read_question(tab) == run.steps[0].text
    assert run.steps[-1].question == ENDING_QUESTION
    assert (run.plan, run.place) == (kept.load_documents(MockPlan)[0].id, 0)


def test_begin_includes_changes_made_just_before_the_click(page, kept):
    kept.save(HELD)
    tab = open_page()
    tab.selectbox(key="mock_interview").set_value(HELD.id)
    tab.number_input(key="mock_minutes").set_value(45)
    tab.multiselect(key="mock_competencies").select("trust")
    press(tab, "Begin")
    (plan,), (run,) = kept.load_documents(MockPlan), kept.load_documents(MockRun)
    assert not tab.error
    assert (run.plan, run.interview) == (plan.id, HELD.id)
    assert (plan.interview, plan.minutes, plan.competencies) == (HELD.id, 45, ("trust",))


def test_the_next_plan_copies_the_last_with_other_questions_and_does_not_change_it(page, kept):
    tab = open_page()
    tab.number_input(key="mock_minutes").set_value(10).run()
    press(tab, "Begin")
    tab = open_page()
    assert tab.number_input(key="mock_minutes").value == 10
    tab.number_input(key="mock_minutes").set_value(15).run()
    begun_from, draft = kept.load_documents(MockPlan)
    assert (begun_from.minutes, draft.minutes) == (10, 15)
    assert begun_from.seed != draft.seed


def test_the_stage_company_and_role_come_from_the_chosen_interview(page, kept):
    kept.save(HELD)
    tab = open_page()
    tab.selectbox(key="mock_stage").select("closing").run()
    tab.selectbox(key="mock_interview").select(HELD.id).run()
    tab.number_input(key="mock_minutes").set_value(120).run()
    assert not tab.exception
    assert tab.selectbox(key="mock_stage").value == HELD.stage
    press(tab, "Begin")
    (run,) = kept.load_documents(MockRun)
    assert run.interview == HELD.id
    assert kept.load_documents(MockRun, interview=HELD.id) == (run,)
    worded = {step.question: step.text for step in run.steps}
    assert worded["why_this_company"] == "Why do you want to work for Harbour Analytics?"


def test_competencies_that_do_not_fit_into_the_length_are_named(page):
    tab = open_page()
    tab.number_input(key="mock_minutes").set_value(5).run()
    tab.multiselect(key="mock_competencies").set_value(["trust", "learning", "influence", "leadership"]).run()
    assert is_shown(tab, "No question on: ")
