"""Show one attempt below the question: its report, or its progress."""

from __future__ import annotations

import streamlit as st

from analysis.question import AskedQuestion
from app_pages.components import analysis_progress
from app_pages.practice import previous_takes, scroll_into_view
from app_pages.report import report_view
from app_pages.ui import practice_state
from app_pages.ui.links import link_to_comparison
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import escape_markdown, format_date_time
from services.asked_questions import is_sample
from store.attempt import AttemptState, StoredAttempt


def show_answer(attempt_id: str, question: AskedQuestion, was_in_hand: bool) -> None:
    """Show an attempt below the chosen question.

    Args:
        attempt_id: id of the attempt.
        question: the chosen question, which may be another than that of the attempt.
        was_in_hand: the attempt was queued or being analysed when this run of the page began. If it is done
            by now, what was drawn above is out of date and the page reruns.

    Raises:
        StoreError: the attempt does not exist (any more) or cannot be read.
    """
    state = get_job_queue().get_state(
        attempt_id
    )  # before the store is asked: what is done meanwhile is then seen as done
    attempt = get_store().load_attempt(attempt_id)
    is_done = attempt.state is AttemptState.DONE
    if is_done and was_in_hand:
        st.rerun()
    with st.container(key="report" if is_done else "measuring"):
        _show_notices(attempt, question)
        if is_done:
            result = get_store().load_result(attempt_id)
            previous_takes.show_outcome(attempt, result.report)
            if attempt.take > 1 and not is_sample(attempt.question):
                link_to_comparison(attempt.id)
            report_view.show_report(attempt, result)
        else:
            analysis_progress.show_progress(attempt, state)
    scroll_into_view.scroll_to("report" if is_done else "measuring")


def _show_notices(attempt: StoredAttempt, question: AskedQuestion) -> None:
    if practice_state.get_practice_state().seen_before == attempt.id:
        st.info(
            f"This very recording was brought before: it is take {attempt.take}, of "
            f"{escape_markdown(format_date_time(attempt.recorded_at))}. No new take was made."
        )
    if is_sample(attempt.question):
        st.info("This is a sample, not an answer of yours: it is no take of your practice.")
    elif attempt.question.id != question.id:
        st.info(escape_markdown(f"This report is for another question: “{attempt.question.text}”"))
