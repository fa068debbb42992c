"""The answers the user wishes they had given; each becomes a question to practise."""

from __future__ import annotations

from functools import partial

import streamlit as st

from app_pages.debrief import drafts
from app_pages.debrief.drafts import make_widget_key
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.own_questions import DEFAULT_KIND
from content.taxonomy import load_taxonomy
from interview.debrief import MAX_ANSWERS, DebriefNote, WishedAnswer
from interview.interview import Interview
from interview.questions.practice_again import make_question_id
from interview.validation import MAX_LINE_CHARACTERS, MAX_TEXT_CHARACTERS, to_one_line
from services.interviews.debriefs import DebriefDraft, get_field_name
from services.question_bank import load_question_bank

FORM = "wished"
_make_key = partial(form_state.make_widget_key, FORM)
_ADDED = "wished_added"
ADDED = "Added to your debrief and to your questions: practise it aloud whenever you like."
WHY_HINT = "it decides whether patients come back"
NO_BETTER_ANSWERS = (
    "Which question would you answer differently now? Write it down with the answer, and practise it aloud."
)
_MAX_LABEL_CHARACTERS = 60  # characters


def make_labels(draft: DebriefDraft) -> dict[str, str]:
    """Return the label of each wished answer, by the name of its field."""
    return {get_field_name(draft.interview, each): f"My answer to: {_shorten(each.question)}" for each in draft.wished}


def show_better_answers(interview: Interview, draft: DebriefDraft) -> None:
    """Show the questions with their answers, and a form to add another.

    Raises:
        StoreError: the data cannot be read.
    """
    st.header("The answer I wish I had given", anchor=False)
    wished, own = draft.wished, load_question_bank(get_store()).own
    if not wished:
        st.markdown(NO_BETTER_ANSWERS)
    for each in wished:
        with st.container(border=True, key=f"wished_{make_question_id(interview.id, each.question)}"):
            _show_answer(interview, draft, each, make_question_id(interview.id, each.question) in own)
    if st.session_state.pop(_ADDED, False):
        st.success(ADDED)
    if form_state.get_open_form(FORM):
        _show_form(draft)
    elif len(wished) < MAX_ANSWERS:
        st.button("Add a question they asked", key="add_wished", on_click=form_state.begin, args=(FORM,))


def _show_answer(interview: Interview, draft: DebriefDraft, wished: WishedAnswer, has_question: bool) -> None:
    blank = " · Your mind went blank." if wished.blank else ""
    blank += " · You'd like to go deeper." if wished.is_deeper else ""
    blank += f" · Why it matters: {wished.why}" if wished.why else ""
    st.markdown(f"**{escape_markdown(wished.question)}**")
    st.caption(escape_markdown(load_taxonomy().kinds[wished.kind].label + blank))
    st.text_area(
        "Your better answer",
        height=110,
        max_chars=MAX_TEXT_CHARACTERS,
        key=make_widget_key(interview.id, get_field_name(interview.id, wished)),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        if has_question:
            link_to_question(make_question_id(interview.id, wished.question), "Practise it aloud")
        st.button(
            "Remove",
            key=f"off_{make_question_id(interview.id, wished.question)}",
            type="tertiary",
            help="It stays among your questions.",
            on_click=_take_off,
            args=(draft, wished),
        )


def _show_form(draft: DebriefDraft) -> None:
    kinds = {kind: label.label for kind, label in load_taxonomy().kinds.items()}
    with st.form(FORM, enter_to_submit=False):
        question = to_one_line(
            st.text_input("The question, as they asked it", max_chars=MAX_LINE_CHARACTERS, key=_make_key("question"))
        )
        kind = st.selectbox("Kind", kinds, list(kinds).index(DEFAULT_KIND), kinds.__getitem__, key=_make_key("kind"))
        answer = st.text_area(
            "The answer you would give now", height=110, max_chars=MAX_TEXT_CHARACTERS, key=_make_key("answer")
        )
        why = st.text_input(
            "Why the question matters", max_chars=MAX_LINE_CHARACTERS, placeholder=WHY_HINT, key=_make_key("why")
        )
        blank = st.checkbox("My mind went blank", key=_make_key("blank"))
        is_deeper = st.checkbox("It interested me: I'd like to go deeper into it", key=_make_key("is_deeper"))
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                drafts.add_wished(
                    draft, WishedAnswer(question, DebriefNote(answer.strip()), kind, blank, to_one_line(why), is_deeper)
                )
                form_state.end(FORM)
                st.session_state[_ADDED] = True
                st.rerun()


def _take_off(draft: DebriefDraft, gone: WishedAnswer) -> None:
    with show_errors():
        drafts.remove_wished(draft, gone)


def _shorten(text: str) -> str:
    return text if len(text) <= _MAX_LABEL_CHARACTERS else f"{text[: _MAX_LABEL_CHARACTERS - 1].rstrip()}…"
