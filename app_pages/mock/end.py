"""The report over a whole mock interview: what it came to, the closing, and each answer; never a score."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import count
from app_pages.components import analysis_progress
from app_pages.mock import answer_list, closing
from app_pages.mock.wording import about
from app_pages.ui.query_params import current_run
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import plain
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from interview.mock.summary import describe_summary, summarise
from services.interviews.mock_runs import AnswerStatus, answer_statuses
from services.job_queue import Pending, Running

NUMBERS_LATER = "The numbers over the whole interview follow when every answer is measured."


def show(run: MockRun, plan: MockPlan | None, interview: Interview | None) -> None:
    """Show the report of a run that is over; raises StoreError."""
    current_run.show_back()
    st.header("Your mock interview", anchor=False)
    st.caption(plain(about(run, plan, interview)))
    answers = answer_statuses(get_store(), get_job_queue(), run)
    pending = tuple(each.step.attempt or "" for each in answers if each.is_pending)
    with st.container(border=True, key="mock_whole"):
        if pending:
            _poll(pending)
            st.markdown(NUMBERS_LATER)
        else:
            _whole(answers)
    closing.show(answers)
    answer_list.show(answers)


def _whole(answers: Sequence[AnswerStatus]) -> None:
    reports = [each.report for each in answers if each.report is not None]
    lines = [f"- {plain(line)}" for line in describe_summary(summarise(reports, len(answers)))]
    unmeasured = sum(each.attempt is not None and each.report is None for each in answers)
    if unmeasured:
        lines.append(f"- {count(unmeasured, 'answer')} not measured, and in none of these numbers.")
    st.markdown("#### The whole interview")
    st.markdown("\n".join(lines))


@st.fragment(run_every=analysis_progress.POLL)
def _poll(pending: tuple[str, ...]) -> None:
    """How far the answers are; when one more is done the whole page runs again."""
    states = [state for state in map(get_job_queue().state, pending) if isinstance(state, Pending)]
    if len(states) < len(pending):
        st.rerun()
    st.markdown(f"**{count(len(pending), 'answer')} to be measured.** {analysis_progress.SAFE}")
    analysis_progress.bar(
        next((state for state in states if isinstance(state, Running)), states[0])
    )  # measured one by one
