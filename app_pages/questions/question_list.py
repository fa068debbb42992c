"""The questions found, one page at a time, each folded."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from analysis.wording import format_count
from app_pages.components import placeholder_form
from app_pages.questions import form
from app_pages.questions.form import DELETE_FORM, FORM
from app_pages.questions.question_filter import FoundQuestions
from app_pages.report import good_answer
from app_pages.ui import form_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.questions import Question
from content.taxonomy import load_taxonomy
from services.question_bank import QuestionBank, delete_own_question, toggle_hidden

QUESTIONS_PER_PAGE = 20  # questions on a screen
NO_MATCH = "No matches. Try fewer words or other filters."


def show_questions(known: QuestionBank, listed: FoundQuestions, first: str | None = None) -> None:
    """Show the number of questions found and those of the current page: by stage, or best first where words were typed.

    Args:
        known: the question bank.
        listed: the questions found.
        first: id of the question that the user has just written, which comes first; None for none.

    Raises:
        StoreError: the data cannot be read.
    """
    found = listed.questions if listed.is_ranked else _sort_by_stage(listed.questions)
    new = known.find(first) if first else None
    if new is not None:
        st.header("Just now", anchor=False)
        show_question(known, new, listed.takes.get(new.id, 0))
        found = tuple(each for each in found if each.id != new.id)
    hidden = f", {len(known.hidden)} hidden" if known.hidden else ""
    st.markdown(f"**{format_count(len(found), 'question').capitalize()}** of {len(known.questions)}{hidden}")
    if not found:
        _show_form_off_screen(())
        st.info(NO_MATCH)
        return
    pages = -(-len(found) // QUESTIONS_PER_PAGE)
    start = QUESTIONS_PER_PAGE * (st.session_state.get("questions_page", 1) - 1) if pages > 1 else 0
    if start >= len(found):  # fewer are found than before
        start = 0
    stage, on_screen = None, found[start : start + QUESTIONS_PER_PAGE]
    _show_form_off_screen(on_screen)
    for each in on_screen:
        if each.stage != stage and not listed.is_ranked:
            stage = each.stage
            st.header(escape_markdown(load_taxonomy().stages[stage]), anchor=False)
        show_question(known, each, listed.takes.get(each.id, 0))
    if pages > 1:
        st.pagination(pages, key="questions_page")


def _sort_by_stage(questions: Sequence[Question]) -> tuple[Question, ...]:
    return tuple(sorted(questions, key=lambda each: list(load_taxonomy().stages).index(each.stage)))


def _show_form_off_screen(on_screen: Sequence[Question]) -> None:
    """Show the open form of a question that is not on screen, so that what was typed is not lost."""
    opened = form_state.get_open_form(form.FORM)
    if opened and opened.original is not None and opened.id not in {each.id for each in on_screen}:
        form.show_form()


def show_question(known: QuestionBank, question: Question, takes: int) -> None:
    """Show a question, and in its expander what a good answer contains, source, gaps and actions.

    Args:
        known: the question bank.
        question: to show.
        takes: how often it was practised.

    Raises:
        StoreError: the data cannot be read.
    """
    changing = form_state.get_open_form(FORM)
    if changing and changing.id == question.id:
        form.show_form()
        return
    marks = [known.format_text(question)]
    marks += ["yours"] if question.id in known.own else []
    marks += [format_count(takes, "take")] if takes else []
    with st.expander(escape_markdown(" · ".join(marks)), key=f"question_{question.id}"):
        _show_facts(question, takes)
        _show_texts(known, question)
        _show_example(question, takes)
        if question.slots:
            placeholder_form.show_placeholder_form(known, question)
        _show_actions(known, question)


def _show_facts(question: Question, takes: int) -> None:
    low, high = question.target_seconds
    kind, competency = load_taxonomy().kinds[question.kind].label, load_taxonomy().competencies[question.competency]
    practised = f"practised in {format_count(takes, 'take')}" if takes else "not practised yet"
    st.caption(escape_markdown(f"{kind} · {competency} · {low:.0f} to {high:.0f} s · {practised}"))


def _show_texts(known: QuestionBank, question: Question) -> None:
    if question.good_answer:
        st.markdown("**A good answer contains**\n" + _format_list(question.good_answer))
    if question.prompts:
        st.markdown("**Before you start**\n" + _format_list(question.prompts))
    mine = known.own.get(question.id)
    if mine and mine.answer:
        st.markdown("**Your ideal answer**")
        st.text(mine.answer)
    st.markdown(f":small[Source: {escape_markdown(str(question.citation))}]")


def _show_example(question: Question, takes: int) -> None:
    """Show the example answer, which would get in the way of the user's own before their first take."""
    if question.example is None:
        return
    if takes:
        st.markdown(f"**{good_answer.EXAMPLE_TITLE}**")
        good_answer.show_example(question.example)
    else:
        st.caption("There's an example answer, for after your first take.")


def _format_list(texts: tuple[str, ...]) -> str:
    return "\n".join(f"- {escape_markdown(each)}" for each in texts)


def _show_actions(known: QuestionBank, question: Question) -> None:
    mine = known.own.get(question.id)
    deleting = form_state.get_open_form(DELETE_FORM)
    if mine and deleting and deleting.id == mine.id:
        _delete(known, question)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to_question(question.id, "**Practise this question**")
        is_hidden = question.id in known.hidden
        st.button(
            "Show it again" if is_hidden else "Hide",
            key=f"hide_{question.id}",
            on_click=_toggle,
            args=(known, question.id),
            help="It will be offered again." if is_hidden else "We won't offer it any more. Nothing is deleted.",
        )
        if mine:
            st.button("Change", key=f"change_{mine.id}", on_click=form_state.begin, args=(FORM, mine))
            st.button(
                "Delete", key=f"delete_{mine.id}", type="tertiary", on_click=form_state.begin, args=(DELETE_FORM, mine)
            )


def _toggle(known: QuestionBank, question_id: str) -> None:
    """Hide or unhide a question, unless another window did so meanwhile."""
    with show_errors():
        toggle_hidden(get_store(), known, question_id)


def _delete(known: QuestionBank, question: Question) -> None:
    text = known.format_text(question)
    warning = f"Delete “{escape_markdown(text)}”? Answers to it stay."
    if form_state.ask_to_confirm(DELETE_FORM, warning):
        with show_errors():
            undo.remember_deleted(form.LIST, f"“{text}”", delete_own_question(get_store(), known, question.id))
            form_state.end(DELETE_FORM)
            st.rerun()
