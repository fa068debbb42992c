"""The user's research notes on a company, one per line."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.research import ResearchNotes, make_research_id
from interview.validation import MAX_TEXT_CHARACTERS, split_lines
from services.interviews.belongings import find_research

_SEEN = "research_seen"
FIELDS = {
    "values": ("Values", "What they say they stand for, in their words"),
    "news": ("News and plans", "What happened lately, what they announced"),
    "projects": ("Projects and products", "What they work on"),
    "people": ("People", "Who works there, what they wrote or said"),
}


def show_research(interview: Interview) -> None:
    """Show the notes in fields that can be edited and saved.

    Raises:
        StoreError: the data cannot be read.
    """
    st.markdown("One note a line, a few words each. Questions to ask are made from them, in the next section.")
    seen = _read_shown_notes(interview)
    with st.form("research", enter_to_submit=False):
        typed = {field: _show_field(field, seen, interview) for field in FIELDS}
        saves = st.form_submit_button("Save the notes", type="primary", key="research_save")
    if saves:
        with show_errors():
            notes = {field: split_lines(typed[field]) for field in FIELDS}
            _save(seen, ResearchNotes(make_research_id(interview.id), interview.id, **notes))


def _show_field(field: str, seen: ResearchNotes | None, interview: Interview) -> str:
    label, hint = FIELDS[field]
    lines = "\n".join(getattr(seen, field)) if seen else ""
    return st.text_area(label, lines, 110, MAX_TEXT_CHARACTERS, key=f"in_{field}_{interview.id}", placeholder=hint)


def _read_shown_notes(interview: Interview) -> ResearchNotes | None:
    """Return the notes the fields were filled with; read again whenever the fields appear."""
    if _SEEN not in st.session_state or f"in_values_{interview.id}" not in st.session_state:
        st.session_state[_SEEN] = find_research(get_store(), interview)
    seen: ResearchNotes | None = st.session_state[_SEEN]
    return seen


def _save(seen: ResearchNotes | None, new: ResearchNotes) -> None:
    get_store().save(new, expected=seen)
    st.session_state[_SEEN] = new
    st.success("Saved. The questions to ask follow these notes.")
