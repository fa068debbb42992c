"""Edit and save a debrief: fields, dictation, and answers to practise again."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analysis.text.verbalize import drop_filler_sounds
from interview.debrief import Debrief, DebriefNote, WishedAnswer
from interview.ids import make_stable_id
from interview.interview import Interview, InterviewState
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import make_practice_questions, make_question_id
from interview.validation import EntryError
from services.asked_questions import make_debrief_prefix
from store.attempt import StoredAttempt
from store.store import Store

TEXT_FIELDS = ("keep", "did_not_go_well", "remember")
YES_NO_FIELDS = ("too_fast", "jittery", "enough_questions")
ANSWER_PREFIX = "answer:"  # begins the name of the field for an answer the user wishes they had given
DebriefValues = Mapping[str, str | bool | None]  # by field; only ASKED are no texts


@dataclass(frozen=True)
class DebriefDraft:
    """A debrief being edited: the values of its fields, and what was stored when they were filled.

    `spoken` are pairs of a field and the id of a recording inserted since it was saved, in that order.
    """

    interview: str
    seen: Debrief | None  # None: nothing was kept
    values: DebriefValues
    spoken: tuple[tuple[str, str], ...] = ()

    @property
    def is_saved(self) -> bool:
        """Whether the fields are unchanged since the last save."""
        return self.values == get_values(self.seen) and not self.spoken

    @property
    def wished(self) -> tuple[WishedAnswer, ...]:
        """The stored answers to give again."""
        return self.seen.wished if self.seen else ()


def get_field_name(interview_id: str, wished: WishedAnswer) -> str:
    """Return the field name for an answer to give again."""
    return ANSWER_PREFIX + make_question_id(interview_id, wished.question)


def get_values(debrief: Debrief | None) -> DebriefValues:
    """Return the field values of a debrief; None gives empty fields."""
    if debrief is None:
        return {**dict.fromkeys(TEXT_FIELDS, ""), **dict.fromkeys(YES_NO_FIELDS)}
    texts = {field: getattr(debrief, field).text for field in TEXT_FIELDS}
    answers = {get_field_name(debrief.interview, each): each.answer.text for each in debrief.wished}
    return {**texts, **{field: getattr(debrief, field) for field in YES_NO_FIELDS}, **answers}


def find_debrief(store: Store, interview: Interview) -> Debrief | None:
    """Return the debrief of an interview, None if there is none; raises StoreError."""
    return next(iter(store.load_documents(Debrief, interview=interview.id)), None)


def find_earlier_debriefs(store: Store, interview: Interview) -> tuple[Debrief, ...]:
    """Return the debriefs of other interviews at the same company, the latest first; raises StoreError.

    One that was invited again has its own debrief to go by.
    """
    company = interview.company.casefold()
    there = {each.id for each in store.load_documents(Interview) if each.company.casefold() == company}
    if interview.state is not InterviewState.INVITED_AGAIN:
        there -= {interview.id}
    found = (each for each in store.load_documents(Debrief) if each.interview in there)
    return tuple(sorted(found, key=lambda each: each.written_at, reverse=True))


def open_debrief(store: Store, interview: Interview) -> DebriefDraft:
    """Open a draft filled with the stored debrief; raises StoreError."""
    kept = find_debrief(store, interview)
    return DebriefDraft(interview.id, kept, get_values(kept))


def save_debrief(store: Store, draft: DebriefDraft, now: datetime) -> DebriefDraft:
    """Save the debrief and the questions to practise; returns the draft as saved.

    Raises:
        EntryError: a value cannot be stored.
        StoreError: it cannot be stored, or another window changed it.
    """
    return _save(store, draft, make_debrief(draft, now), draft.values, ())


def make_debrief(draft: DebriefDraft, now: datetime) -> Debrief:
    """Make a debrief from the field values; raises EntryError."""
    base = _get_base(draft, now)
    said: dict[str, Any] = {field: _make_note(draft, field) for field in TEXT_FIELDS}
    wished = tuple(
        replace(each, answer=_make_note(draft, get_field_name(draft.interview, each))) for each in base.wished
    )
    asked: dict[str, Any] = {field: draft.values[field] for field in YES_NO_FIELDS}
    return replace(base, written_at=now, wished=wished, **said, **asked)


def add_wished_answer(store: Store, draft: DebriefDraft, new: WishedAnswer, now: datetime) -> DebriefDraft:
    """Save one more answer to give again; other fields stay as typed, unsaved.

    Raises:
        EntryError: its question is missing or already there.
        StoreError: it cannot be stored, or another window changed the debrief.
    """
    if not new.question:
        raise EntryError("Please enter the question as they asked it.")
    if get_field_name(draft.interview, new) in {get_field_name(draft.interview, each) for each in draft.wished}:
        raise EntryError("You already have this question in the debrief. Change its answer there.")
    return _replace_wished(store, draft, (*draft.wished, new), now)


def remove_wished_answer(store: Store, draft: DebriefDraft, gone: WishedAnswer, now: datetime) -> DebriefDraft:
    """Remove an answer to give again; its question stays for practice. Raises StoreError."""
    return _replace_wished(store, draft, tuple(each for each in draft.wished if each != gone), now)


def find_new_dictations(
    store: Store, draft: DebriefDraft, fields: Collection[str]
) -> tuple[tuple[str, StoredAttempt], ...]:
    """Return the recordings that are not in their field yet, each with its field, oldest first.

    Raises StoreError.
    """
    prefix, history = make_debrief_prefix(draft.interview), store.load_history()
    recorded_at = {each.id: each.recorded_at for each in history}
    said = [(each.question.id.removeprefix(prefix), each) for each in history if each.question.id.startswith(prefix)]
    return tuple((field, each) for field, each in said if field in fields and _is_new(each, field, draft, recorded_at))


def load_dictated_text(store: Store, attempt_id: str) -> str:
    """Return the words of a recording without filled pauses; raises StoreError."""
    return " ".join(word.text for word in drop_filler_sounds(store.load_result(attempt_id).transcript.words))


def insert_dictation(draft: DebriefDraft, field: str, attempt_id: str, text: str) -> DebriefDraft:
    """Return the draft with the words of a recording appended to a field."""
    together = "\n".join(filter(None, (str(draft.values[field] or ""), text)))
    return replace(draft, values={**draft.values, field: together}, spoken=(*draft.spoken, (field, attempt_id)))


def get_note(debrief: Debrief | None, field: str) -> DebriefNote:
    """Return the stored note of a field; an empty one if there is none."""
    if debrief is None:
        return DebriefNote()
    answers = {get_field_name(debrief.interview, each): each.answer for each in debrief.wished}
    found: DebriefNote = answers.get(field) or (getattr(debrief, field) if field in TEXT_FIELDS else DebriefNote())
    return found


def _is_new(attempt: StoredAttempt, field: str, draft: DebriefDraft, recorded_at: Mapping[str, datetime]) -> bool:
    """Whether the recording was not inserted into the field, neither before the last save nor since."""
    if (field, attempt.id) in draft.spoken:
        return False
    last = get_note(draft.seen, field).attempt
    if last is None or draft.seen is None:
        return True
    return last != attempt.id and attempt.recorded_at > recorded_at.get(last, draft.seen.written_at)


def _replace_wished(store: Store, draft: DebriefDraft, wished: tuple[WishedAnswer, ...], now: datetime) -> DebriefDraft:
    new = replace(_get_base(draft, now), wished=wished)
    kept = get_values(new)
    values = {field: draft.values.get(field, value) for field, value in kept.items()}
    return _save(store, draft, new, values, tuple(each for each in draft.spoken if each[0] in kept))


def _save(
    store: Store, draft: DebriefDraft, new: Debrief, values: DebriefValues, spoken: tuple[tuple[str, str], ...]
) -> DebriefDraft:
    store.save(new, expected=draft.seen)
    to_practise = replace(new, wished=tuple(each for each in new.wished if each not in draft.wished))
    for question, old in make_practice_questions(to_practise, store.load_documents(OwnQuestion)):
        store.save(question, expected=old)
    return replace(draft, seen=new, values=values, spoken=spoken)


def _get_base(draft: DebriefDraft, now: datetime) -> Debrief:
    made = make_stable_id("debrief", draft.interview)  # the same from two windows, so that there is one
    return draft.seen or Debrief(made, draft.interview, now)


def _make_note(draft: DebriefDraft, field: str) -> DebriefNote:
    """Make the note of a field: its text, and the last recording it came from."""
    return DebriefNote(
        str(draft.values[field] or ""), dict(draft.spoken).get(field) or get_note(draft.seen, field).attempt
    )
