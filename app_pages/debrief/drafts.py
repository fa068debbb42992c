"""The draft of a debrief in this session: its widgets, and text typed before another page was opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.debrief import WishedAnswer
from interview.interview import Interview
from services.interviews.debriefs import (
    TEXT_FIELDS,
    DebriefDraft,
    add_wished_answer,
    insert_dictation,
    open_debrief,
    remove_wished_answer,
    save_debrief,
)


def make_widget_key(interview_id: str, field: str) -> str:
    """Return the key of a field's widget."""
    return f"debrief_{field}_{interview_id}"


def open_draft(interview: Interview) -> DebriefDraft:
    """Return the unsaved draft of this session, or else a draft of what is stored.

    Raises:
        StoreError: the data cannot be read.
    """
    draft: DebriefDraft | None = st.session_state.get(_make_state_key(interview.id))
    is_new_here = make_widget_key(interview.id, TEXT_FIELDS[0]) not in st.session_state
    if draft is None or (is_new_here and draft.is_saved):
        draft = open_debrief(get_store(), interview)
    remember(draft)
    for field, value in draft.values.items():
        st.session_state.setdefault(make_widget_key(interview.id, field), value)
    return draft


def remember(draft: DebriefDraft) -> None:
    """Remember the draft in this session, so that it survives a visit to another page."""
    st.session_state[_make_state_key(draft.interview)] = draft


def as_typed(draft: DebriefDraft) -> DebriefDraft:
    """Return the draft with the current values of its widgets."""
    values = {
        field: st.session_state.get(make_widget_key(draft.interview, field), old) for field, old in draft.values.items()
    }
    return replace(draft, values=values)


def save(draft: DebriefDraft) -> None:
    """Store the debrief.

    Raises:
        EntryError: a value is not allowed.
        StoreError: the debrief cannot be stored.
    """
    remember(save_debrief(get_store(), draft, _get_current_time()))


def add_wished(draft: DebriefDraft, new: WishedAnswer) -> None:
    """Store one more wished answer.

    Raises:
        EntryError: its question is missing or already there.
        StoreError: it cannot be stored.
    """
    remember(add_wished_answer(get_store(), as_typed(draft), new, _get_current_time()))


def remove_wished(draft: DebriefDraft, gone: WishedAnswer) -> None:
    """Remove a wished answer and store the debrief without it.

    Raises:
        StoreError: the debrief cannot be stored.
    """
    remember(remove_wished_answer(get_store(), as_typed(draft), gone, _get_current_time()))


def insert_words(draft: DebriefDraft, field: str, attempt_id: str, text: str) -> None:
    """Append the words of a recording to the current text of a field."""
    new = insert_dictation(as_typed(draft), field, attempt_id, text)
    st.session_state[make_widget_key(draft.interview, field)] = new.values[field]
    remember(new)


def _get_current_time() -> datetime:
    return datetime.now().astimezone()


def _make_state_key(interview_id: str) -> str:
    return f"debrief_draft_{interview_id}"
