"""Show what a good answer to a question contains, what was heard of it, and an example of one."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.report import Report
from analysis.structure.element import ElementState
from analysis.structure.understanding import Content, understand
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.questions import ExampleAnswer, Question
from services.asked_questions import find_bank_id, is_sample
from services.question_bank import load_question_bank
from store.attempt import StoredAttempt

TITLE = "A good answer contains"
TRUST = "A tick means we heard something of that sort, such as an action or a result. It can be wrong."
EXAMPLE_TITLE = "An example answer"
EXAMPLE_NOTE = "Made up, to show one way of doing it. Borrow its shape, not its words."
SIGNS = {ElementState.HEARD: "✓", ElementState.POSSIBLE: "?", ElementState.NOT_HEARD: "–"}
WORDS = {ElementState.HEARD: "", ElementState.POSSIBLE: " (perhaps)", ElementState.NOT_HEARD: " (not heard)"}


def show_good_answer(attempt: StoredAttempt, report: Report) -> None:
    """Show what a good answer contains and what was heard of it; nothing where the question says nothing of it.

    Raises:
        StoreError: the questions cannot be read.
    """
    question = _find_question(attempt)
    if question is not None and question.good_answer:
        with st.container(key="good_answer"):
            st.markdown(f"**{TITLE}**")
            st.markdown("  \n".join(list_parts(question, report)))
            if any(question.elements):
                st.caption(TRUST)


def offer_example(attempt: StoredAttempt) -> None:
    """Offer an example answer, folded away; it waits for a take of the user's own, and a sample is none.

    Raises:
        StoreError: the questions cannot be read.
    """
    question = _find_question(attempt)
    if question is not None and question.example is not None and not is_sample(attempt.question):
        with st.expander(f"**{EXAMPLE_TITLE}**", key=f"example_{attempt.id}"):
            show_example(question.example)


def _find_question(attempt: StoredAttempt) -> Question | None:
    return load_question_bank(get_store()).find(find_bank_id(attempt.question.id))


def list_parts(question: Question, report: Report) -> Sequence[str]:
    """Return a line of Markdown for each part of a good answer, with what was heard where it is searched for.

    A line has a sign or a bullet, never both.
    """
    elements = question.elements if report.response is not None else ()
    found = understand(report.words, report.question).elements if any(elements) else {}
    lines = []
    for place, part in enumerate(question.good_answer):
        heard = found.get(Content(elements[place])) if elements and elements[place] else None
        if heard is None:
            lines.append(f"• {escape_markdown(part)}")
            continue
        quote = f": “{escape_markdown(heard.sentence)}”" if heard.sentence else ""
        lines.append(f"{SIGNS[heard.state]} {escape_markdown(part)}{WORDS[heard.state]}{quote}")
    return lines


def show_example(example: ExampleAnswer) -> None:
    """Show an example answer, who gives it, and that it is made up."""
    st.markdown(f"**{escape_markdown(example.voice)}:**")
    st.markdown(escape_markdown(example.text))
    st.caption(EXAMPLE_NOTE)
