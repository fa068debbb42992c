"""Offer questions that were never practised, a few at a time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.practice_days import find_unpractised_questions
from app_pages.ui.links import open_practice
from app_pages.ui.wording import escape_markdown
from content.questions import Question
from content.taxonomy import load_taxonomy
from services.question_bank import QuestionBank

ANY_KIND = "any"
MAX_OFFERED = 4  # at a time


def show_new_questions(attempts: Sequence[Attempt], bank: QuestionBank) -> None:
    """Show how many questions are new, and a few of them to practise."""
    by_id = {question.id: question for question in bank.offered}
    new = [by_id[question] for question in find_unpractised_questions(tuple(by_id), attempts)]
    st.subheader("Questions you have not practised", anchor=False)
    if not new:
        st.markdown(f"You have answered all {len(by_id)} questions at least once.")
        return
    st.markdown(f"{len(new)} of {len(by_id)} questions are new to you. A few of them:")
    for question in _choose_offered(new):
        _offer(question, bank.format_text(question))


def _choose_offered(new: Sequence[Question]) -> Sequence[Question]:
    """Return the first new questions of the chosen kind, or one of each kind if none is chosen."""
    labels = {ANY_KIND: "Any kind"} | {key: kind.label for key, kind in load_taxonomy().kinds.items()}
    there = [ANY_KIND, *(key for key in load_taxonomy().kinds if any(question.kind == key for question in new))]
    kind = st.selectbox("Kind of new question", there, format_func=labels.__getitem__, key="new_kind")
    if kind != ANY_KIND:
        return [question for question in new if question.kind == kind][:MAX_OFFERED]
    first_of_kind = {question.kind: question for question in reversed(new)}
    return [first_of_kind[key] for key in load_taxonomy().kinds if key in first_of_kind][:MAX_OFFERED]


def _offer(question: Question, asked: str) -> None:
    kind = load_taxonomy().kinds[question.kind].label
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"{escape_markdown(asked)}  \n:small[{escape_markdown(kind)}]", width="content")
        if st.button("Practise", key=f"practise_{question.id}", help=f"Practise: {escape_markdown(asked)}"):
            open_practice(question.id)
