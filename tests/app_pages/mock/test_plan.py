"""The plan on the page of mock interviews, run without a browser: kept with every change, and begun."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING
from interview.mock.run import MockRun
from tests.app_pages.mock.helpers import asks, mock
from tests.support.interviews import HELD
from tests.support.pages import press, shows, texts

pytest_plugins = ("tests.support.pages",)


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
