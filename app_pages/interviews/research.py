"""What the user found out about a company, one note a line."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.research import Research, research_id
from interview.validation import TEXT, lines
from services.interviews.belongings import find_research

_SEEN = "research_seen"
FIELDS = {
    "values": ("Values", "What they say they stand for, in their words"),
    "news": ("News and plans", "What happened lately, what they announced"),
    "projects": ("Projects and products", "What they work on"),
    "people": ("People", "Who works there, what they wrote or said"),
}


def show(interview: Interview) -> None:
    """The notes to read and to change; raises StoreError."""
    st.markdown("One note a line, a few words each. Questions to ask are made from them, in the next section.")
    seen = _seen(interview)
    with st.form("research", enter_to_submit=False):
        typed = {field: _field(field, seen, interview) for field in FIELDS}
        saves = st.form_submit_button("Save the notes", type="primary", key="research_save")
    if saves:
        with show_errors():
            notes = {field: lines(typed[field]) for field in FIELDS}
            _save(seen, Research(research_id(interview.id), interview.id, **notes))


def _field(field: str, seen: Research | None, interview: Interview) -> str:
    label, hint = FIELDS[field]
    lines = "\n".join(getattr(seen, field)) if seen else ""
    return st.text_area(label, lines, 110, TEXT, key=f"in_{field}_{interview.id}", placeholder=hint)


def _seen(interview: Interview) -> Research | None:
    """What the fields were filled with; read anew whenever they come on the page."""
    if _SEEN not in st.session_state or f"in_values_{interview.id}" not in st.session_state:
        st.session_state[_SEEN] = find_research(get_store(), interview)
    seen: Research | None = st.session_state[_SEEN]
    return seen


def _save(seen: Research | None, new: Research) -> None:
    get_store().keep(new, instead_of=seen)
    st.session_state[_SEEN] = new
    st.success("Saved. The questions to ask follow these notes.")
