"""Filling the gaps of a question with the user's own words, so that it is asked as it will be."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.store_access import get_store
from content.questions import Question
from interview.questions.placeholder_values import Fillings, filled
from interview.validation import LINE
from services.question_bank import QuestionBank


def show(known: QuestionBank, question: Question) -> None:
    """A field for each gap; what is written there is kept when it is left, and emptied gaps show the example."""
    st.caption("Kept with the question. Empty: the example stays.")
    kept = known.fillings.get(question.id)
    for slot in question.slots:
        key = f"fill_{question.id}_{slot.name}"
        st.session_state[key] = kept.by_slot.get(slot.name, "") if kept else ""
        st.text_input(
            slot.name.replace("_", " ").capitalize(),
            placeholder=slot.example,
            max_chars=LINE,
            key=key,
            on_change=_keep,
            args=(question, kept),
        )


def _keep(question: Question, seen: Fillings | None) -> None:
    typed = {slot.name: st.session_state[f"fill_{question.id}_{slot.name}"] for slot in question.slots}
    with show_errors():
        get_store().keep(filled(question.id, typed), instead_of=seen)
