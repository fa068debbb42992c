"""One note: its parts, the text made of them, what is to be looked at, and the ways to send it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from app_pages.interviews.wording import WAYS
from app_pages.thank_you import drafts, send
from app_pages.thank_you.drafts import key
from app_pages.ui import current_time
from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.person import Person, Way
from interview.thank_you.compose import compose
from interview.thank_you.note import MOST_SAMPLES
from interview.validation import LINE, TEXT, one_line
from services.interviews.thank_you_notes import NoteDraft, last_sender, note_of, review_context

SENDER = "note_sender"
_TYPED_SENDER = "note_sender_typed"
PARTS = {
    "moment": ("A moment of the conversation", "the move from nightly tables to a stream"),
    "added_point": ("A point there was no time for", "the dashboard I built for a ferry line"),
}
HOW = (
    "Write a few words, and they go into a sentence; write a whole sentence with its full stop, and it stands as it "
    "is. What is empty is left out."
)

BEGUN = "Begun with what your debrief has. Put it in words to this person, and change what does not suit."


def show(interview: Interview, people: Sequence[Person], place: int) -> None:
    """The note to the person at a place; raises StoreError."""
    person, now = people[place], current_time.now()
    draft = drafts.opened(interview, person, place)
    send.show_sending_window(interview)
    with st.container(key="note_fields"):
        sender = _fields(draft, person, interview, place)
    draft = drafts.as_typed(draft)
    drafts.remember(draft)
    _save(draft)
    with show_errors():
        note = note_of(draft)
        send.show_findings(note, review_context(get_store(), interview, people, person, sender), now)
        send.show(draft, note, person, sender, now)


def _fields(draft: NoteDraft, person: Person, interview: Interview, place: int) -> str:
    """The parts, the text made of them, and the user's name, which is given back; raises StoreError."""
    note_id = draft.begun.id
    _parts(draft)
    sender = _sender()
    _compose(draft, person, interview, place)
    st.text_input("Subject", max_chars=LINE, key=key(note_id, "subject"))
    st.text_area("The note, to change as you like", height=330, max_chars=TEXT, key=key(note_id, "body"))
    return sender


def _parts(draft: NoteDraft) -> None:
    note_id = draft.begun.id
    st.subheader("What goes into it", anchor=False)
    st.caption(HOW)
    if draft.seen is None and (draft.begun.moment or draft.begun.question):
        st.info(BEGUN)
    for field, (label, hint) in PARTS.items():
        st.text_area(label, height=70, max_chars=TEXT, placeholder=hint, key=key(note_id, field))
    st.text_input("A question you answered weakly, or not at all", max_chars=LINE, key=key(note_id, "question"))
    st.text_area("The answer you would give now", height=70, max_chars=TEXT, key=key(note_id, "answer"))
    st.text_area(
        f"Samples of your work, or something you read or saw: up to {MOST_SAMPLES}, one a line",
        height=70,
        max_chars=TEXT,
        key=key(note_id, "samples"),
    )
    ways = [way for way in WAYS if way is not Way.NOT_SAID]
    st.selectbox("How it goes out", ways, format_func=WAYS.__getitem__, key=key(note_id, "way"))


def _sender() -> str:
    """The user's name, as it was typed last or stands under a note that is kept; raises StoreError."""
    if _TYPED_SENDER not in st.session_state:
        st.session_state[_TYPED_SENDER] = last_sender(get_store())
    st.session_state.setdefault(SENDER, st.session_state[_TYPED_SENDER])
    st.text_input("Your name, as it stands under the note", max_chars=LINE, key=SENDER)
    st.session_state[_TYPED_SENDER] = one_line(st.session_state[SENDER])
    return str(st.session_state[_TYPED_SENDER])


def _compose(draft: NoteDraft, person: Person, interview: Interview, place: int) -> None:
    has_text = bool(st.session_state[key(draft.begun.id, "body")].strip())
    st.button(
        "Make the text anew" if has_text else "Make the text of it",
        key=f"compose_{draft.begun.id}",
        type="secondary" if has_text else "primary",
        help="It takes the place of the subject and the text below." if has_text else None,
        on_click=_put_together,
        args=(draft, person, interview, place),
    )


def _put_together(draft: NoteDraft, person: Person, interview: Interview, place: int) -> None:
    sender = one_line(st.session_state[SENDER])  # typed just now, maybe: the click is what ended the typing
    with show_errors():
        composed = compose(note_of(drafts.as_typed(draft)), person, interview, sender, place)
        for field in ("subject", "body"):
            st.session_state[key(draft.begun.id, field)] = getattr(composed, field)


def _save(draft: NoteDraft) -> None:
    said = st.container()
    saves = st.button("Save the note", type="primary", key=f"save_{draft.begun.id}")
    with said, show_errors():
        if saves:
            drafts.save(draft)
            st.success("Saved.")
        elif not draft.is_kept:
            st.caption("Not saved yet.")
