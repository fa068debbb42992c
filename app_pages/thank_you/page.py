"""The page of thank-you notes: one to each person met, in the user's own words."""

from __future__ import annotations

import streamlit as st

from app_pages.components import interview_picker
from app_pages.thank_you import form
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview
from app_pages.ui.store_access import get_store
from interview.follow_up.situation import format_person
from interview.interview import Interview
from interview.thank_you.note import ThankYou
from services.interviews.belongings import find_people_met
from services.interviews.thank_you_notes import find_notes

NOBODY_MET = (
    "Add the people you met first, also the staff who helped you. Then each of them gets a note of their own here."
)


def show_recipients(interview: Interview) -> None:
    """Let the user choose a person, and show the note to them.

    Raises:
        StoreError: the data cannot be read.
    """
    people = find_people_met(get_store(), interview)
    if not people:
        st.info(NOBODY_MET)
        link_to_interview(interview.id, "Add the people you met")
        return
    notes = find_notes(get_store(), interview)
    labels = {each.id: f"{format_person(each)} · {_describe_status(notes.get(each.id))}" for each in people}
    chosen = st.selectbox("To", labels, format_func=labels.__getitem__, key=f"note_to_{interview.id}")
    place = list(labels).index(chosen)
    form.show_note(interview, people, place)


def _describe_status(note: ThankYou | None) -> str:
    if note is None:
        return "no note yet"
    return "sent" if note.sent_at else "saved, not sent yet"


st.title("Thank-you notes", anchor=False)
st.caption("A few lines to everyone you met. Nothing is sent from here: you send it.")
with show_errors():
    interview = interview_picker.pick_interview("thanks")
    if interview is not None:
        show_recipients(interview)
