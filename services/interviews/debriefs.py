"""Save a debrief: what its fields hold, what was said for them, and answers to give again as questions to practise."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from analysis.text.verbalize import speech_only
from interview.debrief import Debrief, Said, WishedAnswer
from interview.ids import same_id
from interview.interview import Interview
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import practice_questions, question_id
from interview.validation import EntryError
from services.asked_questions import debrief_prefix
from store.attempt import KeptAttempt
from store.store import Store

TEXTS = ("keep", "did_not_go_well", "remember")
ASKED = ("too_fast", "jittery", "enough_questions")
ANSWER = "answer:"  # begins the name of the field for an answer the user wishes they had given
Values = Mapping[str, str | bool | None]  # by field; only ASKED are no texts


@dataclass(frozen=True)
class DebriefDraft:
    """A debrief while it is written: what its fields hold, and what was kept when they were filled.

    `spoken` are the fields and the recordings whose words were put into them since it was kept, in that order.
    """

    interview: str
    seen: Debrief | None  # None: nothing was kept
    values: Values
    spoken: tuple[tuple[str, str], ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the fields hold what is kept."""
        return self.values == values_of(self.seen) and not self.spoken

    @property
    def wished(self) -> tuple[WishedAnswer, ...]:
        """The answers to give again, as they are kept."""
        return self.seen.wished if self.seen else ()


def field_of(interview_id: str, wished: WishedAnswer) -> str:
    """Return the name of the field for one answer to give again."""
    return ANSWER + question_id(interview_id, wished.question)


def values_of(debrief: Debrief | None) -> Values:
    """Return what the fields of a debrief hold; None for an empty one."""
    if debrief is None:
        return {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(ASKED)}
    texts = {field: getattr(debrief, field).text for field in TEXTS}
    answers = {field_of(debrief.interview, each): each.answer.text for each in debrief.wished}
    return {**texts, **{field: getattr(debrief, field) for field in ASKED}, **answers}


def find_debrief(store: Store, interview: Interview) -> Debrief | None:
    """Return the debrief of an interview, None where there is none; raises StoreError."""
    return next(iter(store.things(Debrief, interview=interview.id)), None)


def open_debrief(store: Store, interview: Interview) -> DebriefDraft:
    """Return a draft that holds what is kept; raises StoreError."""
    kept = find_debrief(store, interview)
    return DebriefDraft(interview.id, kept, values_of(kept))


def save_debrief(store: Store, draft: DebriefDraft, now: datetime) -> DebriefDraft:
    """Store what the fields hold, and the answers to give again as questions to practise; returns the draft as kept.

    Raises EntryError for what cannot be kept, StoreError.
    """
    return _save(store, draft, debrief_of(draft, now), draft.values, ())


def debrief_of(draft: DebriefDraft, now: datetime) -> Debrief:
    """Return what the fields hold as a debrief; raises EntryError."""
    base = _base(draft, now)
    said: dict[str, Any] = {field: _said(draft, field) for field in TEXTS}
    wished = tuple(replace(each, answer=_said(draft, field_of(draft.interview, each))) for each in base.wished)
    asked: dict[str, Any] = {field: draft.values[field] for field in ASKED}
    return replace(base, written_at=now, wished=wished, **said, **asked)


def add_wished_answer(store: Store, draft: DebriefDraft, new: WishedAnswer, now: datetime) -> DebriefDraft:
    """Store one more answer to give again; what else was typed stays as it is, unsaved.

    Raises EntryError where its question is missing or there already, StoreError.
    """
    if not new.question:
        raise EntryError("The question is missing. Write it as they asked it, then save.")
    if field_of(draft.interview, new) in {field_of(draft.interview, each) for each in draft.wished}:
        raise EntryError("This question is in the debrief already. Change its answer there.")
    return _with_wished(store, draft, (*draft.wished, new), now)


def remove_wished_answer(store: Store, draft: DebriefDraft, gone: WishedAnswer, now: datetime) -> DebriefDraft:
    """Take an answer to give again out of a debrief; its question stays to be practised. Raises StoreError."""
    return _with_wished(store, draft, tuple(each for each in draft.wished if each != gone), now)


def new_dictations(store: Store, draft: DebriefDraft, fields: Collection[str]) -> tuple[tuple[str, KeptAttempt], ...]:
    """Return what was said for the fields and is not in them yet, each with its field, oldest first.

    Raises StoreError.
    """
    prefix, history = debrief_prefix(draft.interview), store.history()
    recorded_at = {each.id: each.recorded_at for each in history}
    said = [(each.question.id.removeprefix(prefix), each) for each in history if each.question.id.startswith(prefix)]
    return tuple((field, each) for field, each in said if field in fields and _is_new(each, field, draft, recorded_at))


def dictated_text(store: Store, attempt_id: str) -> str:
    """Return the words of a recording, without filler sounds; raises StoreError."""
    return " ".join(word.text for word in speech_only(store.result(attempt_id).transcript.words))


def insert_dictation(draft: DebriefDraft, field: str, attempt_id: str, text: str) -> DebriefDraft:
    """Return the draft with the words of a recording behind what a field holds."""
    together = "\n".join(filter(None, (str(draft.values[field] or ""), text)))
    return replace(draft, values={**draft.values, field: together}, spoken=(*draft.spoken, (field, attempt_id)))


def said_in(debrief: Debrief | None, field: str) -> Said:
    """Return what is kept in a field."""
    if debrief is None:
        return Said()
    answers = {field_of(debrief.interview, each): each.answer for each in debrief.wished}
    found: Said = answers.get(field) or (getattr(debrief, field) if field in TEXTS else Said())
    return found


def _is_new(attempt: KeptAttempt, field: str, draft: DebriefDraft, recorded_at: Mapping[str, datetime]) -> bool:
    """Whether its words were not put into the field yet, neither when that was kept nor since."""
    if (field, attempt.id) in draft.spoken:
        return False
    last = said_in(draft.seen, field).attempt
    if last is None or draft.seen is None:
        return True
    return last != attempt.id and attempt.recorded_at > recorded_at.get(last, draft.seen.written_at)


def _with_wished(store: Store, draft: DebriefDraft, wished: tuple[WishedAnswer, ...], now: datetime) -> DebriefDraft:
    new = replace(_base(draft, now), wished=wished)
    kept = values_of(new)
    values = {field: draft.values.get(field, value) for field, value in kept.items()}
    return _save(store, draft, new, values, tuple(each for each in draft.spoken if each[0] in kept))


def _save(
    store: Store, draft: DebriefDraft, new: Debrief, values: Values, spoken: tuple[tuple[str, str], ...]
) -> DebriefDraft:
    store.keep(new, instead_of=draft.seen)
    to_practise = replace(new, wished=tuple(each for each in new.wished if each not in draft.wished))
    for question, old in practice_questions(to_practise, store.things(OwnQuestion)):
        store.keep(question, instead_of=old)
    return replace(draft, seen=new, values=values, spoken=spoken)


def _base(draft: DebriefDraft, now: datetime) -> Debrief:
    made = same_id("debrief", draft.interview)  # the same from two windows, so that there is one
    return draft.seen or Debrief(made, draft.interview, now)


def _said(draft: DebriefDraft, field: str) -> Said:
    """Return the text of a field with the recording that it came from last."""
    return Said(str(draft.values[field] or ""), dict(draft.spoken).get(field) or said_in(draft.seen, field).attempt)
