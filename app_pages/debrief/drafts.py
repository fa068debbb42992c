"""A debrief while it is written: what its fields hold, and what was kept when they were filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.debrief import Debrief, Said, WishedAnswer
from interview.ids import same_id
from interview.interview import Interview
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import practice_questions, question_id

TEXTS = ("keep", "did_not_go_well", "remember")
ASKED = ("too_fast", "jittery", "enough_questions")
ANSWER = "answer:"  # begins the name of the field for an answer the user wishes they had given
Values = Mapping[str, str | bool | None]  # by field; only ASKED are no texts


@dataclass(frozen=True)
class Draft:
    """`spoken` are the fields and the recordings whose words were put into them since it was kept, in that order."""

    interview: str
    seen: Debrief | None  # None: nothing was kept
    values: Values
    spoken: tuple[tuple[str, str], ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the fields hold what is kept."""
        return self.values == values_of(self.seen) and not self.spoken


def field_of(interview: str, wished: WishedAnswer) -> str:
    """The name of the field for one answer to give again."""
    return ANSWER + question_id(interview, wished.question)


def key(interview: str, field: str) -> str:
    """The name of a field's widget."""
    return f"debrief_{field}_{interview}"


def values_of(debrief: Debrief | None) -> Values:
    """What the fields of a debrief hold."""
    if debrief is None:
        return {**dict.fromkeys(TEXTS, ""), **dict.fromkeys(ASKED)}
    texts = {field: getattr(debrief, field).text for field in TEXTS}
    answers = {field_of(debrief.interview, each): each.answer.text for each in debrief.wished}
    return {**texts, **{field: getattr(debrief, field) for field in ASKED}, **answers}


def opened(interview: Interview) -> Draft:
    """What was typed and not saved in this session, else what is kept; raises StoreError."""
    draft: Draft | None = st.session_state.get(_name(interview.id))
    is_new_here = key(interview.id, TEXTS[0]) not in st.session_state
    if draft is None or (is_new_here and draft.is_kept):
        kept = next(iter(get_store().things(Debrief, interview=interview.id)), None)
        draft = Draft(interview.id, kept, values_of(kept))
    remember(draft)
    for field, value in draft.values.items():
        st.session_state.setdefault(key(interview.id, field), value)
    return draft


def remember(draft: Draft) -> None:
    """Note what the fields hold, so that it is there after a look at another page."""
    st.session_state[_name(draft.interview)] = draft


def as_typed(draft: Draft) -> Draft:
    """The draft with what stands in the fields now."""
    values = {field: st.session_state.get(key(draft.interview, field), old) for field, old in draft.values.items()}
    return replace(draft, values=values)


def debrief(draft: Draft) -> Debrief:
    """What stands in the fields as a debrief; raises EntryError."""
    base = _base(draft)
    said: dict[str, Any] = {field: _said(draft, field) for field in TEXTS}
    wished = tuple(replace(each, answer=_said(draft, field_of(draft.interview, each))) for each in base.wished)
    asked: dict[str, Any] = {field: draft.values[field] for field in ASKED}
    return replace(base, written_at=datetime.now().astimezone(), wished=wished, **said, **asked)


def keep(draft: Draft) -> Draft:
    """Keep what stands in the fields, and answers to give again as questions to practise; raises StoreError."""
    return _keep(draft, debrief(draft), draft.values, ())


def with_wished(draft: Draft, wished: tuple[WishedAnswer, ...]) -> Draft:
    """Keep other answers to give again at once; what else was typed stays as it is, unsaved. Raises StoreError."""
    base = _base(draft)
    new = replace(base, wished=wished)
    added = {field: value for field, value in values_of(new).items() if field not in draft.values}
    there = values_of(new).keys()
    values = {field: value for field, value in {**draft.values, **added}.items() if field in there}
    return _keep(draft, new, values, tuple(each for each in draft.spoken if each[0] in there))


def _keep(draft: Draft, new: Debrief, values: Values, spoken: tuple[tuple[str, str], ...]) -> Draft:
    before = draft.seen.wished if draft.seen else ()
    get_store().keep(new, instead_of=draft.seen)
    to_practise = replace(new, wished=tuple(each for each in new.wished if each not in before))
    for question, old in practice_questions(to_practise, get_store().things(OwnQuestion)):
        get_store().keep(question, instead_of=old)
    kept = replace(draft, seen=new, values=values, spoken=spoken)
    remember(kept)
    return kept


def _base(draft: Draft) -> Debrief:
    made = same_id("debrief", draft.interview)  # the same from two windows, so that there is one
    return draft.seen or Debrief(made, draft.interview, datetime.now().astimezone())


def _said(draft: Draft, field: str) -> Said:
    """The text of a field with the recording that it came from last."""
    return Said(str(draft.values[field] or ""), dict(draft.spoken).get(field) or said_in(draft.seen, field).attempt)


def said_in(debrief: Debrief | None, field: str) -> Said:
    """What is kept in a field."""
    if debrief is None:
        return Said()
    answers = {field_of(debrief.interview, each): each.answer for each in debrief.wished}
    found: Said = answers.get(field) or (getattr(debrief, field) if field in TEXTS else Said())
    return found


def _name(interview: str) -> str:
    return f"debrief_draft_{interview}"
