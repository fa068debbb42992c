"""Whom to thank after an interview: one note at a time, with how far each has come."""

from __future__ import annotations

import streamlit as st

from app_pages import interviews_current, interviews_people, thanks_form
from app_pages.interviews_words import WAYS
from app_pages.kept import store
from interview.interview import Interview
from interview.person import MET, Person, Way
from interview.situation import named
from interview.thank_you import ThankYou

NONE = (
    "Nobody is noted for this interview yet. Add everyone you met, the staff who helped too, in its section People: "
    "with names as they are spelt."
)


def show(interview: Interview) -> None:
    """The choice of a person and the note to them; raises StoreError."""
    people = met(interview)
    if not people:
        st.info(NONE)
        interviews_current.link(interview, "Add the people you met")
        return
    notes = {note.person: note for note in store().things(ThankYou, interview=interview.id)}
    labels = {each.id: f"{named(each)} · {_stands(notes.get(each.id))}" for each in people}
    chosen = st.selectbox("To", labels, format_func=labels.__getitem__, key=f"note_to_{interview.id}")
    place = list(labels).index(chosen)
    _facts(people[place])
    thanks_form.show(interview, people, place)


def met(interview: Interview) -> list[Person]:
    """Those whom the user met there, in the order of the interview's list; raises StoreError."""
    return [each for each in interviews_people.of_interview(interview) if each.part in MET and each.interview]


def _stands(note: ThankYou | None) -> str:
    if note is None:
        return "no note yet"
    return "sent" if note.sent_at else "not sent yet"


def _facts(person: Person) -> None:
    way = "" if person.prefers is Way.NOT_SAID else f"Likes to be written to by: {WAYS[person.prefers].lower()}"
    address = person.email or "No email address is noted"
    st.text(" · ".join(filter(None, (way, address))))  # as it stands: Markdown would make a link of an address
