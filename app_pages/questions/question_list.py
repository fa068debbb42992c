"""The questions that were found, a screenful at a time, each folded up to its words."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import count
from app_pages.questions import form, question_row
from app_pages.questions.question_filter import Listed
from app_pages.ui import form_state
from app_pages.ui.wording import plain
from content.questions import Question
from content.taxonomy import sorting
from services.question_bank import QuestionBank

AT_ONCE = 20  # questions on a screen
NONE = "No question is like that. Choose other filters, or fewer words."


def show(known: QuestionBank, listed: Listed) -> None:
    """How many there are, and those of the chosen screen by stage; raises StoreError."""
    found = sorted(listed.questions, key=lambda each: list(sorting().stages).index(each.stage))
    hidden = f", {len(known.hidden)} hidden" if known.hidden else ""
    st.markdown(f"**{count(len(found), 'question').capitalize()}** of {len(known.questions)}{hidden}")
    if not found:
        _changing(())
        st.info(NONE)
        return
    pages = -(-len(found) // AT_ONCE)
    first = AT_ONCE * (st.session_state.get("questions_page", 1) - 1) if pages > 1 else 0
    if first >= len(found):  # fewer are found than before
        first = 0
    stage, on_screen = None, found[first : first + AT_ONCE]
    _changing(on_screen)
    for each in on_screen:
        if each.stage != stage:
            stage = each.stage
            st.subheader(plain(sorting().stages[stage]), anchor=False)
        question_row.show(known, each, listed.takes.get(each.id, 0))
    if pages > 1:
        st.pagination(pages, key="questions_page")


def _changing(on_screen: Sequence[Question]) -> None:
    """The open form of a question that is not on screen (any more), so that what was typed is not lost."""
    opened = form_state.now(form.FORM)
    if opened and opened.thing is not None and opened.id not in {each.id for each in on_screen}:
        form.show()
