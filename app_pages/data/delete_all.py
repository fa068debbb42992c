"""Deleting everything: answers, recordings, and all that was written and planned."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from analysis.wording import count
from app_pages.data.answer_list import forget_on_screen
from app_pages.ui import demo_mode
from app_pages.ui.errors import show_errors
from services.user_store import delete_everything, has_anything
from store.locations import data_folder
from store.store import Store

PHRASE = "delete everything"
_DONE, _TIMES = "data_deleted", "data_deleted_times"
GONE = "Everything is deleted: answers, recordings, and what you wrote and planned. The settings stayed."
NOTHING = "Nothing is kept, so there is nothing to delete."


def outcome() -> None:
    """After it was done, say so once."""
    with st.container():  # always there: what stands below would be built anew when it came or went
        if st.session_state.pop(_DONE, False):
            st.success(GONE)


def show(kept: Store) -> None:
    """Ask for the phrase and delete; raises StoreError."""
    answers = len(kept.history())
    if not has_anything(kept, _folder()):
        st.markdown(NOTHING)
        return
    told_answers = f"**{count(answers, 'answer')}** with recordings, reports and notes, and " if answers else ""
    st.markdown(
        f"This deletes {told_answers}all interviews, people, plans and lists. Exports that you saved elsewhere stay. "
        "It cannot be undone."
    )
    st.text_input(f"To go on, type: {PHRASE}", key=_phrase())
    st.button("Delete everything for good", key="delete_all", disabled=not _is_meant(), on_click=_delete, args=(kept,))


def _phrase() -> str:
    """The name of the field for the phrase, another one each time: it has to be typed anew."""
    return f"delete_phrase_{_times()}"


def _is_meant() -> bool:
    return str(st.session_state[_phrase()]).strip().casefold() == PHRASE


def _delete(kept: Store) -> None:
    """Delete it all, if the phrase still stands there."""
    if not _is_meant():
        return
    with show_errors():
        delete_everything(kept, _folder())
        forget_on_screen()
        st.session_state[_DONE] = True
        st.session_state[_TIMES] = _times() + 1


def _times() -> int:
    return int(st.session_state.get(_TIMES, 0))


def _folder() -> Path | None:
    """Return the user's data folder, where an earlier version may have left something; None in the demo."""
    return None if demo_mode.is_on() else data_folder()
