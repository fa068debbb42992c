"""Check a note by the documents' advice, and send it: as text, as a file or by a link into a mail program."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from app_pages.interviews.wording import format_full_day
from app_pages.thank_you import drafts
from app_pages.ui.errors import show_errors
from app_pages.ui.templates import show_style
from app_pages.ui.wording import escape_markdown, format_rule, format_rule_reason
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

NO_TEXT_YET = "Write the draft first. Then you can copy it, save it as an email, or open it in your mail program."
TOO_LONG = "The note is too long to open in a mail program from here. Copy it, or save it as an email."
NO_ADDRESS = "You have no email address for {}. Add it under People, or type it in when you send."
ON_PAPER = {ContactMethod.LETTER: ("note_card",), ContactMethod.BY_HAND: ("note_by_hand", "note_card")}
REST_HINT = "Click outside the text box to update these."
SIGNS = {
    NoteVerdict.GOOD: "✓",
    NoteVerdict.LOOK: "? **Check:**",
    NoteVerdict.CHANGE: "▲ **Change:**",
}
NO_TIME = "Add the time of the interview to see when to send your notes."


def show_ways_to_send(draft: NoteDraft, note: ThankYou, person: Person, sender: str, now: datetime) -> None:
    """Show the ways to send the note as it is in the fields.

    Args:
        draft: of the note.
        note: as typed.
        person: it is for.
        sender: the name the user signs with.
        now: with the user's time zone.
    """
    st.header("Send it", anchor=False)
    if not note.body.strip():
        st.markdown(NO_TEXT_YET)
        return
    for each in ON_PAPER.get(note.way, ()):
        st.markdown(format_rule(get_rule(each)))
    if note.way is ContactMethod.EMAIL and not person.email:
        st.caption(escape_markdown(NO_ADDRESS.format(person.name)))
    show_style("thank_you/templates/send.css")
    st.caption(REST_HINT)
    with st.container(key="note_ways"):
        with st.expander("Copy the text"):
            st.code(note.body, language=None, wrap_lines=True)
        _show_mail(note, person, sender, now)
    _show_sent(draft, now)


def _show_mail(note: ThankYou, person: Person, sender: str, now: datetime) -> None:
    link = make_mail_link(note, person)
    with st.container(horizontal=True):
        file = make_eml(note, person, now, sender)
        st.download_button(
            "Save as an email (.eml)", file, "thank-you.eml", "message/rfc822", on_click="ignore", key=f"eml_{note.id}"
        )
        if not is_too_long(link):
            st.link_button("Open in your mail program", link)
    if is_too_long(link):
        st.caption(TOO_LONG)


def _show_sent(draft: NoteDraft, now: datetime) -> None:
    at = draft.begun.sent_at
    with st.container(horizontal=True, vertical_alignment="center"):
        if at is None:
            st.button("I sent it", key=f"sent_{draft.begun.id}", on_click=_set_sent, args=(draft, now))
        else:
            local = at.astimezone(now.tzinfo)
            st.markdown(escape_markdown(f"✓ Sent on {format_full_day(local)}, {local:%H:%M}."))
            st.button(
                "Not sent after all",
                key=f"unsent_{draft.begun.id}",
                type="tertiary",
                on_click=_set_sent,
                args=(draft, None),
            )


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
    st.markdown(escape_markdown(f"{told} ({interview.zone})"))
    st.markdown(format_rule_reason(get_rule("note_window")))


def show_findings(note: ThankYou, known: ReviewContext, now: datetime) -> None:
    """Show every finding about a note with its rule.

    Args:
        note: as typed.
        known: what else the checks need: interview, people and other notes.
        now: with the user's time zone.
    """
    st.header("Checks", anchor=False)
    st.markdown("  \n".join(_format_finding(each) for each in review_note(note, known, now)))


def _format_finding(found: NoteFinding) -> str:
    return f"{SIGNS[found.verdict]} {escape_markdown(found.sentence)} :small[{escape_markdown(found.citation)}]"


def _format_moment(at: datetime) -> str:
    return f"{format_day(at.date())}, {at.hour}:{at:%M}"
