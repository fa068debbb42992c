"""The people of an interview: interviewers, staff who helped, and references."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app_pages.interviews.wording import PARTS, WAYS
from app_pages.ui import form_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview
from interview.person import ContactMethod, Person
from interview.validation import MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS, EntryError, to_one_line
from services.interviews.belongings import find_people

NO_PEOPLE = (
    "Add the people you'll meet, anyone who helps you on the day, and your references. Check the spelling of "
    "their names, and ask how they like to be contacted."
)
FORM, DELETE_FORM = "person", "delete_person"
_make_key = partial(form_state.make_widget_key, FORM)
_LINE_LABELS = {
    "name": "Name",
    "called": "Greeting in a note, if not by first name (e.g. Dr Okafor)",
    "position": "Position",
    "email": "Email address",
    "phone": "Telephone",
}


def show_people(interview: Interview) -> None:
    """Show everybody of this interview, and those noted for every interview.

    Raises:
        StoreError: the data cannot be read.
    """
    undo.show_deleted(_make_place(interview))
    people = find_people(get_store(), interview)
    if not people:
        st.info(NO_PEOPLE)
    for each in people:
        with st.container(border=True, key=f"person_{each.id}"):
            _show_person(each, interview)
    opened = form_state.get_open_form(FORM)
    if opened is None:
        st.button("Add a person", key="add_person", on_click=form_state.begin, args=(FORM,))
    elif opened.id not in {each.id for each in people}:  # new, or deleted in another window meanwhile
        show_form(interview)


def _show_person(person: Person, interview: Interview) -> None:
    changing, deleting = form_state.get_open_form(FORM), form_state.get_open_form(DELETE_FORM)
    if changing and changing.id == person.id:
        show_form(interview)
        return
    st.markdown(
        f"**{escape_markdown(person.name)}**{escape_markdown(f', {person.position}' if person.position else '')}"
    )
    st.caption(escape_markdown(" · ".join(_list_facts(person))))
    if person.address:
        st.text(person.address)
    if person.notes:
        st.text(person.notes)
    if deleting and deleting.id == person.id:
        _delete(person, interview)
        return
    with st.container(horizontal=True):
        st.button("Change", key=f"change_{person.id}", on_click=form_state.begin, args=(FORM, person))
        st.button(
            "Delete", key=f"delete_{person.id}", type="tertiary", on_click=form_state.begin, args=(DELETE_FORM, person)
        )


def _list_facts(person: Person) -> list[str]:
    prefers = "" if person.prefers is ContactMethod.NOT_SAID else f"prefers: {WAYS[person.prefers].lower()}"
    everywhere = "" if person.interview else "for every interview"
    return list(filter(None, (PARTS[person.part], person.email, person.phone, prefers, everywhere)))


def _make_place(interview: Interview) -> str:
    """Return the part of the page that says who was deleted."""
    return f"people_{interview.id}"


def _delete(person: Person, interview: Interview) -> None:
    warning = f"Delete {escape_markdown(person.name)} and what you noted about them?"
    if form_state.ask_to_confirm(DELETE_FORM, warning):
        with show_errors():
            undo.delete_document(_make_place(interview), person.id, person.name)
            form_state.end(DELETE_FORM)
            st.rerun()


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
        "Role",
        parts,
        parts.index(old.part) if old else 0,
        PARTS.__getitem__,
        key=_make_key("part"),
    )
    typed["prefers"] = st.selectbox(
        "Preferred contact",
        ways,
        ways.index(old.prefers) if old else 0,
        WAYS.__getitem__,
        key=_make_key("prefers"),
    )
    typed["address"] = st.text_area("Postal address", old.address if old else "", 68, 1000, key=_make_key("address"))
    typed["notes"] = st.text_area("Notes", old.notes if old else "", 100, MAX_TEXT_CHARACTERS, key=_make_key("notes"))
    typed["everywhere"] = st.checkbox(
        "Show on every interview (e.g. a reference)",
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
        raise EntryError("Enter a name, then save.")
    everywhere = values.pop("everywhere")
    return Person(opened.id, interview=None if everywhere else interview.id, **values)
