"""The form of a question of one's own: only its words are needed, the rest helps to practise it."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import Editing
from content.own_questions import ANSWER, KIND, MOST_PARTS, MOST_PROMPTS, SECONDS, USUAL
from content.taxonomy import sorting
from interview.questions.own_question import OwnQuestion
from interview.validation import LINE, EntryError, lines, one_line

FORM, DELETE = "own_question", "delete_own_question"
_key = partial(form_state.key, FORM)
USUAL_FOR_KIND = ""  # competency or stage: what goes with the kind


def offer() -> None:
    """A button for a new question, or the form for it where that is open."""
    opened = form_state.now(FORM)
    if opened is None:
        st.button("Add a question of your own", key="add_question", on_click=form_state.begin, args=(FORM,))
    elif opened.thing is None:
        show()


def show() -> None:
    """The open form."""
    opened = form_state.now(FORM)
    if opened is None:
        return
    with st.form(FORM, enter_to_submit=False):
        typed = _fields(opened.thing)
        if form_state.buttons(FORM):
            with show_errors():
                form_state.keep(FORM, _question(opened, typed))
                st.rerun()


def _fields(old: OwnQuestion | None) -> dict[str, Any]:
    typed: dict[str, Any] = {"text": st.text_input("Question", old.text if old else "", LINE, key=_key("text"))}
    kinds = {key: kind.label for key, kind in sorting().kinds.items()}
    typed["kind"] = st.selectbox(
        "Kind", kinds, list(kinds).index(old.kind if old else KIND), kinds.__getitem__, key=_key("kind")
    )
    first, second = st.columns(2)
    with first:
        typed["competency"] = _choice("Competency", sorting().competencies, old.competency if old else "")
    with second:
        typed["stage"] = _choice("Stage", sorting().stages, old.stage if old else "")
    typed |= _length(old)
    typed["good_answer"] = _lines(f"What a good answer contains, up to {MOST_PARTS} lines", old, "good_answer")
    typed["prompts"] = _lines(f"To think of before you start, up to {MOST_PROMPTS} lines", old, "prompts")
    typed["answer"] = st.text_area(
        "The answer you would like to give",
        old.answer if old else "",
        max_chars=ANSWER,
        key=_key("answer"),
    )
    return typed


def _choice(label: str, labels: dict[str, str], old: str) -> str:
    options = {USUAL_FOR_KIND: "As usual for the kind", **labels}
    return st.selectbox(label, options, list(options).index(old), options.__getitem__, key=_key(label.lower()))


def _length(old: OwnQuestion | None) -> dict[str, int | None]:
    low, high = map(int, old.target_seconds) if old and old.target_seconds else (None, None)
    first, second = st.columns(2)
    with first:
        shortest = _seconds("Shortest (s)", low, "low")
    with second:
        longest = _seconds("Longest (s)", high, "high")
    return {"low": shortest, "high": longest}


def _seconds(label: str, old: int | None, field: str) -> int | None:
    least, most = map(int, SECONDS)
    return st.number_input(label, least, most, old, 5, key=_key(field), placeholder="as usual for the kind")


def _lines(label: str, old: OwnQuestion | None, field: str) -> tuple[str, ...]:
    return lines(st.text_area(label, "\n".join(getattr(old, field)) if old else "", 100, key=_key(field)))


def _question(opened: Editing, typed: dict[str, Any]) -> OwnQuestion:
    """What was typed as a question; raises EntryError."""
    values = dict(typed)
    values["text"] = one_line(values["text"])
    if not values["text"]:
        raise EntryError("A question needs words. Write it, then save.")
    usual = dict(zip(("competency", "stage"), USUAL[values["kind"]], strict=True))
    for field, key in usual.items():
        values[field] = values[field] or key
    low, high = values.pop("low"), values.pop("high")
    if (low is None) != (high is None):
        raise EntryError("The length to aim for has a shortest and a longest number of seconds. Give both, or neither.")
    return OwnQuestion(opened.id, **values, target_seconds=() if low is None else (float(low), float(high)))
