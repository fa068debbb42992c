"""The people of an interview: interviewers, staff who helped, and references."""

from __future__ import annotations

import streamlit as st

from app_pages.interviews import person_form
from app_pages.interviews.person_form import DELETE_FORM, FORM
from app_pages.interviews.wording import PARTS, WAYS
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview
from interview.person import ContactMethod, Person
from services.interviews.belongings import find_people

NO_PEOPLE = (
    "Nobody yet. Note who will interview you, whoever helps you on the day (reception, travel, the invitation), and "
    "your references: the names as they are spelt, and how each likes to be written to."
)


def show_people(interview: Interview) -> None:
    """Show everybody of this interview, and those noted for every interview.

    Raises:
        StoreError: the data cannot be read.
    """
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
        person_form.show_form(interview)


def _show_person(person: Person, interview: Interview) -> None:
    changing, deleting = form_state.get_open_form(FORM), form_state.get_open_form(DELETE_FORM)
    if changing and changing.id == person.id:
        person_form.show_form(interview)
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
        _delete(person)
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


def _delete(person: Person) -> None:
    if form_state.ask_to_confirm(
        DELETE_FORM, f"Delete {escape_markdown(person.name)} with what is noted about them? This cannot be undone."
    ):
        with show_errors():
            get_store().delete_document(person.id)
            form_state.end(DELETE_FORM)
            st.rerun()
