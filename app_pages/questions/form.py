"""The form of a question of the user's own; only its text is required."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from app_pages.ui import form_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from app_pages.ui.wording import escape_markdown
from content.own_questions import (
    DEFAULT_KIND,
    DEFAULTS_BY_KIND,
    MAX_ANSWER_CHARACTERS,
    MAX_GOOD_ANSWER_PARTS,
    MAX_PROMPTS,
    TARGET_SECONDS_LIMITS,
)
from content.taxonomy import load_taxonomy
from interview.questions.own_question import OwnQuestion
from interview.validation import MAX_LINE_CHARACTERS, EntryError, split_lines, to_one_line

_CHANGE = "question_changed"
LIST = "questions"  # the part of the page that says which question was deleted
FORM, DELETE_FORM = "own_question", "delete_own_question"
_make_key = partial(form_state.make_widget_key, FORM)
USUAL_FOR_KIND = ""  # competency or stage: what goes with the kind


@dataclass(frozen=True)
class QuestionChange:
    """What the user has just done to a question."""

    text: str
    question_id: str


def report_change(text: str, question_id: str) -> None:
    """Say in the next run of the page what was done, and show the question first."""
    st.session_state[_CHANGE] = QuestionChange(text, question_id)
    st.session_state["questions_page"] = 1


def offer_new_question() -> QuestionChange | None:
    """Show a button for a new question, or its form while that is open; say and return what was done just before."""
    opened = form_state.get_open_form(FORM)
    if opened is None:
        st.button("Add your own question", key="add_question", on_click=form_state.begin, args=(FORM,))
    elif opened.original is None:
        show_form()
    change: QuestionChange | None = st.session_state.pop(_CHANGE, None)
    with st.container():
        if change is not None:
            st.success(escape_markdown(change.text))
    undo.show_deleted(LIST)
    return change


def show_form() -> None:
    """Show the form if it is open."""
    opened = form_state.get_open_form(FORM)
    if opened is None:
        return
    with st.form(FORM, enter_to_submit=False):
        typed = _show_fields(opened.original)
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                saved = _build_question(opened, typed)
                form_state.save_form(FORM, saved)
                report_change(f"{'Added' if opened.original is None else 'Saved'}: “{saved.text}”", saved.id)
                st.rerun()


def _show_fields(old: OwnQuestion | None) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "text": st.text_input("Question", old.text if old else "", MAX_LINE_CHARACTERS, key=_make_key("text"))
    }
    kinds = {key: kind.label for key, kind in load_taxonomy().kinds.items()}
    typed["kind"] = st.selectbox(
        "Kind", kinds, list(kinds).index(old.kind if old else DEFAULT_KIND), kinds.__getitem__, key=_make_key("kind")
    )
    first, second = st.columns(2)
    with first:
        typed["competency"] = _select(
            "Topic", "competency", load_taxonomy().competencies, old.competency if old else ""
        )
    with second:
        typed["stage"] = _select("Stage", "stage", load_taxonomy().stages, old.stage if old else "")
    typed |= _ask_length(old)
    typed["good_answer"] = _ask_lines(
        f"What a good answer contains (up to {MAX_GOOD_ANSWER_PARTS} lines)", old, "good_answer"
    )
    typed["prompts"] = _ask_lines(f"Before you start (up to {MAX_PROMPTS} lines)", old, "prompts")
    typed["answer"] = st.text_area(
        "Your ideal answer",
        old.answer if old else "",
        max_chars=MAX_ANSWER_CHARACTERS,
        key=_make_key("answer"),
    )
    return typed


def _select(label: str, field: str, labels: dict[str, str], old: str) -> str:
    options = {USUAL_FOR_KIND: "Default", **labels}
    return st.selectbox(label, options, list(options).index(old), options.__getitem__, key=_make_key(field))


def _ask_length(old: OwnQuestion | None) -> dict[str, int | None]:
    low, high = map(int, old.target_seconds) if old and old.target_seconds else (None, None)
    first, second = st.columns(2)
    with first:
        shortest = _ask_seconds("Minimum length (s)", low, "low")
    with second:
        longest = _ask_seconds("Maximum length (s)", high, "high")
    return {"low": shortest, "high": longest}


def _ask_seconds(label: str, old: int | None, field: str) -> int | None:
    least, most = map(int, TARGET_SECONDS_LIMITS)
    return st.number_input(label, least, most, old, 5, key=_make_key(field), placeholder="default")


def _ask_lines(label: str, old: OwnQuestion | None, field: str) -> tuple[str, ...]:
    return split_lines(st.text_area(label, "\n".join(getattr(old, field)) if old else "", 100, key=_make_key(field)))


def _build_question(opened: OpenForm, typed: dict[str, Any]) -> OwnQuestion:
    """Return the typed question.

    Raises:
        EntryError: something is missing or not allowed.
    """
    values = dict(typed)
    values["text"] = to_one_line(values["text"])
    if not values["text"]:
        raise EntryError("Please enter a question.")
    usual = dict(zip(("competency", "stage"), DEFAULTS_BY_KIND[values["kind"]], strict=True))
    for field, key in usual.items():
        values[field] = values[field] or key
    low, high = values.pop("low"), values.pop("high")
    if (low is None) != (high is None):
        raise EntryError("Give both a minimum and a maximum length, or neither.")
    return OwnQuestion(opened.id, **values, target_seconds=() if low is None else (float(low), float(high)))
