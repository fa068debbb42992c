"""Answers that were recorded and never measured, offered when the page is opened: the app was closed too early."""

from __future__ import annotations

import streamlit as st

from app_pages.components import analysis_progress
from app_pages.ui import practice_state
from app_pages.ui.store_access import get_job_queue, get_store
from store.attempt import Filters, KeptAttempt, State

_STATE = "unfinished"
AT_ONCE = 2  # shown before the rest is folded away


def show() -> None:
    """Offer what was left unfinished before this session began; none of it is measured unasked."""
    open_ones = [attempt for attempt in _left() if _is_ours(attempt)]
    for attempt in open_ones[:AT_ONCE]:
        _box(attempt)
    if open_ones[AT_ONCE:]:
        with st.expander(f"More answers that were not finished ({len(open_ones) - AT_ONCE})"):
            for attempt in open_ones[AT_ONCE:]:
                _box(attempt)


def _left() -> list[KeptAttempt]:
    """Looking for lost recordings reads the whole folder, so that is done once in a session."""
    if _STATE not in st.session_state:
        st.session_state[_STATE] = frozenset(attempt.id for attempt in get_store().interrupted())
    ids: frozenset[str] = st.session_state[_STATE]
    recorded = get_store().history(Filters(state=State.RECORDED)) if ids else ()
    return [attempt for attempt in recorded if attempt.id in ids]


def _is_ours(attempt: KeptAttempt) -> bool:
    return not get_job_queue().is_pending(attempt.id) and attempt.id != practice_state.now().attempt_id


def _box(attempt: KeptAttempt) -> None:
    with st.container(border=True, key=f"unfinished_{attempt.id}"):
        analysis_progress.offer(attempt)
