"""The answers the user wishes they had given: each becomes a question to practise at once."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app_pages.debrief import drafts
from app_pages.debrief.drafts import key
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from content.own_questions import KIND
from content.taxonomy import sorting
from interview.debrief import MOST_ANSWERS, Said, WishedAnswer
from interview.interview import Interview
from interview.questions.practice_again import question_id
from interview.validation import LINE, TEXT, one_line
from services.interviews.debriefs import DebriefDraft, field_of
from services.question_bank import load_question_bank

FORM = "wished"
_key = partial(form_state.key, FORM)
_ADDED = "wished_added"
ADDED = "Added, and kept among your questions: practise it aloud whenever you like."
NONE = "Which question would you answer differently now? Write it down with the answer, and practise it aloud."
_LONGEST_LABEL = 60  # characters


def labels(draft: DebriefDraft) -> dict[str, str]:
    """What the answers are called where they are chosen, by field."""
    return {field_of(draft.interview, each): f"My answer to: {_short(each.question)}" for each in draft.wished}


def show(interview: Interview, draft: DebriefDraft) -> None:
    """The questions with their answers, and the form for another one; raises StoreError."""
    st.subheader("The answer I wish I had given", anchor=False)
    wished, own = draft.wished, load_question_bank(get_store()).own
    if not wished:
        st.markdown(NONE)
    for each in wished:
        with st.container(border=True, key=f"wished_{question_id(interview.id, each.question)}"):
            _one(interview, draft, each, question_id(interview.id, each.question) in own)
    if st.session_state.pop(_ADDED, False):
        st.success(ADDED)
    if form_state.now(FORM):
        _form(draft)
    elif len(wished) < MOST_ANSWERS:
        st.button("Add a question they asked", key="add_wished", on_click=form_state.begin, args=(FORM,))


def _one(interview: Interview, draft: DebriefDraft, wished: WishedAnswer, has_question: bool) -> None:
    blank = " · You had no answer at the time." if wished.blank else ""
    st.markdown(f"**{plain(wished.question)}**")
    st.caption(plain(sorting().kinds[wished.kind].label + blank))
    st.text_area(
        "The answer to give", height=110, max_chars=TEXT, key=key(interview.id, field_of(interview.id, wished))
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_question:
            link_to_question(question_id(interview.id, wished.question), "Practise it aloud")
        st.button(
            "Take it off",
            key=f"off_{question_id(interview.id, wished.question)}",
            type="tertiary",
            help="It stays among your questions.",
            on_click=_take_off,
            args=(draft, wished),
        )


def _form(draft: DebriefDraft) -> None:
    kinds = {kind: label.label for kind, label in sorting().kinds.items()}
    with st.form(FORM, enter_to_submit=False):
        question = one_line(st.text_input("The question, as they asked it", max_chars=LINE, key=_key("question")))
        kind = st.selectbox("Kind", kinds, list(kinds).index(KIND), kinds.__getitem__, key=_key("kind"))
        answer = st.text_area("The answer you would give now", height=110, max_chars=TEXT, key=_key("answer"))
        blank = st.checkbox("I had no answer at the time", key=_key("blank"))
        if form_state.buttons(FORM):
            with show_errors():
                drafts.add_wished(draft, WishedAnswer(question, Said(answer.strip()), kind, blank))
                form_state.end(FORM)
                st.session_state[_ADDED] = True
                st.rerun()


def _take_off(draft: DebriefDraft, gone: WishedAnswer) -> None:
    with show_errors():
        drafts.remove_wished(draft, gone)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_LABEL else f"{text[: _LONGEST_LABEL - 1].rstrip()}…"
