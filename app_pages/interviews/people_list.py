"""The people of an interview: who asks, who helped, who speaks for the user."""

from __future__ import annotations

import streamlit as st

from app_pages.interviews import person_form
from app_pages.interviews.person_form import DELETE, FORM
from app_pages.interviews.wording import PARTS, WAYS
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.interview import Interview
from interview.person import Person, Way
from services.interviews.belongings import people_of

NONE = (
    "Nobody yet. Note who will interview you, whoever helps you on the day (reception, travel, the invitation), and "
    "your references: the names as they are spelt, and how each likes to be written to."
)


def show(interview: Interview) -> None:
    """Everybody of this interview, and those who are known for all of them; raises StoreError."""
    people = people_of(get_store(), interview)
    if not people:
        st.info(NONE)
    for each in people:
        with st.container(border=True, key=f"person_{each.id}"):
            _person(each, interview)
    opened = form_state.now(FORM)
    if opened is None:
        st.button("Add a person", key="add_person", on_click=form_state.begin, args=(FORM,))
    elif opened.id not in {each.id for each in people}:  # new, or deleted in another window meanwhile
        person_form.show(interview)


def _person(person: Person, interview: Interview) -> None:
    changing, deleting = form_state.now(FORM), form_state.now(DELETE)
    if changing and changing.id == person.id:
        person_form.show(interview)
        return
    st.markdown(f"**{plain(person.name)}**{plain(f', {person.position}' if person.position else '')}")
    st.caption(plain(" · ".join(_facts(person))))
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
            "Delete", key=f"delete_{person.id}", type="tertiary", on_click=form_state.begin, args=(DELETE, person)
        )


def _facts(person: Person) -> list[str]:
    prefers = "" if person.prefers is Way.NOT_SAID else f"prefers: {WAYS[person.prefers].lower()}"
    everywhere = "" if person.interview else "for every interview"
    return list(filter(None, (PARTS[person.part], person.email, person.phone, prefers, everywhere)))


def _delete(person: Person) -> None:
    if form_state.sure(DELETE, f"Delete {plain(person.name)} with what is noted about them? This cannot be undone."):
        with show_errors():
            get_store().forget(person.id)
            form_state.end(DELETE)
            st.rerun()
