"""An attempt without a report: how far it is, why it failed, or the offer to measure it after all."""

from __future__ import annotations

import streamlit as st

from analysis.wording import count
from app_pages.ui import practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_job_queue, get_store
from app_pages.ui.wording import clock, moment, plain
from services.job_queue import Failed, JobState, Pending, Queued
from store.attempt import KeptAttempt, State

POLL = 0.5  # s
SAFE = "Your recording is saved on this machine. You can leave this page and come back to it."


def show(attempt: KeptAttempt, state: JobState) -> None:
    """Show how far an attempt is; when it is done the whole page runs again."""
    if isinstance(state, Pending):
        st.caption(SAFE)
        _poll(attempt.id)
    elif isinstance(state, Failed) or attempt.state is State.FAILED:
        st.error(plain(state.sentence if isinstance(state, Failed) else attempt.failure or ""))
        choices(attempt, "Try again")
    else:
        offer(attempt)


def offer(attempt: KeptAttempt) -> None:
    """Offer to measure an attempt that was recorded and never finished, or to delete it."""
    what = f"Take {attempt.take} of {moment(attempt.recorded_at)}, {clock(attempt.duration)} long"
    st.markdown(f"**An answer was not finished.** {plain(f'“{attempt.question.text}” {what}.')}")
    choices(attempt, "Measure it")


def choices(attempt: KeptAttempt, label: str) -> None:
    """Two buttons: to have an attempt measured, and to delete it."""
    with st.container(horizontal=True):
        st.button(label, key=f"measure_{attempt.id}", on_click=_measure, args=(attempt,))
        with st.popover("Delete it"):
            st.markdown("The recording and all that belongs to it will be gone for good.")
            st.button("Delete this answer", key=f"delete_{attempt.id}", on_click=_delete, args=(attempt,))


def bar(state: Pending) -> None:
    """How far an attempt is, as a bar."""
    if isinstance(state, Queued):
        st.progress(0.0, text=f"Waiting: {count(state.before, 'answer')} before yours")
    else:
        st.progress(state.share, text=f"{state.step} …")


@st.fragment(run_every=POLL)
def _poll(attempt_id: str) -> None:
    state = get_job_queue().state(attempt_id)
    if not isinstance(state, Pending):
        st.rerun()
    bar(state)


def _measure(attempt: KeptAttempt) -> None:
    get_job_queue().enqueue(attempt.id)
    practice_state.show(attempt, into_view=True)


def _delete(attempt: KeptAttempt) -> None:
    with show_errors():
        get_store().delete(attempt.id)
        if practice_state.now().attempt_id == attempt.id:
            practice_state.change(attempt_id=None)
