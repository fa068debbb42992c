"""Questions that were never practised, a few at a time."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.progress.attempt import Attempt
from analysis.progress.practice_days import never_practised
from app_pages.ui.links import open_practice
from app_pages.ui.wording import plain
from content.questions import Question
from content.taxonomy import sorting
from services.question_bank import QuestionBank

ANY = "any"
OFFERED = 4  # at a time


def show(attempts: Sequence[Attempt], bank: QuestionBank) -> None:
    """Show how many questions are new, and the first of them to practise."""
    by_id = {question.id: question for question in bank.offered}
    new = [by_id[question] for question in never_practised(tuple(by_id), attempts)]
    st.subheader("Questions you have not practised", anchor=False)
    if not new:
        st.markdown(f"You have answered all {len(by_id)} questions at least once.")
        return
    st.markdown(f"{len(new)} of {len(by_id)} questions are new to you. A few of them:")
    for question in _some(new):
        _offer(question, bank.text(question))


def _some(new: Sequence[Question]) -> Sequence[Question]:
    """The first of the chosen kind, or of different kinds, for variety."""
    labels = {ANY: "Any kind"} | {key: kind.label for key, kind in sorting().kinds.items()}
    there = [ANY, *(key for key in sorting().kinds if any(question.kind == key for question in new))]
    kind = st.selectbox("Kind of new question", there, format_func=labels.__getitem__, key="new_kind")
    if kind != ANY:
        return [question for question in new if question.kind == kind][:OFFERED]
    first_of_kind = {question.kind: question for question in reversed(new)}
    return [first_of_kind[key] for key in sorting().kinds if key in first_of_kind][:OFFERED]


def _offer(question: Question, asked: str) -> None:
    kind = sorting().kinds[question.kind].label
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(f"{plain(asked)}  \n:small[{plain(kind)}]", width="content")
        if st.button("Practise", key=f"practise_{question.id}", help=f"Practise: {plain(asked)}"):
            open_practice(question.id)
