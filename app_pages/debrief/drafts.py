"""The draft of a debrief in this session: its fields as widgets, and what was typed before another page was opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.debrief import WishedAnswer
from interview.interview import Interview
from services.interviews.debriefs import (
    TEXTS,
    DebriefDraft,
    add_wished_answer,
    insert_dictation,
    open_debrief,
    remove_wished_answer,
    save_debrief,
)


def key(interview_id: str, field: str) -> str:
    """Return the name of a field's widget."""
    return f"debrief_{field}_{interview_id}"


def opened(interview: Interview) -> DebriefDraft:
    """Return what was typed and not saved in this session, else what is kept; raises StoreError."""
    draft: DebriefDraft | None = st.session_state.get(_name(interview.id))
    is_new_here = key(interview.id, TEXTS[0]) not in st.session_state
    if draft is None or (is_new_here and draft.is_kept):
        draft = open_debrief(get_store(), interview)
    remember(draft)
    for field, value in draft.values.items():
        st.session_state.setdefault(key(interview.id, field), value)
    return draft


def remember(draft: DebriefDraft) -> None:
    """Note what the fields hold, so that it is there after a look at another page."""
    st.session_state[_name(draft.interview)] = draft


def as_typed(draft: DebriefDraft) -> DebriefDraft:
    """Return the draft with what stands in the fields now."""
    values = {field: st.session_state.get(key(draft.interview, field), old) for field, old in draft.values.items()}
    return replace(draft, values=values)


def save(draft: DebriefDraft) -> None:
    """Store what the fields hold; raises EntryError and StoreError."""
    remember(save_debrief(get_store(), draft, _now()))


def add_wished(draft: DebriefDraft, new: WishedAnswer) -> None:
    """Store one more answer to give again; raises EntryError and StoreError."""
    remember(add_wished_answer(get_store(), as_typed(draft), new, _now()))


def remove_wished(draft: DebriefDraft, gone: WishedAnswer) -> None:
    """Take an answer to give again out; raises StoreError."""
    remember(remove_wished_answer(get_store(), as_typed(draft), gone, _now()))


def insert_words(draft: DebriefDraft, field: str, attempt_id: str, text: str) -> None:
    """Put the words of a recording behind what stands in a field now."""
    new = insert_dictation(as_typed(draft), field, attempt_id, text)
    st.session_state[key(draft.interview, field)] = new.values[field]
    remember(new)


def _now() -> datetime:
    return datetime.now().astimezone()


def _name(interview_id: str) -> str:
    return f"debrief_draft_{interview_id}"
