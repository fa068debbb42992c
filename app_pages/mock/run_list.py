"""List the mock interviews: the unfinished ones to continue and the finished ones; each can be deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from analysis.wording import format_count
from app_pages.mock.wording import describe_progress, describe_run
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from services.interviews.mock_runs import delete_run


def show_unfinished_runs(
    runs: Sequence[MockRun], plans: Mapping[str, MockPlan], interviews: Mapping[str, Interview]
) -> None:
    """Offer to continue the unfinished runs, the latest first."""
    for run in reversed(runs):
        if run.place is None:
            continue
        with st.container(border=True, key=f"mock_left_{run.id}"):
            told_at = f"at question {run.place + 1} of {len(run.steps)}"
            st.markdown(
                f"**A mock interview was left {told_at}.** {escape_markdown(_describe(run, plans, interviews))}"
            )
            with st.container(horizontal=True):
                st.button("Go on", key=f"mock_go_on_{run.id}", on_click=current_run.set_subject, args=(run.id,))
                _offer_deletion(run)


def show_finished_runs(
    runs: Sequence[MockRun], plans: Mapping[str, MockPlan], interviews: Mapping[str, Interview]
) -> None:
    """List the finished runs, the latest first."""
    ended = [run for run in reversed(runs) if run.place is None]
    if not ended:
        return
    st.subheader("Earlier mock interviews", anchor=False)
    for run in ended:
        with st.container(border=True, key=f"mock_over_{run.id}"):
            st.markdown(f"**{escape_markdown(_describe(run, plans, interviews))}** · {describe_progress(run)}")
            with st.container(horizontal=True):
                st.button(
                    "Read its report", key=f"mock_read_{run.id}", on_click=current_run.set_subject, args=(run.id,)
                )
                _offer_deletion(run)


def _describe(run: MockRun, plans: Mapping[str, MockPlan], interviews: Mapping[str, Interview]) -> str:
    return describe_run(run, plans.get(run.plan), interviews.get(run.interview or ""))


def _offer_deletion(run: MockRun) -> None:
    with st.popover("Delete"):
        st.markdown("The list of its questions will be gone for good. Its answers stay with their questions.")
        too = f"Delete its {format_count(len(run.answers), 'answer')} too, with recordings and reports"
        also = bool(run.answers) and st.checkbox(too, key=f"mock_also_{run.id}")
        st.button("Delete this mock interview", key=f"mock_delete_{run.id}", on_click=_delete, args=(run, also))


def _delete(run: MockRun, with_answers: bool) -> None:
    with show_errors():
        delete_run(get_store(), run, with_answers=with_answers)
