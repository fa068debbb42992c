"""The draft of a note in this session: its fields as widgets, and what was typed before another page was opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.person import Person
from interview.thank_you.note import thank_you_id
from services.interviews.thank_you_notes import NoteDraft, mark_sent, open_note, save_note


def key(note_id: str, field: str) -> str:
    """Return the name of a field's widget."""
    return f"note_{field}_{note_id}"


def opened(interview: Interview, person: Person, place: int) -> NoteDraft:
    """Return what was typed and not saved in this session, else what is kept or can be begun with; raises StoreError.

    `place` is the person's among those met, from 0.
    """
    note_id = thank_you_id(interview.id, person.id)
    draft: NoteDraft | None = st.session_state.get(_name(note_id))
    is_new_here = key(note_id, "body") not in st.session_state
    if draft is None or (is_new_here and draft.is_kept):
        draft = open_note(get_store(), interview, person, place)
    remember(draft)
    for field, value in draft.values.items():
        st.session_state.setdefault(key(note_id, field), value)
    return draft


def remember(draft: NoteDraft) -> None:
    """Note what the fields hold, so that it is there after a look at another page or another note."""
    st.session_state[_name(draft.begun.id)] = draft


def as_typed(draft: NoteDraft) -> NoteDraft:
    """Return the draft with what stands in the fields now."""
    note_id = draft.begun.id
    return replace(draft, values={f: st.session_state.get(key(note_id, f), old) for f, old in draft.values.items()})


def save(draft: NoteDraft) -> None:
    """Store what the fields hold; raises EntryError and StoreError."""
    remember(save_note(get_store(), draft))


def set_sent(draft: NoteDraft, at: datetime | None) -> None:
    """Store what stands in the fields now as sent, or with None as not sent; raises EntryError and StoreError."""
    remember(mark_sent(get_store(), as_typed(draft), at))


def _name(note_id: str) -> str:
    return f"note_draft_{note_id}"
