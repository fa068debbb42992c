"""Write a thank-you note: what it begins with, what it is reviewed with, and whether it was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interview.debrief import Debrief
from interview.interview import Interview
from interview.person import Person, Way
from interview.thank_you.checks.names import Named
from interview.thank_you.checks.review import Around
from interview.thank_you.note import ThankYou, thank_you_id
from interview.validation import lines, one_line
from services.interviews.debriefs import find_debrief
from store.store import Store

FIELDS = ("moment", "added_point", "question", "answer", "samples", "way", "subject", "body")
CLOSE = "Kind regards,\n"
Values = Mapping[str, str]


@dataclass(frozen=True)
class NoteDraft:
    """A note while it is written: what its fields hold, and what was kept when they were filled.

    `begun` is what the fields were filled with: what is kept, or a new note with what the debrief has for it.
    """

    begun: ThankYou
    seen: ThankYou | None  # None: nothing was kept
    values: Values

    @property
    def is_kept(self) -> bool:
        """Whether nothing was typed since."""
        return self.values == values_of(self.begun)


def values_of(note: ThankYou) -> Values:
    """Return what the fields of a note hold."""
    texts = {field: str(getattr(note, field)) for field in FIELDS}
    return {**texts, "samples": "\n".join(note.samples), "way": note.way}


def find_notes(store: Store, interview: Interview) -> Mapping[str, ThankYou]:
    """Return the notes after an interview, by the person's id; raises StoreError."""
    return {note.person: note for note in store.things(ThankYou, interview=interview.id)}


def open_note(store: Store, interview: Interview, person: Person, place: int) -> NoteDraft:
    """Return a draft of what is kept, or of a new note; raises StoreError.

    `place` is the person's among those met, from 0: people get different parts of the debrief.
    """
    note_id = thank_you_id(interview.id, person.id)
    seen = next((each for each in store.things(ThankYou, interview=interview.id) if each.id == note_id), None)
    begun = seen or begin_note(interview, person, place, find_debrief(store, interview))
    return NoteDraft(begun, seen, values_of(begun))


def begin_note(interview: Interview, person: Person, place: int, debrief: Debrief | None) -> ThankYou:
    """Return a new note with what the debrief has for it; `place` as for `open_note`."""
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


def note_of(draft: NoteDraft) -> ThankYou:
    """Return what the fields hold as a note; raises EntryError."""
    values = draft.values
    return replace(
        draft.begun,
        moment=values["moment"],
        added_point=values["added_point"],
        answer=values["answer"],
        body=values["body"],
        question=one_line(values["question"]),
        subject=one_line(values["subject"]),
        samples=lines(values["samples"]),
        way=Way(values["way"]),
    )


def save_note(store: Store, draft: NoteDraft) -> NoteDraft:
    """Store what the fields hold and return the draft as kept; raises EntryError and StoreError."""
    return _save(store, draft, note_of(draft))


def mark_sent(store: Store, draft: NoteDraft, at: datetime | None) -> NoteDraft:
    """Store the note as sent, or with None as not sent after all; raises EntryError and StoreError."""
    return _save(store, draft, replace(note_of(draft), sent_at=at))


def last_sender(store: Store) -> str:
    """Return the name under the latest note that ends with one; empty where there is none. Raises StoreError."""
    bodies = [each.body for each in reversed(store.things(ThankYou))]
    names = [body.rpartition(CLOSE)[2].strip() for body in bodies if CLOSE in body]
    return next((name for name in names if name and "\n" not in name), "")


def review_context(store: Store, interview: Interview, people: Sequence[Person], person: Person, sender: str) -> Around:
    """Return what a note to one of the people is reviewed with; raises StoreError."""
    notes = find_notes(store, interview)
    others = tuple(each for each in people if each.id != person.id)
    companies = {each.company for each in store.things(Interview) if each.id != interview.id}
    written = tuple((each, notes[each.id]) for each in others if each.id in notes and notes[each.id].body.strip())
    named = Named(person, interview, others, tuple(sorted(companies)), sender)
    return Around(named, find_debrief(store, interview), written)


def _save(store: Store, draft: NoteDraft, new: ThankYou) -> NoteDraft:
    store.keep(new, instead_of=draft.seen)
    return replace(draft, begun=new, seen=new, values=values_of(new))
