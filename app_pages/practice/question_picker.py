"""Choosing a question: by words, kind or topic, from the list, or at random; and the points to make in its answer."""

from __future__ import annotations

import random
from collections.abc import Iterable
from contextlib import suppress

import streamlit as st

from analysis.question import AskedQuestion
from analysis.wording import format_count
from app_pages.components import field_picker, placeholder_form
from app_pages.ui import practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import QUESTIONS_PAGE
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.questions import Question
from content.taxonomy import load_taxonomy
from interview.questions.key_points import MAX_POINTS, KeyPoints
from interview.validation import EntryError
from services.asked_questions import is_practice
from services.follow_up_answers import find_follow_up_question
from services.key_points import find_points, make_points, parse_points, save_points
from services.question_bank import QuestionBank, load_question_bank
from services.question_search import prepare_search, search_questions
from store.attempt import StoredAttempt

ANY_FILTER = "any"
_WORDS, _FIELD, _KIND, _COMPETENCY = "filter_words", "filter_field", "filter_kind", "filter_competency"
_OPEN, _SHOWN = "choosing", "choices_shown"  # whether the list is open, and how many questions it shows
CHOICES_AT_ONCE, MORE_CHOICES = 8, 20  # questions in the list, before more are asked for, and with each click
POINTS_LABEL = f"Up to {MAX_POINTS} points, one per line"
POINTS_HELP = "Saved when you click elsewhere. Your report shows which ones you made."
POINTS_EXAMPLE = "We shortened the queue from nine minutes to four\nI asked everyone before I changed anything"
MAX_POINTS_CHARACTERS = 2000  # characters of all points together


def pick_question() -> AskedQuestion:
    """Show the chosen question with its target length and prompts, and the controls to choose another.

    Raises:
        StoreError: the questions cannot be read.
    """
    prepare_search()
    known = load_question_bank(get_store())
    on = practice_state.get_practice_state().question
    follow_up = find_follow_up_question(get_store(), on) if on else None
    if follow_up is not None:
        return _show_follow_up(*follow_up)
    chosen = (known.find(on) if on else None) or known.offered[0]
    with st.container(border=True, gap="xsmall", key="question_card"):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            _show_kind(chosen)
            st.button("Random question", on_click=_pick_random, args=(known, chosen.id))
            with st.popover("Choose a question", key=_OPEN, on_change="rerun"):
                _show_choices(known, chosen)
            if chosen.slots:
                gaps = ", ".join(slot.name.replace("_", " ") for slot in chosen.slots)
                with st.popover(f"Fill in: {gaps}"):
                    placeholder_form.show_placeholder_form(known, chosen)
        _show_card(known, chosen)
    return known.to_asked_question(chosen)


def _show_follow_up(question: AskedQuestion, parent: StoredAttempt) -> AskedQuestion:
    """Show what was asked on after an answer, with the way back to that answer's question."""
    with st.container(border=True, key="follow_up_question"):
        st.caption(escape_markdown(f"Follow-up to “{parent.question.text}”"))
        st.header(escape_markdown(question.text), anchor=False)
        st.markdown("**A sentence or two is enough.**")
        st.button("Back to the question", on_click=practice_state.show_attempt, args=(parent,))
    return question


def _show_kind(chosen: Question) -> None:
    kind, competency = load_taxonomy().kinds[chosen.kind].label, load_taxonomy().competencies[chosen.competency]
    st.caption(escape_markdown(f"{kind} · {competency}"))


def _show_card(known: QuestionBank, chosen: Question) -> None:
    low, high = chosen.target_seconds
    st.header(escape_markdown(known.format_text(chosen)), anchor=False)
    prompts = " Before you start:" if chosen.prompts else ""
    st.markdown(f"**Aim for {low:.0f} to {high:.0f} seconds.**{prompts}")
    if chosen.prompts:
        st.markdown("\n".join(f"- {escape_markdown(prompt)}" for prompt in chosen.prompts))


