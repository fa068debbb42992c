"""The page of mock interviews: a plan and the earlier runs, or the run that the address names."""

import streamlit as st

from app_pages.mock import ask, begin, end, plan_draft, plan_form, run_list
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun

INTRODUCTION = (
    "Questions one after the other, as in an interview: time to think, one take each, and one report at the end. "
    "Everything stays on this machine."
)


def show_page() -> None:
    """Show the run that the address names, or the plan and the earlier runs."""
    run = current_run.load_named()
    plans = {plan.id: plan for plan in get_store().load_documents(MockPlan)}
    interviews = {each.id: each for each in get_store().load_documents(Interview)}
    if run is None:
        _show_start(plans, interviews)
        return
    plan, place = plans.get(run.plan), ask.find_shown_place(run)
    ask.warn_moved_on()
    if place is None:
        end.show_report(run, plan, interviews.get(run.interview or ""))
    else:
        ask.show_question(run, place, plan.thinking if plan else 0)


def _show_start(plans: dict[str, MockPlan], interviews: dict[str, Interview]) -> None:
    st.caption(INTRODUCTION)
    runs = get_store().load_documents(MockRun)
    run_list.show_unfinished_runs(runs, plans, interviews)
    if demo_mode.is_on():
        st.info("Leave the demo to be interviewed: nothing that is said here could be kept.")
    else:
        draft = plan_draft.open_draft(plans.values(), runs)
        st.subheader("Plan a mock interview", anchor=False)
        plan_form.show_plan_form(draft, tuple(interviews.values()))
        begin.show_chosen_questions(draft, interviews.get(draft.plan.interview or ""))
    run_list.show_finished_runs(runs, plans, interviews)


st.title("Mock interview", anchor=False)
with show_errors():
    show_page()
