"""The form of a person: name, part in the interview, and how to reach them."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app_pages.interviews.wording import PARTS, WAYS
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from interview.interview import Interview
from interview.person import Person
from interview.validation import MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS, EntryError, to_one_line

FORM, DELETE_FORM = "person", "delete_person"
_make_key = partial(form_state.make_widget_key, FORM)
_LINE_LABELS = {
    "name": "Name, as it is spelt",
    "position": "Position",
    "email": "Email address",
    "phone": "Telephone",
}


def show_form(interview: Interview) -> None:
    """Show the form if it is open."""
    opened = form_state.get_open_form(FORM)
    if opened is None:
        return
    with st.form(FORM, enter_to_submit=False, border=opened.original is None):
        typed = _show_fields(opened.original)
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                form_state.save_form(FORM, _build_person(opened, typed, interview))
                st.rerun()


def _show_fields(old: Person | None) -> dict[str, Any]:
    typed: dict[str, Any] = {
        field: st.text_input(label, getattr(old, field) if old else "", MAX_LINE_CHARACTERS, key=_make_key(field))
        for field, label in _LINE_LABELS.items()
    }
    parts, ways = list(PARTS), list(WAYS)
    typed["part"] = st.selectbox(
        "Part in the interview",
        parts,
        parts.index(old.part) if old else 0,
        PARTS.__getitem__,
        key=_make_key("part"),
    )
    typed["prefers"] = st.selectbox(
        "Likes to be written to by",
        ways,
        ways.index(old.prefers) if old else 0,
        WAYS.__getitem__,
        key=_make_key("prefers"),
    )
    typed["address"] = st.text_area("Postal address", old.address if old else "", 68, 1000, key=_make_key("address"))
    typed["notes"] = st.text_area("Notes", old.notes if old else "", 100, MAX_TEXT_CHARACTERS, key=_make_key("notes"))
    typed["everywhere"] = st.checkbox(
        "Show with every interview, as a reference, say",
        old is not None and old.interview is None,
        key=_make_key("everywhere"),
    )
    return typed


def _build_person(opened: OpenForm, typed: dict[str, Any], interview: Interview) -> Person:
    """Return the typed person.

    Raises:
        EntryError: something is missing or not allowed.
    """
    values = {**typed, **{field: to_one_line(str(typed[field])) for field in _LINE_LABELS}}
    if not values["name"]:
        raise EntryError("A person needs a name. Write it, then save.")
    everywhere = values.pop("everywhere")
    return Person(opened.id, interview=None if everywhere else interview.id, **values)
