"""A note while it is written: what its fields hold, and what was kept when they were filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import streamlit as st

from app_pages.ui import form_state
from app_pages.ui.store_access import get_store
from interview.debrief import Debrief
from interview.interview import Interview
from interview.person import Person, Way
from interview.thank_you.note import ThankYou, thank_you_id
from interview.validation import one_line

FIELDS = ("moment", "added_point", "question", "answer", "samples", "way", "subject", "body")
Values = Mapping[str, str]


@dataclass(frozen=True)
class Draft:
    """`begun` is what the fields were filled with: what is kept, or a new note with what the debrief has for it."""

    begun: ThankYou
    seen: ThankYou | None  # None: nothing was kept
    values: Values

    @property
    def is_kept(self) -> bool:
        """Whether nothing was typed since."""
        return self.values == values_of(self.begun)


def key(note: str, field: str) -> str:
    """The name of a field's widget."""
    return f"note_{field}_{note}"


def values_of(note: ThankYou) -> Values:
    """What the fields of a note hold."""
    texts = {field: str(getattr(note, field)) for field in FIELDS}
    return {**texts, "samples": "\n".join(note.samples), "way": note.way}


def opened(interview: Interview, person: Person, place: int) -> Draft:
    """What was typed and not saved in this session, else what is kept or can be begun with; raises StoreError."""
    note_id = thank_you_id(interview.id, person.id)
    draft: Draft | None = st.session_state.get(_name(note_id))
    is_new_here = key(note_id, "body") not in st.session_state
    if draft is None or (is_new_here and draft.is_kept):
        kept = [each for each in get_store().things(ThankYou, interview=interview.id) if each.id == note_id]
        seen = kept[0] if kept else None
        begun = seen or begin(interview, person, place, debrief_of(interview))
        draft = Draft(begun, seen, values_of(begun))
    remember(draft)
    for field, value in draft.values.items():
        st.session_state.setdefault(key(note_id, field), value)
    return draft


def remember(draft: Draft) -> None:
    """Note what the fields hold, so that it is there after a look at another page or another note."""
    st.session_state[_name(draft.begun.id)] = draft


def as_typed(draft: Draft) -> Draft:
    """The draft with what stands in the fields now."""
    note_id = draft.begun.id
    return replace(draft, values={f: st.session_state.get(key(note_id, f), old) for f, old in draft.values.items()})


def note(draft: Draft) -> ThankYou:
    """What stands in the fields as a note; raises EntryError."""
    values = draft.values
    return replace(
        draft.begun,
        moment=values["moment"],
        added_point=values["added_point"],
        answer=values["answer"],
        body=values["body"],
        question=one_line(values["question"]),
        subject=one_line(values["subject"]),
        samples=form_state.lines(values["samples"]),
        way=Way(values["way"]),
    )


def keep(draft: Draft, new: ThankYou) -> None:
    """Keep a note in the place of the one that was seen, its fields as they are; raises StoreError."""
    get_store().keep(new, instead_of=draft.seen)
    remember(replace(draft, begun=new, seen=new, values=values_of(new)))


def sent(draft: Draft, at: datetime | None) -> None:
    """Keep the note as sent, or as not sent after all; raises EntryError and StoreError."""
    keep(draft, replace(note(draft), sent_at=at))


def debrief_of(interview: Interview) -> Debrief | None:
    """The look back on an interview, None where there is none; raises StoreError."""
    return next(iter(get_store().things(Debrief, interview=interview.id)), None)


def begin(interview: Interview, person: Person, place: int, debrief: Debrief | None) -> ThankYou:
    """A new note with what the debrief has for it: by their place, people get different parts of it."""
    way = Way.EMAIL if person.prefers is Way.NOT_SAID else person.prefers
    blank = ThankYou(thank_you_id(interview.id, person.id), interview.id, person.id, way=way)
    if debrief is None:
        return blank
    remembered, wished = debrief.remember.text.strip().splitlines(), debrief.wished[place : place + 1]
    return replace(
        blank,
        moment=remembered[place] if place < len(remembered) else "",
        question=wished[0].question if wished else "",
        answer=wished[0].answer.text if wished else "",
    )


def _name(note_id: str) -> str:
    return f"note_draft_{note_id}"
