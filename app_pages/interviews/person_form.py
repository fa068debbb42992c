"""The form of a person: name, part in the interview, and how to reach them."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app_pages.interviews.wording import PARTS, WAYS
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import Editing
from interview.interview import Interview
from interview.person import Person
from interview.validation import LINE, TEXT, EntryError, one_line

FORM, DELETE = "person", "delete_person"
_key = partial(form_state.key, FORM)
_LINES = {
    "name": "Name, as it is spelt",
    "position": "Position",
    "email": "Email address",
    "phone": "Telephone",
}


def show(interview: Interview) -> None:
    """The open form."""
    opened = form_state.now(FORM)
    if opened is None:
        return
    with st.form(FORM, enter_to_submit=False, border=opened.thing is None):
        typed = _fields(opened.thing)
        if form_state.buttons(FORM):
            with show_errors():
                form_state.keep(FORM, _person(opened, typed, interview))
                st.rerun()


def _fields(old: Person | None) -> dict[str, Any]:
    typed: dict[str, Any] = {
        field: st.text_input(label, getattr(old, field) if old else "", LINE, key=_key(field))
        for field, label in _LINES.items()
    }
    parts, ways = list(PARTS), list(WAYS)
    typed["part"] = st.selectbox(
        "Part in the interview",
        parts,
        parts.index(old.part) if old else 0,
        PARTS.__getitem__,
        key=_key("part"),
    )
    typed["prefers"] = st.selectbox(
        "Likes to be written to by",
        ways,
        ways.index(old.prefers) if old else 0,
        WAYS.__getitem__,
        key=_key("prefers"),
    )
    typed["address"] = st.text_area("Postal address", old.address if old else "", 68, 1000, key=_key("address"))
    typed["notes"] = st.text_area("Notes", old.notes if old else "", 100, TEXT, key=_key("notes"))
    typed["everywhere"] = st.checkbox(
        "Show with every interview, as a reference, say",
        old is not None and old.interview is None,
        key=_key("everywhere"),
    )
    return typed


def _person(opened: Editing, typed: dict[str, Any], interview: Interview) -> Person:
    """What was typed as a person; raises EntryError."""
    values = {**typed, **{field: one_line(str(typed[field])) for field in _LINES}}
    if not values["name"]:
        raise EntryError("A person needs a name. Write it, then save.")
    everywhere = values.pop("everywhere")
    return Person(opened.id, interview=None if everywhere else interview.id, **values)
