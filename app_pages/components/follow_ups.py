"""What an interviewer asked on after an answer: the answers given to it, and the next question as one button."""

from __future__ import annotations

import streamlit as st

from analysis.structure.element import Element, ElementState
from app_pages.ui import demo_mode, practice_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_report
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from services.asked_questions import make_follow_up_question, parse_follow_up_id
from services.follow_up_answers import (
    FollowUpAnswer,
    choose_next_follow_up,
    find_follow_up_question,
    load_follow_up_answers,
)
from store.attempt import AttemptState, StoredAttempt

OPEN_LABEL = "Open report"
_STATES = {ElementState.HEARD: "✓", ElementState.POSSIBLE: "?", ElementState.NOT_HEARD: "–"}
_UNMEASURED = {
    AttemptState.RECORDED: "Not analysed yet.",
    AttemptState.FAILED: "It couldn't be analysed.",
    AttemptState.DONE: "",
}


def show_follow_ups(attempt: StoredAttempt) -> None:
    """Show the follow-ups to an answer and offer the next one; below a follow-up, show the answer it belongs to.

    Raises:
        StoreError: the data cannot be read.
    """
    asked = parse_follow_up_id(attempt.question.id)
    if asked is not None:
        _show_parent(attempt, asked[0])
        return
    for each in load_follow_up_answers(get_store(), attempt.id):
        with st.container(border=True, key=f"follow_up_{each.attempt.id}"):
            show_follow_up_answer(each)
    following = None if demo_mode.is_on() else choose_next_follow_up(get_store(), attempt)
    if following is not None:
        with st.container(border=True, key="next_follow_up"):
            st.markdown(escape_markdown(f"{following.why} An interviewer would ask on:"))
            question = make_follow_up_question(attempt.id, following)
            label = escape_markdown(f"Answer the follow-up: {following.text}")
            st.button(label, key=f"ask_on_{attempt.id}", on_click=_open_question, args=(question.id,))


def show_follow_up_answer(answer: FollowUpAnswer) -> None:
    """Show one follow-up: its question, whether what it asked for is there now, and the way to its report."""
    st.markdown(f"↳ **{escape_markdown(answer.follow_up.text)}**")
    st.markdown(describe_asked_for(answer.asked_for) if answer.asked_for else _UNMEASURED[answer.attempt.state])
    link_to_report(answer.attempt.id, OPEN_LABEL)


def describe_asked_for(part: Element) -> str:
    """Return whether what a follow-up asked for was heard, as Markdown."""
    label = f"{_STATES[part.state]} **{escape_markdown(part.label)}:**"
    if part.sentence is None:
        return f"{label} still not heard"
    perhaps = "possibly " if part.state is ElementState.POSSIBLE else ""
    return f"{label} {perhaps}{escape_markdown(f'“{part.sentence}”')}"


def _show_parent(attempt: StoredAttempt, parent_id: str) -> None:
    with st.container(border=True, key="follow_up_of"):
        found = find_follow_up_question(get_store(), attempt.question.id)
        if found is None:
            st.markdown("This was a follow-up. The answer it followed was deleted.")
            return
        st.markdown(escape_markdown(f"A follow-up to your answer to “{found[1].question.text}”"))
        for each in load_follow_up_answers(get_store(), parent_id):
            if each.attempt.id == attempt.id and each.asked_for is not None:
                st.markdown(f"With that answer: {describe_asked_for(each.asked_for)}")
        link_to_report(parent_id, "Report of that answer")


def _open_question(question_id: str) -> None:
    with show_errors():
        practice_state.update_screen(question=question_id, attempt_id=None, seen_before=None)
