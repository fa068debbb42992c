"""Let the user replace the placeholders of a question with their own words."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from content.questions import Question
from interview.questions.placeholder_values import PlaceholderValues, make_placeholder_values
from interview.validation import MAX_LINE_CHARACTERS
from services.question_bank import QuestionBank


def show_placeholder_form(known: QuestionBank, question: Question) -> None:
    """Draw a field for each placeholder of a question.

    A field is saved when it loses focus. An empty one stands for the example.
    """
    st.caption("Saved with the question. Leave it empty to keep the example.")
    kept = known.fillings.get(question.id)
    for slot in question.slots:
        key = f"fill_{question.id}_{slot.name}"
        st.session_state[key] = kept.by_slot.get(slot.name, "") if kept else ""
        st.text_input(
            slot.name.replace("_", " ").capitalize(),
            placeholder=slot.example,
            max_chars=MAX_LINE_CHARACTERS,
            key=key,
            on_change=_save,
            args=(question, kept),
        )


def _save(question: Question, seen: PlaceholderValues | None) -> None:
    typed = {slot.name: st.session_state[f"fill_{question.id}_{slot.name}"] for slot in question.slots}
    with show_errors():
        get_store().save(make_placeholder_values(question.id, typed), expected=seen)
