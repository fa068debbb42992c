"""Recordings that were cut off before they were submitted: what came until then is offered, to go on with or delete."""

from __future__ import annotations

import streamlit as st

from app_pages.components import recorder
from app_pages.ui import demo_mode, practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.practice_state import OnSubmitted
from app_pages.ui.store_access import get_job_queue, get_live_takes, get_user_store
from app_pages.ui.wording import escape_markdown, format_clock, format_date_time
from services.live.live_takes import InterruptedTake
from services.submission import Submission
from store.settings import read_settings

AT_ONCE = 2  # shown before the rest is folded away
REPORT = "Get the report"


def show_all() -> None:
    """Offer every recording that was cut off; raises StoreError."""
    found = _found()
    for each in found[:AT_ONCE]:
        _box(each, REPORT, _open)
    if found[AT_ONCE:]:
        with st.expander(f"More recordings that were cut off ({len(found) - AT_ONCE})"):
            for each in found[AT_ONCE:]:
                _box(each, REPORT, _open)


def show_of(part: str, label: str, on_submitted: OnSubmitted) -> None:
    """Offer what was cut off in one recorder; raises StoreError.

    Args:
        part: Of the recorder.
        label: What stands on the button that goes on with it.
        on_submitted: What the page does with it then.
    """
    for each in _found():
        if each.take.purpose.part == part:
            _box(each, label, on_submitted)


def _found() -> list[InterruptedTake]:
    if demo_mode.is_on():
        return []
    return list(get_live_takes().interrupted(get_user_store(), recorder.stopped_takes()))


def _box(found: InterruptedTake, label: str, on_submitted: OnSubmitted) -> None:
    take = found.take
    started = format_date_time(take.started_at.astimezone())
    what = f"“{take.purpose.question.text}” {format_clock(found.seconds)} long, {started}."
    with st.container(border=True, key=f"cut_off_{take.id}"):
        happened = "but it's saved" if found.fault is None else f"and it {found.fault}"
        st.markdown(f"**Your recording was cut off, {happened}.** {escape_markdown(what)}")
        with st.container(horizontal=True):
            st.button(label, key=f"go_on_{take.id}", type="primary", on_click=_submit, args=(take.id, on_submitted))
            with st.popover("Delete it"):
                st.markdown("This deletes the recording. You can't undo this.")
                st.button("Delete this recording", key=f"drop_take_{take.id}", on_click=_delete, args=(take.id,))


def _open(submitted: Submission) -> None:
    practice_state.show_attempt(submitted.attempt, into_view=True)


def _submit(take_id: str, on_submitted: OnSubmitted) -> None:
    with show_errors():
        keep = read_settings().keep_recordings
        get_live_takes().submit(get_user_store(), get_job_queue(), take_id, on_submitted, keep=keep)


def _delete(take_id: str) -> None:
    with show_errors():
        get_live_takes().delete(take_id)
