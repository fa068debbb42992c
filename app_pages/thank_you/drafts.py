"""The draft of a note in this session: its widgets, and text typed before another page was opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.person import Person
from interview.thank_you.note import make_thank_you_id
from services.interviews.thank_you_notes import NoteDraft, mark_sent, open_note, save_note


def make_widget_key(note_id: str, field: str) -> str:
    """Return the key of a field's widget."""
    return f"note_{field}_{note_id}"


def open_draft(interview: Interview, person: Person, place: int) -> NoteDraft:
    """Return the unsaved draft of this session, or else a draft of what is stored.

    Args:
        interview: the note is about.
        person: it is for.
        place: of the person among those met, from 0.

    Raises:
        StoreError: the data cannot be read.
    """
    note_id = make_thank_you_id(interview.id, person.id)
    draft: NoteDraft | None = st.session_state.get(_make_state_key(note_id))
    is_new_here = make_widget_key(note_id, "body") not in st.session_state
    if draft is None or (is_new_here and draft.is_saved):
        draft = open_note(get_store(), interview, person, place)
    remember(draft)
    for field, value in draft.values.items():
        st.session_state.setdefault(make_widget_key(note_id, field), value)
    return draft


def remember(draft: NoteDraft) -> None:
    """Remember the draft in this session, so that it survives a visit to another page or note."""
    st.session_state[_make_state_key(draft.begun.id)] = draft


def as_typed(draft: NoteDraft) -> NoteDraft:
    """Return the draft with the current values of its widgets."""
    note_id = draft.begun.id
    return replace(
        draft, values={f: st.session_state.get(make_widget_key(note_id, f), old) for f, old in draft.values.items()}
    )


def save(draft: NoteDraft) -> None:
    """Store the note.

    Raises:
        EntryError: a value is not allowed.
        StoreError: the note cannot be stored.
    """
    remember(save_note(get_store(), draft))


def set_sent(draft: NoteDraft, at: datetime | None) -> None:
    """Store the note as typed, and whether it was sent.

    Args:
        draft: of the note.
        at: when it was sent; None for not sent.

    Raises:
        EntryError: a value is not allowed.
        StoreError: the note cannot be stored.
    """
    remember(mark_sent(get_store(), as_typed(draft), at))


def _make_state_key(note_id: str) -> str:
    return f"note_draft_{note_id}"
