"""A note looked at by the documents' rules while it is written, and when it should go out."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from app_pages.interviews.wording import day
from app_pages.ui.wording import plain, rule_reason
from content.follow_up_rules import rule
from interview.interview import Interview
from interview.thank_you.checks.finding import NoteFinding, NoteVerdict
from interview.thank_you.checks.review import Around, check
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import note_window

SIGNS = {
    NoteVerdict.GOOD: "✓",
    NoteVerdict.LOOK: "? **Look:**",
    NoteVerdict.CHANGE: "▲ **Change:**",
}
NO_TIME = "The interview has no time yet, so nobody can say when its notes should go out. Give it one first."


def window(interview: Interview) -> None:
    """When to send notes after an interview, and why then."""
    found = note_window(interview)
    if found is None:
        st.info(NO_TIME)
        return
    best, opens, closes = map(_told, (found.best, found.opens, found.closes))
    first = f"from {opens} on" if best == opens else f"{best}, though from {opens} on it can go out"
    st.markdown(plain(f"Best sent {first}, and by {closes} at the latest ({interview.zone})."))
    st.markdown(rule_reason(rule("note_window")))


def show(note: ThankYou, known: Around, now: datetime) -> None:
    """Every finding with its rule."""
    st.subheader("Looked at by the documents' advice", anchor=False)
    st.markdown("\n".join(f"- {_line(each)}" for each in check(note, known, now)))


def _line(found: NoteFinding) -> str:
    return f"{SIGNS[found.verdict]} {plain(found.sentence)} :small[{plain(found.cited)}]"


def _told(at: datetime) -> str:
    return f"{day(at)}, {at:%H:%M}"
