"""The page of thank-you notes: one to each person met, in the user's own words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import streamlit as st

from app_pages.components import interview_picker
from app_pages.interviews.wording import WAYS
from app_pages.thank_you import drafts, send
from app_pages.thank_you.drafts import make_widget_key
from app_pages.ui import current_time
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import format_rule, format_rule_reason
from content.follow_up_rules import get_rule, list_rules
from interview.follow_up.situation import format_person
from interview.interview import Interview
from interview.person import ContactMethod, Person
from interview.thank_you.compose import compose
from interview.thank_you.note import MAX_SAMPLES, ThankYou
from interview.validation import MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS, to_one_line
from services.interviews.belongings import find_people_met
from services.interviews.thank_you_notes import NoteDraft, find_last_sender, find_notes, load_review_context, make_note

PEOPLE_SECTION = "People"  # as the address of an interview names it
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
        link_to_interview(interview.id, "Add the people you met", section=PEOPLE_SECTION)
        return
    notes = find_notes(get_store(), interview)
    labels = {each.id: f"{format_person(each)} · {_describe_status(notes.get(each.id))}" for each in people}
    chosen = st.selectbox("To", labels, format_func=labels.__getitem__, key=f"note_to_{interview.id}")
    place = list(labels).index(chosen)
    show_note(interview, people, place)


def _describe_status(note: ThankYou | None) -> str:
    if note is None:
        return "no note yet"
    return "sent" if note.sent_at else "saved, not sent yet"


SENDER = "note_sender"
_SAVED = "note_saved"  # id of the note that was saved by the last click
_TYPED_SENDER = "note_sender_typed"
PARTS = {
    "moment": ("Something you talked about", "the move from nightly tables to a stream"),
    "added_point": ("Something you didn't get to say", "the dashboard I built for a ferry line"),
}
PARTS_HELP = "Type a phrase or a full sentence. Empty fields are skipped."
BEGUN_FROM_DEBRIEF = "Filled in from your debrief. Adapt it to this person."


def show_note(interview: Interview, people: Sequence[Person], place: int) -> None:
    """Show the note to one person.

    Args:
        interview: the note is about.
        people: those met.
        place: of the person among them, from 0.

    Raises:
        StoreError: the data cannot be read.
    """
    person, now = people[place], current_time.now()
    draft = drafts.open_draft(interview, person, place)
    _show_saved(draft)
    few, letter = st.columns([2, 3], gap="medium")
    with few, st.container(key="note_fields"):
        _show_facts(person)
        send.show_sending_window(interview)
        sender = _show_parts(draft, person, interview, place)
    with letter, st.container(key="note_letter"):
        _show_letter(draft)
        draft = drafts.as_typed(draft)
        drafts.remember(draft)
        with show_errors():
            note = make_note(draft)
            send.show_next_steps(draft, note, person, now)
        _show_save_button(draft)
    with show_errors():
        note = make_note(draft)
        send.show_findings(note, load_review_context(get_store(), interview, people, person, sender), now)
        send.show_other_ways(note, person, sender, now)
    with st.expander("What makes a good thank-you note"):
        st.markdown(format_rule_reason(get_rule("note_window")))
        for rule in list_rules("note"):
            st.markdown(format_rule(rule))


def _show_facts(person: Person) -> None:
    way = "" if person.prefers is ContactMethod.NOT_SAID else f"Preferred contact: {WAYS[person.prefers].lower()}"
    address = person.email or "No email address yet"
    st.text(" · ".join(filter(None, (way, address))))  # as it stands: Markdown would make a link of an address


def _show_letter(draft: NoteDraft) -> None:
    note_id = draft.begun.id
    st.text_input("Subject", max_chars=MAX_LINE_CHARACTERS, key=make_widget_key(note_id, "subject"))
    st.text_area("Your note", height=230, max_chars=MAX_TEXT_CHARACTERS, key=make_widget_key(note_id, "body"))


def _show_parts(draft: NoteDraft, person: Person, interview: Interview, place: int) -> str:
    """Show what goes into the note, most of it folded; return the name the user signs with.

    Raises:
        StoreError: the data cannot be read.
    """
    if draft.seen is None and (draft.begun.moment or draft.begun.question):
        st.caption(BEGUN_FROM_DEBRIEF)
    _ask_part(draft, "moment")
    sender = _ask_sender()
    _show_compose_button(draft, person, interview, place)
    with st.expander("More to put in"):
        _show_more_parts(draft)
    return sender


def _ask_part(draft: NoteDraft, field: str) -> None:
    label, hint = PARTS[field]
    key = make_widget_key(draft.begun.id, field)
    st.text_area(label, height=70, max_chars=MAX_TEXT_CHARACTERS, placeholder=hint, key=key)


def _show_more_parts(draft: NoteDraft) -> None:
    note_id = draft.begun.id
    st.caption(PARTS_HELP)
    _ask_part(draft, "added_point")
    st.text_input(
        "A question to answer again, or to go deeper into",
        max_chars=MAX_LINE_CHARACTERS,
        key=make_widget_key(note_id, "question"),
    )
    st.text_area(
        "The answer you would give now",
        height=70,
        max_chars=MAX_TEXT_CHARACTERS,
        key=make_widget_key(note_id, "answer"),
    )
    st.text_input(
        "Why that question matters",
        max_chars=MAX_LINE_CHARACTERS,
        placeholder="it decides whether patients come back",
        key=make_widget_key(note_id, "why"),
    )
    st.text_area(
        f"Work to attach, or a book, article or event: up to {MAX_SAMPLES}, one per line",
        height=70,
        max_chars=MAX_TEXT_CHARACTERS,
        placeholder="my rota template\nthe book “Being Mortal”",
        key=make_widget_key(note_id, "samples"),
    )
    ways = [way for way in WAYS if way is not ContactMethod.NOT_SAID]
    st.selectbox("Send by", ways, format_func=WAYS.__getitem__, key=make_widget_key(note_id, "way"))


def _ask_sender() -> str:
    """Ask for the user's name; it begins with what was typed last or stands under a stored note.

    Raises:
        StoreError: the data cannot be read.
    """
    if _TYPED_SENDER not in st.session_state:
        st.session_state[_TYPED_SENDER] = find_last_sender(get_store())
    st.session_state.setdefault(SENDER, st.session_state[_TYPED_SENDER])
    st.text_input("Your name", max_chars=MAX_LINE_CHARACTERS, key=SENDER)
    st.session_state[_TYPED_SENDER] = to_one_line(st.session_state[SENDER])
    return str(st.session_state[_TYPED_SENDER])


def _has_text(draft: NoteDraft) -> bool:
    """Return whether the note has been written, as far as it is in its field."""
    return bool(st.session_state[make_widget_key(draft.begun.id, "body")].strip())


def _show_compose_button(draft: NoteDraft, person: Person, interview: Interview, place: int) -> None:
    has_text = _has_text(draft)
    st.button(
        "Rewrite draft" if has_text else "Write draft",
        key=f"compose_{draft.begun.id}",
        type="secondary" if has_text else "primary",
        help="This replaces the subject and the text below." if has_text else None,
        on_click=_compose_note,
        args=(draft, person, interview, place),
    )


def _compose_note(draft: NoteDraft, person: Person, interview: Interview, place: int) -> None:
    sender = to_one_line(st.session_state[SENDER])  # typed just now, maybe: the click is what ended the typing
    with show_errors():
        composed = compose(make_note(drafts.as_typed(draft)), person, interview, sender, place)
        for field in ("subject", "body"):
            st.session_state[make_widget_key(draft.begun.id, field)] = getattr(composed, field)


def _show_save_button(draft: NoteDraft) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        kind: Literal["primary", "secondary"] = "primary" if _has_text(draft) else "secondary"  # first it is written
        st.button("Save note", type=kind, key=f"save_{draft.begun.id}", on_click=_save, args=(draft,))
        if not draft.is_saved:
            st.caption("Not saved yet.")


def _save(draft: NoteDraft) -> None:
    """Save what is typed before the page is drawn, so that the choice of people says so already."""
    with show_errors():
        drafts.save(drafts.as_typed(draft))
        st.session_state[_SAVED] = draft.begun.id


def _show_saved(draft: NoteDraft) -> None:
    if st.session_state.pop(_SAVED, None) == draft.begun.id:
        st.success("Note saved.")


st.title("Thank-you notes", anchor=False)
st.caption("A few lines to everyone you met. Nothing is sent from here: you send it.")
with show_errors():
    interview = interview_picker.pick_interview("thanks")
    if interview is not None:
        show_recipients(interview)
