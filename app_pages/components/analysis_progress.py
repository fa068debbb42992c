"""Show an attempt without a report: its progress, why it failed, or an offer to analyse it."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count
from app_pages.components.frontend_component import declare_component
from app_pages.ui import practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_job_queue, get_store, prepare_deletion, stop_analysis
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.job_queue import Failed, JobState, Pending, Queued
from store.attempt import AttemptState, StoredAttempt

POLL_SECONDS = 0.3  # s
_STATUS = declare_component("status", "status.html", "status.css", "status.js")
SAVED_NOTE = "Saved. You can leave this page and come back – we'll carry on."


def announce(text: str) -> None:
    """Say in the page's live region what happened; it is not seen. The same text is said once."""
    _STATUS(key="status", data={"text": text})


def show_progress(attempt: StoredAttempt, state: JobState) -> None:
    """Show the progress of an attempt; once it is done, the page reruns."""
    if isinstance(state, Pending):
        st.caption(SAVED_NOTE)
        _show_live_progress(attempt.id)
    elif isinstance(state, Failed) or attempt.state is AttemptState.FAILED:
        st.error(escape_markdown(state.sentence if isinstance(state, Failed) else attempt.failure or ""))
        show_choices(attempt, "Try again")
    else:
        show_offer(attempt)


def show_offer(attempt: StoredAttempt) -> None:
    """Offer to analyse an attempt that was recorded but never analysed, or to delete it."""
    what = f"Take {attempt.take}, {format_date_time(attempt.recorded_at)}, {format_clock(attempt.duration)} long"
    st.markdown(f"**You have an answer without a report.** {escape_markdown(f'“{attempt.question.text}” {what}.')}")
    show_choices(attempt, "Get the report")


def show_choices(attempt: StoredAttempt, label: str) -> None:
    """Draw two buttons: to analyse an attempt, and to delete it.

    Args:
        attempt: the attempt.
        label: label of the button that analyses it.
    """
    with st.container(horizontal=True):
        st.button(label, key=f"measure_{attempt.id}", on_click=_start_analysis, args=(attempt,))
        with st.popover("Delete it"):
            st.markdown("This deletes the recording and everything that goes with it. You can't undo this.")
            st.button("Delete this answer", key=f"delete_{attempt.id}", on_click=_delete, args=(attempt,))


def show_progress_bar(state: Pending) -> None:
    """Draw the progress of an attempt as a bar."""
    if isinstance(state, Queued):
        st.progress(0.0, text=f"Waiting for {format_count(state.ahead_count, 'answer')} before yours…")
    else:
        st.progress(state.share, text=f"{state.step}…")


def offer_to_stop(attempt_id: str, label: str = "Stop analysing") -> None:
    """Draw a button that stops the analysis of an attempt, or takes it out of the queue."""
    st.button(label, key=f"stop_{attempt_id}", type="tertiary", on_click=stop_analysis, args=(attempt_id,))


@st.fragment(run_every=POLL_SECONDS)
def _show_live_progress(attempt_id: str) -> None:
    state = get_job_queue().get_state(attempt_id)
    if not isinstance(state, Pending):
        st.rerun()
    show_progress_bar(state)
    offer_to_stop(attempt_id)


def _start_analysis(attempt: StoredAttempt) -> None:
    get_job_queue().enqueue(attempt.id, attempt.duration)
    practice_state.show_attempt(attempt, into_view=True)


def _delete(attempt: StoredAttempt) -> None:
    with show_errors():
        prepare_deletion(get_store(), attempt.id)
        get_store().delete_attempt(attempt.id)
        if practice_state.get_practice_state().attempt_id == attempt.id:
            practice_state.update_screen(attempt_id=None)
