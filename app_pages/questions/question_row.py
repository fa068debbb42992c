"""One question of the bank: its words, and folded up all that is known of it and can be done with it."""

from __future__ import annotations

import streamlit as st

from analysis.wording import count
from app_pages.components import placeholder_form
from app_pages.questions import form
from app_pages.questions.form import DELETE, FORM
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from content.questions import Question
from content.taxonomy import sorting
from services.question_bank import QuestionBank, delete_own_question, toggle_hidden


def show(known: QuestionBank, question: Question, takes: int) -> None:
    """The question; opened, what a good answer contains, prompts, source, gaps and ways; raises StoreError."""
    changing = form_state.now(FORM)
    if changing and changing.id == question.id:
        form.show()
        return
    marks = [known.text(question)]
    marks += ["yours"] if question.id in known.own else []
    marks += [count(takes, "take")] if takes else []
    with st.expander(plain(" · ".join(marks)), key=f"question_{question.id}"):
        _facts(question, takes)
        _texts(known, question)
        if question.slots:
            placeholder_form.show(known, question)
        _ways(known, question)


def _facts(question: Question, takes: int) -> None:
    low, high = question.target_seconds
    kind, competency = sorting().kinds[question.kind].label, sorting().competencies[question.competency]
    practised = f"practised in {count(takes, 'take')}" if takes else "not practised yet"
    st.caption(plain(f"{kind} · {competency} · {low:.0f} to {high:.0f} s · {practised}"))


def _texts(known: QuestionBank, question: Question) -> None:
    if question.good_answer:
        st.markdown("**A good answer contains**\n" + _listed(question.good_answer))
    if question.prompts:
        st.markdown("**To think of before you start**\n" + _listed(question.prompts))
    mine = known.own.get(question.id)
    if mine and mine.answer:
        st.markdown("**The answer you would like to give**")
        st.text(mine.answer)
    st.markdown(f":small[Source: {plain(str(question.citation))}]")


def _listed(texts: tuple[str, ...]) -> str:
    return "\n".join(f"- {plain(each)}" for each in texts)


def _ways(known: QuestionBank, question: Question) -> None:
    mine = known.own.get(question.id)
    deleting = form_state.now(DELETE)
    if mine and deleting and deleting.id == mine.id:
        _delete(known, question)
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        link_to_question(question.id, "**Practise this question**")
        is_hidden = question.id in known.hidden
        st.button(
            "Offer it again" if is_hidden else "Hide",
            key=f"hide_{question.id}",
            on_click=_toggle,
            args=(known, question.id),
            help="It can be practised again." if is_hidden else "It is not offered any more, and nothing is deleted.",
        )
        if mine:
            st.button("Change", key=f"change_{mine.id}", on_click=form_state.begin, args=(FORM, mine))
            st.button(
                "Delete", key=f"delete_{mine.id}", type="tertiary", on_click=form_state.begin, args=(DELETE, mine)
            )


def _toggle(known: QuestionBank, question_id: str) -> None:
    """Hide what is shown and show what is hidden, unless another window did so meanwhile."""
    with show_errors():
        toggle_hidden(get_store(), known, question_id)


def _delete(known: QuestionBank, question: Question) -> None:
    warning = f"Delete “{plain(known.text(question))}”? Answers to it stay. This cannot be undone."
    if form_state.sure(DELETE, warning):
        with show_errors():
            delete_own_question(get_store(), known, question.id)
            form_state.end(DELETE)
            st.rerun()
