"""Check a note by the documents' advice, and send it: as text, as a file or by a link into a mail program."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from analysis.wording import format_count
from app_pages.interviews.wording import format_full_day
from app_pages.thank_you import drafts
from app_pages.ui.errors import show_errors
from app_pages.ui.templates import show_style
from app_pages.ui.wording import escape_markdown, format_rule
from content.follow_up_rules import get_rule
from interview.interview import Interview
from interview.person import ContactMethod, Person
from interview.thank_you.checks.finding import NoteFinding, NoteVerdict
from interview.thank_you.checks.review import ReviewContext, review_note
from interview.thank_you.mail import is_too_long, make_eml, make_mail_link
from interview.thank_you.note import ThankYou
from interview.thank_you.sending_time import find_note_window
from interview.working_days import format_day
from services.interviews.thank_you_notes import NoteDraft

NO_TEXT_YET = "Write the draft first. Then you can open it in your mail program, copy it, or save it as an email."
TOO_LONG = "The note is too long to open in a mail program from here. Copy it, or save it as an email."
NO_ADDRESS = "You have no email address for {}. Add it under People, or type it in when you send."
ON_PAPER = {ContactMethod.LETTER: ("note_card",), ContactMethod.BY_HAND: ("note_by_hand", "note_card")}
REST_HINT = "Click outside the text box to update these."
SIGNS = {
    NoteVerdict.GOOD: "✓",
    NoteVerdict.LOOK: "? **Check:**",
    NoteVerdict.CHANGE: "▲ **Change:**",
}
NO_TIME = "Add the date of the interview to see when to send your notes."


def show_next_steps(draft: NoteDraft, note: ThankYou, person: Person, now: datetime) -> None:
    """Show the quickest way to send the note as it is in the fields, and whether it was sent.

    Args:
        draft: of the note.
        note: as typed.
        person: it is for.
        now: with the user's time zone.
    """
    if not note.body.strip():
        st.caption(NO_TEXT_YET)
        return
    show_style("thank_you/templates/send.css")
    link = make_mail_link(note, person)
    with st.container(horizontal=True, vertical_alignment="center", key="note_ways"):
        if not is_too_long(link):
            st.link_button("Open in your mail program", link)
        _show_sent(draft, now)


def show_other_ways(note: ThankYou, person: Person, sender: str, now: datetime) -> None:
    """Show the other ways to send the note, folded away, and what to know about sending it.

    Args:
        note: as typed.
        person: it is for.
        sender: the name the user signs with.
        now: with the user's time zone.
    """
    if not note.body.strip():
        return
    for each in ON_PAPER.get(note.way, ()):
        st.markdown(format_rule(get_rule(each)))
    if note.way is ContactMethod.EMAIL and not person.email:
        st.caption(escape_markdown(NO_ADDRESS.format(person.name)))
    if is_too_long(make_mail_link(note, person)):
        st.caption(TOO_LONG)
    with st.expander("Copy it, or save it as an email"), st.container(key="note_files"):
        st.caption(REST_HINT)
        st.code(note.body, language=None, wrap_lines=True)
        file = make_eml(note, person, now, sender)
        st.download_button(
            "Save as an email (.eml)", file, "thank-you.eml", "message/rfc822", on_click="ignore", key=f"eml_{note.id}"
        )


def _show_sent(draft: NoteDraft, now: datetime) -> None:
    at = draft.begun.sent_at
    if at is None:
        st.button("I sent it", key=f"sent_{draft.begun.id}", on_click=_set_sent, args=(draft, now))
        return
    local = at.astimezone(now.tzinfo)
    st.markdown(escape_markdown(f"✓ Sent on {format_full_day(local)}, {local:%H:%M}."), width="content")
    key = f"unsent_{draft.begun.id}"
    st.button("Not sent after all", key=key, type="tertiary", on_click=_set_sent, args=(draft, None))


def _set_sent(draft: NoteDraft, at: datetime | None) -> None:
    with show_errors():
        drafts.set_sent(draft, at)


def show_sending_window(interview: Interview) -> None:
    """Show when to send notes after an interview, and why then."""
    found = find_note_window(interview)
    if found is None:
        st.info(NO_TIME)
        return
    best, opens, closes = map(_format_moment, (found.best, found.opens, found.closes))
    told = f"Best time: {best}. Any time until {closes} is fine."
    if best != opens:
        told = f"Best time: {best}. Any time from {opens} until {closes} is fine."
    st.caption(escape_markdown(f"{told} ({interview.zone})"))


def show_findings(note: ThankYou, known: ReviewContext, now: datetime) -> None:
    """Show every finding about a note with its rule.

    Args:
        note: as typed.
        known: what else the checks need: interview, people and other notes.
        now: with the user's time zone.
    """
    found = review_note(note, known, now)
    many = sum(each.verdict is not NoteVerdict.GOOD for each in found)
    label = f"Checks: {format_count(many, 'thing')} to look at" if many else "Checks: all good"
    with st.expander(label, expanded=bool(many) and bool(note.body.strip()), key="note_checks"):
        st.markdown("  \n".join(_format_finding(each) for each in found))


def _format_finding(found: NoteFinding) -> str:
    return f"{SIGNS[found.verdict]} {escape_markdown(found.sentence)} :small[{escape_markdown(found.citation)}]"


def _format_moment(at: datetime) -> str:
    return f"{format_day(at.date())}, {at.hour}:{at:%M}"