def _show_choices(known: QuestionBank, chosen: Question) -> None:
    """Show what to look for, and the questions that fit, each as a button that puts it on the page."""
    st.text_input("What is it about?", key=_WORDS, placeholder="weakness, conflict, deadline…")
    with st.expander("By field of work, kind or topic", key="choosing_filters", type="compact"):
        field_picker.select_field(_FIELD)
        field_picker.select_kind(_KIND)
        competencies = {ANY_FILTER: "Any topic"} | load_taxonomy().competencies
        st.selectbox("Topic", competencies, format_func=competencies.__getitem__, key=_COMPETENCY)
    matching = _find_matching(known)
    if not matching:
        st.info("No matches. Try fewer words or other filters.")
        return
    st.caption(f"{format_count(len(matching), 'question').capitalize()}. Click one to answer it.")
    shown = int(st.session_state.get(_SHOWN, CHOICES_AT_ONCE))
    with st.container(key="choices", gap=None):
        for each in matching[:shown]:
            is_here = each.id == chosen.id
            label = escape_markdown(known.format_text(each))
            st.button(
                f"✓ {label}" if is_here else label,
                key=f"choose_{each.id}",
                type="tertiary",
                disabled=is_here,
                width="stretch",
                wrap=True,
                on_click=_apply_choice,
                args=(each.id,),
            )
    if matching[shown:]:
        st.button("Show more questions", key="more_choices", on_click=_show_more, args=(shown,))
    st.page_link(QUESTIONS_PAGE, label="See them all, with what a good answer contains")


def _find_matching(known: QuestionBank) -> tuple[Question, ...]:
    """Return the questions to choose from, best first; without a field those of every field."""
    field = field_picker.get_field()
    questions = known.offered_in(field) if field else known.offered
    return search_questions(known, _filter(questions), st.session_state.get(_WORDS, ""))


def _filter(questions: Iterable[Question]) -> list[Question]:
    kind, competency = field_picker.get_kind(), st.session_state.get(_COMPETENCY, ANY_FILTER)
    return [q for q in questions if kind in (ANY_FILTER, q.kind) and competency in (ANY_FILTER, q.competency)]


def _pick_random(known: QuestionBank, chosen: str) -> None:
    """Choose another question by chance; without a field one that every job has."""
    others = [q.id for q in _filter(known.offered_in(field_picker.get_field())) if q.id != chosen]
    if others:
        practice_state.update_screen(question=random.choice(others))  # noqa: S311 - a die, not a secret


def _apply_choice(question_id: str) -> None:
    """Put a question on the page, and close the list."""
    practice_state.update_screen(question=question_id)
    st.session_state[_OPEN] = False
    st.session_state.pop(_SHOWN, None)


def _show_more(shown: int) -> None:
    st.session_state[_SHOWN] = shown + MORE_CHOICES


def show_key_points_box(question: AskedQuestion) -> None:
    """Show the box for key points; while it is closed, show the points below it. Raises StoreError.

    A follow-up has none: nobody can prepare for it.
    """
    if not is_practice(question.id):
        return
    noted = find_points(get_store(), question.id)
    points = noted.points if noted else ()
    box = st.expander("Points to make", key=f"points_box_{question.id}", on_change="rerun")
    key = f"points_{question.id}"
    with box:
        text = st.text_area(
            POINTS_LABEL,
            "\n".join(points),
            key=key,
            max_chars=MAX_POINTS_CHARACTERS,
            height=170,
            help=POINTS_HELP,
            placeholder=POINTS_EXAMPLE,
            on_change=_save,
            args=(question.id, key, noted),
        )
        _warn_if_invalid(question.id, text)
    if points and not box.open:  # nothing moves below while they are typed
        st.markdown("\n".join(f"- :small[{escape_markdown(point)}]" for point in points))


def _warn_if_invalid(question: str, text: str) -> None:
    """Explain why a text is not saved, for as long as it is in the box."""
    try:
        make_points(question, parse_points(text))
    except EntryError as error:
        st.warning(escape_markdown(f"{error} Your points aren't saved yet."))


def _save(question: str, key: str, noted: KeyPoints | None) -> None:
    with show_errors(), suppress(EntryError):  # told below the box
        save_points(get_store(), question, parse_points(st.session_state[key]), noted)
