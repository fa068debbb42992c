"""The page of mock interviews: a plan and the runs so far, or the run that the address names."""

import streamlit as st

from app_pages import demo, mock_ask, mock_begin, mock_current, mock_draft, mock_end, mock_form, mock_list
from app_pages.kept import store
from app_pages.telling import told
from interview.interview import Interview
from interview.mock_plan import MockPlan
from interview.mock_run import MockRun

WHAT = (
    "Questions one after the other, as in an interview: time to think, one take each, and one report at the end. "
    "Everything stays on this machine."
)


def page() -> None:
    """Show the run that the address names, or the plan and the list."""
    run = mock_current.chosen()
    plans = {plan.id: plan for plan in store().things(MockPlan)}
    interviews = {each.id: each for each in store().things(Interview)}
    if run is None:
        _start(plans, interviews)
        return
    plan, place = plans.get(run.plan), mock_ask.place_in(run)
    mock_ask.tell_moved_on()
    if place is None:
        mock_end.show(run, plan, interviews.get(run.interview or ""))
    else:
        mock_ask.show(run, place, plan.thinking if plan else 0)


def _start(plans: dict[str, MockPlan], interviews: dict[str, Interview]) -> None:
    st.caption(WHAT)
    runs = store().things(MockRun)
    mock_list.left(runs, plans, interviews)
    if demo.is_on():
        st.info("Leave the demo to be interviewed: nothing that is said here could be kept.")
    else:
        draft = mock_draft.current(plans.values(), runs)
        st.subheader("Plan a mock interview", anchor=False)
        mock_form.show(draft, tuple(interviews.values()))
        mock_begin.show(draft, interviews.get(draft.plan.interview or ""))
    mock_list.over(runs, plans, interviews)


st.title("Mock interview", anchor=False)
with told():
    page()
