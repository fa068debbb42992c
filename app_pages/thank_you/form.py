"""The form of one note: its parts, the text made from them, the findings, and how to send it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages.interviews.wording import WAYS
from app_pages.thank_you import drafts, send
from app_pages.thank_you.drafts import make_widget_key
from app_pages.ui import current_time
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.person import ContactMethod, Person
from interview.thank_you.compose import compose
from interview.thank_you.note import MAX_SAMPLES
from interview.validation import MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS, to_one_line
from services.interviews.thank_you_notes import NoteDraft, find_last_sender, load_review_context, make_note

SENDER = "note_sender"
_TYPED_SENDER = "note_sender_typed"
PARTS = {
    "moment": ("A moment of the conversation", "the move from nightly tables to a stream"),
    "added_point": ("A point there was no time for", "the dashboard I built for a ferry line"),
}
PARTS_HELP = (
    "Write a few words, and they go into a sentence; write a whole sentence with its full stop, and it stands as it "
    "is. What is empty is left out."
)

BEGUN_FROM_DEBRIEF = "Begun with what your debrief has. Put it in words to this person, and change what does not suit."


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
    send.show_sending_window(interview)
    with st.container(key="note_fields"):
        sender = _show_fields(draft, person, interview, place)
    draft = drafts.as_typed(draft)
    drafts.remember(draft)
    _show_save_button(draft)
    with show_errors():
        note = make_note(draft)
        send.show_findings(note, load_review_context(get_store(), interview, people, person, sender), now)
        send.show_ways_to_send(draft, note, person, sender, now)


def _show_fields(draft: NoteDraft, person: Person, interview: Interview, place: int) -> str:
    """Show the parts and the text made from them; return the name the user signs with.

    Raises:
        StoreError: the data cannot be read.
    """
    note_id = draft.begun.id
    _show_parts(draft)
    sender = _ask_sender()
    _show_compose_button(draft, person, interview, place)
    st.text_input("Subject", max_chars=MAX_LINE_CHARACTERS, key=make_widget_key(note_id, "subject"))
    st.text_area(
        "The note, to change as you like",
        height=330,
        max_chars=MAX_TEXT_CHARACTERS,
        key=make_widget_key(note_id, "body"),
    )
    return sender


def _show_parts(draft: NoteDraft) -> None:
    note_id = draft.begun.id
    st.subheader("What goes into it", anchor=False)
    st.caption(PARTS_HELP)
    if draft.seen is None and (draft.begun.moment or draft.begun.question):
        st.info(BEGUN_FROM_DEBRIEF)
    for field, (label, hint) in PARTS.items():
        st.text_area(
            label, height=70, max_chars=MAX_TEXT_CHARACTERS, placeholder=hint, key=make_widget_key(note_id, field)
        )
    st.text_input(
        "A question you answered weakly, or not at all",
        max_chars=MAX_LINE_CHARACTERS,
        key=make_widget_key(note_id, "question"),
    )
    st.text_area(
        "The answer you would give now",
        height=70,
        max_chars=MAX_TEXT_CHARACTERS,
        key=make_widget_key(note_id, "answer"),
    )
    st.text_area(
        f"Samples of your work, or something you read or saw: up to {MAX_SAMPLES}, one a line",
        height=70,
        max_chars=MAX_TEXT_CHARACTERS,
        key=make_widget_key(note_id, "samples"),
    )
    ways = [way for way in WAYS if way is not ContactMethod.NOT_SAID]
    st.selectbox("How it goes out", ways, format_func=WAYS.__getitem__, key=make_widget_key(note_id, "way"))


def _ask_sender() -> str:
    """Ask for the user's name; it begins with what was typed last or stands under a stored note.

    Raises:
        StoreError: the data cannot be read.
    """
    if _TYPED_SENDER not in st.session_state:
        st.session_state[_TYPED_SENDER] = find_last_sender(get_store())
    st.session_state.setdefault(SENDER, st.session_state[_TYPED_SENDER])
    st.text_input("Your name, as it stands under the note", max_chars=MAX_LINE_CHARACTERS, key=SENDER)
    st.session_state[_TYPED_SENDER] = to_one_line(st.session_state[SENDER])
    return str(st.session_state[_TYPED_SENDER])


def _show_compose_button(draft: NoteDraft, person: Person, interview: Interview, place: int) -> None:
    has_text = bool(st.session_state[make_widget_key(draft.begun.id, "body")].strip())
    st.button(
        "Make the text anew" if has_text else "Make the text of it",
        key=f"compose_{draft.begun.id}",
        type="secondary" if has_text else "primary",
        help="It takes the place of the subject and the text below." if has_text else None,
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
    said = st.container()
    saves = st.button("Save the note", type="primary", key=f"save_{draft.begun.id}")
    with said, show_errors():
        if saves:
            drafts.save(draft)
            st.success("Saved.")
        elif not draft.is_saved:
            st.caption("Not saved yet.")
