"""Check a note against the sources' rules while it is written, and say when to send it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from app_pages.interviews.wording import format_full_day
from app_pages.ui.wording import escape_markdown, format_rule_reason
from content.follow_up_rules import get_rule
from interview.interview import Interview
from interview.thank_you.checks.finding import NoteFinding, NoteVerdict
from interview.thank_you.checks.review import ReviewContext, review_note
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import find_note_window

SIGNS = {
    NoteVerdict.GOOD: "✓",
    NoteVerdict.LOOK: "? **Look:**",
    NoteVerdict.CHANGE: "▲ **Change:**",
}
NO_TIME = "The interview has no time yet, so nobody can say when its notes should go out. Give it one first."


def show_sending_window(interview: Interview) -> None:
    """Show when to send notes after an interview, and why then."""
    found = find_note_window(interview)
    if found is None:
        st.info(NO_TIME)
        return
    best, opens, closes = map(_format_moment, (found.best, found.opens, found.closes))
    first = f"from {opens} on" if best == opens else f"{best}, though from {opens} on it can go out"
    st.markdown(escape_markdown(f"Best sent {first}, and by {closes} at the latest ({interview.zone})."))
    st.markdown(format_rule_reason(get_rule("note_window")))


def show_findings(note: ThankYou, known: ReviewContext, now: datetime) -> None:
    """Show every finding about a note with its rule.

    Args:
        note: as typed.
        known: what else the checks need: interview, people and other notes.
        now: with the user's time zone.
    """
    st.subheader("Looked at by the documents' advice", anchor=False)
    st.markdown("\n".join(f"- {_format_finding(each)}" for each in review_note(note, known, now)))


def _format_finding(found: NoteFinding) -> str:
    return f"{SIGNS[found.verdict]} {escape_markdown(found.sentence)} :small[{escape_markdown(found.citation)}]"


def _format_moment(at: datetime) -> str:
    return f"{format_full_day(at)}, {at:%H:%M}"
