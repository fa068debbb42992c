"""Offer recordings that were never analysed because the app was closed too early."""

from __future__ import annotations

import streamlit as st

from app_pages.components import analysis_progress
from app_pages.ui import practice_state
from app_pages.ui.store_access import get_job_queue, get_store
from store.attempt import AttemptState, Filters, StoredAttempt

_STATE_KEY = "unfinished"
MAX_UNFOLDED = 2  # shown before the rest is folded away


def show_interrupted_attempts() -> None:
    """Offer the attempts that were interrupted before this session began; none is analysed unasked."""
    open_ones = [attempt for attempt in _load_interrupted() if _is_ours(attempt)]
    for attempt in open_ones[:MAX_UNFOLDED]:
        _show_attempt(attempt)
    if open_ones[MAX_UNFOLDED:]:
        with st.expander(f"More answers that were not finished ({len(open_ones) - MAX_UNFOLDED})"):
            for attempt in open_ones[MAX_UNFOLDED:]:
                _show_attempt(attempt)


def _load_interrupted() -> list[StoredAttempt]:
    """Return the interrupted attempts.

    The search for lost recordings reads the whole folder, so it runs once per session.
    """
    if _STATE_KEY not in st.session_state:
        st.session_state[_STATE_KEY] = frozenset(attempt.id for attempt in get_store().list_interrupted())
    ids: frozenset[str] = st.session_state[_STATE_KEY]
    recorded = get_store().load_history(Filters(state=AttemptState.RECORDED)) if ids else ()
    return [attempt for attempt in recorded if attempt.id in ids]


def _is_ours(attempt: StoredAttempt) -> bool:
    return not get_job_queue().is_pending(attempt.id) and attempt.id != practice_state.get_practice_state().attempt_id


def _show_attempt(attempt: StoredAttempt) -> None:
    with st.container(border=True, key=f"unfinished_{attempt.id}"):
        analysis_progress.show_offer(attempt)
