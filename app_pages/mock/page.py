"""The page of mock interviews: a plan and the runs so far, or the run that the address names."""

import streamlit as st

from app_pages.mock import ask, begin, end, plan_draft, plan_form, run_list
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun

WHAT = (
    "Questions one after the other, as in an interview: time to think, one take each, and one report at the end. "
    "Everything stays on this machine."
)


def page() -> None:
    """Show the run that the address names, or the plan and the list."""
    run = current_run.chosen()
    plans = {plan.id: plan for plan in get_store().things(MockPlan)}
    interviews = {each.id: each for each in get_store().things(Interview)}
    if run is None:
        _start(plans, interviews)
        return
    plan, place = plans.get(run.plan), ask.place_in(run)
    ask.tell_moved_on()
    if place is None:
        end.show(run, plan, interviews.get(run.interview or ""))
    else:
        ask.show(run, place, plan.thinking if plan else 0)


def _start(plans: dict[str, MockPlan], interviews: dict[str, Interview]) -> None:
    st.caption(WHAT)
    runs = get_store().things(MockRun)
    run_list.left(runs, plans, interviews)
    if demo_mode.is_on():
        st.info("Leave the demo to be interviewed: nothing that is said here could be kept.")
    else:
        draft = plan_draft.current(plans.values(), runs)
        st.subheader("Plan a mock interview", anchor=False)
        plan_form.show(draft, tuple(interviews.values()))
        begin.show(draft, interviews.get(draft.plan.interview or ""))
    run_list.over(runs, plans, interviews)


st.title("Mock interview", anchor=False)
with show_errors():
    page()
