"""The questions found, one page at a time, each folded."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import format_count
from app_pages.questions import form, question_row
from app_pages.questions.question_filter import FoundQuestions
from app_pages.ui import form_state
from app_pages.ui.wording import escape_markdown
from content.questions import Question
from content.taxonomy import load_taxonomy
from services.question_bank import QuestionBank

QUESTIONS_PER_PAGE = 20  # questions on a screen
NO_MATCH = "No question is like that. Choose other filters, or fewer words."


def show_questions(known: QuestionBank, listed: FoundQuestions) -> None:
    """Show the number of questions found and those of the current page, by stage.

    Raises:
        StoreError: the data cannot be read.
    """
    found = sorted(listed.questions, key=lambda each: list(load_taxonomy().stages).index(each.stage))
    hidden = f", {len(known.hidden)} hidden" if known.hidden else ""
    st.markdown(f"**{format_count(len(found), 'question').capitalize()}** of {len(known.questions)}{hidden}")
    if not found:
        _show_form_off_screen(())
        st.info(NO_MATCH)
        return
    pages = -(-len(found) // QUESTIONS_PER_PAGE)
    first = QUESTIONS_PER_PAGE * (st.session_state.get("questions_page", 1) - 1) if pages > 1 else 0
    if first >= len(found):  # fewer are found than before
        first = 0
    stage, on_screen = None, found[first : first + QUESTIONS_PER_PAGE]
    _show_form_off_screen(on_screen)
    for each in on_screen:
        if each.stage != stage:
            stage = each.stage
            st.subheader(escape_markdown(load_taxonomy().stages[stage]), anchor=False)
        question_row.show_question(known, each, listed.takes.get(each.id, 0))
    if pages > 1:
        st.pagination(pages, key="questions_page")


def _show_form_off_screen(on_screen: Sequence[Question]) -> None:
    """Show the open form of a question that is not on screen, so that what was typed is not lost."""
    opened = form_state.get_open_form(form.FORM)
    if opened and opened.original is not None and opened.id not in {each.id for each in on_screen}:
        form.show_form()
