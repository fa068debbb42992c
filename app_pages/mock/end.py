"""The report over a whole mock interview: what it came to, the closing, and each answer; never a score."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import count
from app_pages.components import analysis_progress
from app_pages.mock import answer_list, closing, current_run
from app_pages.mock.status import Given, given
from app_pages.mock.wording import about
from app_pages.ui.wording import plain
from app_pages.use_cases.analysis_job import worker
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.run import MockRun
from interview.mock.summary import describe_summary, summarise
from services.job_queue import Waiting, Working

NUMBERS_LATER = "The numbers over the whole interview follow when every answer is measured."


def show(run: MockRun, plan: MockPlan | None, interview: Interview | None) -> None:
    """Show the report of a run that is over; raises StoreError."""
    current_run.every_run()
    st.header("Your mock interview", anchor=False)
    st.caption(plain(about(run, plan, interview)))
    answers = given(run)
    in_hand = tuple(each.step.attempt or "" for each in answers if each.is_in_hand)
    with st.container(border=True, key="mock_whole"):
        if in_hand:
            _poll(in_hand)
            st.markdown(NUMBERS_LATER)
        else:
            _whole(answers)
    closing.show(answers)
    answer_list.show(answers)


def _whole(answers: Sequence[Given]) -> None:
    reports = [each.report for each in answers if each.report is not None]
    lines = [f"- {plain(line)}" for line in describe_summary(summarise(reports, len(answers)))]
    unmeasured = sum(each.attempt is not None and each.report is None for each in answers)
    if unmeasured:
        lines.append(f"- {count(unmeasured, 'answer')} not measured, and in none of these numbers.")
    st.markdown("#### The whole interview")
    st.markdown("\n".join(lines))


@st.fragment(run_every=analysis_progress.POLL)
def _poll(in_hand: tuple[str, ...]) -> None:
    """How far the answers are; when one more is done the whole page runs again."""
    states = [state for state in map(worker().state, in_hand) if isinstance(state, Waiting | Working)]
    if len(states) < len(in_hand):
        st.rerun()
    st.markdown(f"**{count(len(in_hand), 'answer')} to be measured.** {analysis_progress.SAFE}")
    analysis_progress.bar(
        next((state for state in states if isinstance(state, Working)), states[0])
    )  # measured one by one
