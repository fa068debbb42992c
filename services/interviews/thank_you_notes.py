"""Write thank-you notes: open and save drafts, gather what a review needs, and mark notes as sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from interview.debrief import Debrief
from interview.interview import Interview
from interview.person import ContactMethod, Person
from interview.thank_you.checks.names import KnownNames
from interview.thank_you.checks.review import ReviewContext
from interview.thank_you.note import ThankYou, make_thank_you_id
from interview.thank_you.phrases import is_note_to_oneself
from interview.validation import split_lines, to_one_line
from services.interviews.debriefs import find_debrief
from store.store import Store

FIELDS = ("moment", "added_point", "question", "answer", "why", "samples", "way", "subject", "body")
CLOSING_LINE = "Kind regards,\n"
NoteValues = Mapping[str, str]


@dataclass(frozen=True)
class NoteDraft:
    """A note being edited: the values of its fields, and what was stored when they were filled.

    `begun` is what the fields were filled with: the stored note, or a new one prefilled from the
    debrief.
    """

    begun: ThankYou
    seen: ThankYou | None  # None: nothing was kept
    values: NoteValues

    @property
    def is_saved(self) -> bool:
        """Whether nothing was typed since the fields were filled."""
        return self.values == get_values(self.begun)


def get_values(note: ThankYou) -> NoteValues:
    """Return the field values of a note."""
    texts = {field: str(getattr(note, field)) for field in FIELDS}
    return {**texts, "samples": "\n".join(note.samples), "way": note.way}


def find_notes(store: Store, interview: Interview) -> Mapping[str, ThankYou]:
    """Return the notes after an interview by the person's id; raises StoreError."""
    return {note.person: note for note in store.load_documents(ThankYou, interview=interview.id)}


def open_note(store: Store, interview: Interview, person: Person, place: int) -> NoteDraft:
    """Open a draft of the stored note, or of a new one; raises StoreError.

    Args:
        store: where notes are stored.
        interview: the interview.
        person: the recipient.
        place: index of the person among those met, from 0; each gets a different part of the debrief.
    """
    note_id = make_thank_you_id(interview.id, person.id)
    seen = next((each for each in store.load_documents(ThankYou, interview=interview.id) if each.id == note_id), None)
    begun = seen or begin_note(interview, person, place, find_debrief(store, interview))
    return NoteDraft(begun, seen, get_values(begun))


def begin_note(interview: Interview, person: Person, place: int, debrief: Debrief | None) -> ThankYou:
    """Make a new note prefilled from the debrief, if there is one; `place` as for `open_note`."""
    way = ContactMethod.EMAIL if person.prefers is ContactMethod.NOT_SAID else person.prefers
    blank = ThankYou(make_thank_you_id(interview.id, person.id), interview.id, person.id, way=way)
    if debrief is None:
        return blank
    lines = [line.strip() for line in debrief.remember.text.splitlines()]
    remembered = [line for line in lines if line and not is_note_to_oneself(line)]
    wished = debrief.wished[place : place + 1]
    return replace(
        blank,
        moment=remembered[place] if place < len(remembered) else "",
        question=wished[0].question if wished else "",
        answer=wished[0].answer.text if wished else "",
        why=wished[0].why if wished else "",
        is_deeper=bool(wished) and wished[0].is_deeper,
    )


def make_note(draft: NoteDraft) -> ThankYou:
    """Make a note from the field values; raises EntryError."""
    values = draft.values
    return replace(
        draft.begun,
        moment=values["moment"],
        added_point=values["added_point"],
        answer=values["answer"],
        why=values["why"],
        body=values["body"],
        question=to_one_line(values["question"]),
        subject=to_one_line(values["subject"]),
        samples=split_lines(values["samples"]),
        way=ContactMethod(values["way"]),
    )


def save_note(store: Store, draft: NoteDraft) -> NoteDraft:
    """Save the note and return the draft as saved; raises EntryError and StoreError."""
    return _save(store, draft, make_note(draft))


def mark_sent(store: Store, draft: NoteDraft, at: datetime | None) -> NoteDraft:
    """Save the note as sent at a time, or with None as not sent; raises EntryError and StoreError."""
    return _save(store, draft, replace(make_note(draft), sent_at=at))


def find_last_sender(store: Store) -> str:
    """Return the name below the latest note that has one; empty if there is none. Raises StoreError."""
    bodies = [each.body for each in reversed(store.load_documents(ThankYou))]
    names = [body.rpartition(CLOSING_LINE)[2].strip() for body in bodies if CLOSING_LINE in body]
    return next((name for name in names if name and "\n" not in name), "")


def load_review_context(
    store: Store, interview: Interview, people: Sequence[Person], person: Person, sender: str
) -> ReviewContext:
    """Load what the note to a person is reviewed with; raises StoreError.

    Args:
        store: where everything is stored.
        interview: the interview.
        people: those whose names and notes count.
        person: the recipient.
        sender: the name below the note; may be empty.
    """
    notes = find_notes(store, interview)
    others = tuple(each for each in people if each.id != person.id)
    companies = {each.company for each in store.load_documents(Interview) if each.id != interview.id}
    written = tuple((each, notes[each.id]) for each in others if each.id in notes and notes[each.id].body.strip())
    named = KnownNames(person, interview, others, tuple(sorted(companies)), sender)
    return ReviewContext(named, find_debrief(store, interview), written)


def _save(store: Store, draft: NoteDraft, new: ThankYou) -> NoteDraft:
    store.save(new, expected=draft.seen)
    return replace(draft, begun=new, seen=new, values=get_values(new))
