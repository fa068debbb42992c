"""The page for looking back on an interview: what went well, what did not, and what to remember."""

from __future__ import annotations

import streamlit as st

from app_pages.components import interview_picker
from app_pages.debrief import better_answers, dictation, drafts
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import FOLLOW_UPS_PAGE, THANK_YOU_PAGE, link_to_interview, link_to_question
from app_pages.ui.wording import escape_markdown, format_rule
from content.follow_up_rules import get_rule
from interview.debrief import LESSONS
from interview.interview import Interview
from interview.validation import MAX_TEXT_CHARACTERS
from services.interviews.debriefs import TEXT_FIELDS, YES_NO_FIELDS, DebriefDraft

LABELS = {
    "keep": "What went well",
    "did_not_go_well": "What didn't go well",
    "remember": "What they said that you want to remember",
}
QUESTIONS = {
    "too_fast": "Did you talk too fast?",
    "jittery": "Were you nervous?",
    "enough_questions": "Did you ask enough questions?",
}
HINTS = {
    "keep": "The answers, examples and questions that worked",
    "did_not_go_well": "Questions you had no good answer to, rushing, fidgeting",
    "remember": "Plans, names, what it was like there, how they like to talk – one thing per line",
}
ADVICE = ("write_it_down", "what_went_well", "answer_you_wish", "their_manner")


def show_form(interview: Interview) -> None:
    """Show the fields as they were left, with links to the next steps.

    Raises:
        StoreError: the data cannot be read.
    """
    draft = drafts.open_draft(interview)
    labels = LABELS | better_answers.make_labels(draft)
    draft = dictation.offer_dictations(draft, labels)
    dictation.show_recorder(interview, labels)
    for field in TEXT_FIELDS:
        st.text_area(
            LABELS[field],
            height=110,
            max_chars=MAX_TEXT_CHARACTERS,
            placeholder=HINTS[field],
            key=_make_key(interview, field),
        )
    with st.container(horizontal=True, gap="medium"):
        for field in YES_NO_FIELDS:
            _ask_yes_or_no(interview, field)
    _show_lessons(interview)
    better_answers.show_better_answers(interview, draft)
    draft = drafts.as_typed(draft)
    drafts.remember(draft)
    _show_save_button(draft)
    _show_advice()
    with st.container(horizontal=True):
        link_to_interview(interview.id, "Write your thank-you notes", THANK_YOU_PAGE)
        link_to_interview(interview.id, "See what is due", FOLLOW_UPS_PAGE)


def _make_key(interview: Interview, field: str) -> str:
    return drafts.make_widget_key(interview.id, field)


def _ask_yes_or_no(interview: Interview, field: str) -> None:
    answers = {True: "Yes", False: "No"}
    st.segmented_control(
        QUESTIONS[field],
        list(answers),
        format_func=answers.__getitem__,
        key=_make_key(interview, field),
        width="content",
    )


def _show_lessons(interview: Interview) -> None:
    """Show what the answers to the three questions lead to, each with something to practise."""
    answers = {field: st.session_state.get(_make_key(interview, field)) for field in YES_NO_FIELDS}
    for (field, answer), lesson in LESSONS.items():
        if answers[field] is answer:
            link_to_question(lesson.question, escape_markdown(f"{lesson.text} Practise it now."))


def _show_save_button(draft: DebriefDraft) -> None:
    if form_state.get_open_form(better_answers.FORM):
        st.caption("Save or cancel the question above first. Then you can save your debrief.")
        return
    said = st.container()
    saves = st.button("Save debrief", type="primary", key="save_debrief")
    with said, show_errors():
        if saves:
            drafts.save(draft)
            st.success("Debrief saved. Your thank-you notes can draw on it.")
        elif not draft.is_saved:
            st.caption("Not saved yet.")


def _show_advice() -> None:
    with st.expander("Why look back, and how"):
        for each in map(get_rule, ADVICE):
            st.markdown(format_rule(each))


st.title("Debrief", anchor=False)
st.caption("Look back on the same day if you can: details fade, and your thank-you notes will need them.")
with show_errors():
    interview = interview_picker.pick_interview("debrief")
    if interview is not None:
        show_form(interview)
