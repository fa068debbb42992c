"""One attempt under the question: its report, or how far it is."""

from __future__ import annotations

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.components import analysis_progress
from app_pages.practice import previous_takes, scroll_into_view
from app_pages.report import report_view
from app_pages.ui import practice_state
from app_pages.ui.links import link_to_comparison
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import moment, plain
from services.asked_questions import is_sample
from store.attempt import KeptAttempt, State


def show(attempt_id: str, question: AskedQuestion, was_in_hand: bool) -> None:
    """Show an attempt below the question that is chosen; raises StoreError when it is not here (any more).

    `was_in_hand` says how it was when the page began to run: what was drawn since then may be out of date.
    """
    state = get_job_queue().state(attempt_id)  # before the store is asked: what is done meanwhile is then seen as done
    attempt = get_store().attempt(attempt_id)
    is_done = attempt.state is State.DONE
    if is_done and was_in_hand:
        st.rerun()
    with st.container(key="report" if is_done else "measuring"):
        _told_before(attempt, question)
        if is_done:
            result = get_store().result(attempt_id)
            previous_takes.outcome(attempt, result.report)
            if attempt.take > 1 and not is_sample(attempt.question):
                link_to_comparison(attempt.id)
            report_view.show(attempt, result)
        else:
            analysis_progress.show(attempt, state)
    scroll_into_view.scroll_to("report" if is_done else "measuring")


def _told_before(attempt: KeptAttempt, question: AskedQuestion) -> None:
    if practice_state.now().seen_before == attempt.id:
        st.info(
            f"This very recording was brought before: it is take {attempt.take}, of "
            f"{plain(moment(attempt.recorded_at))}. No new take was made."
        )
    if is_sample(attempt.question):
        st.info("This is a sample, not an answer of yours: it is no take of your practice.")
    elif attempt.question.id != question.id:
        st.info(plain(f"This report is for another question: “{attempt.question.text}”"))
