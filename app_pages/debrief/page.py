"""The page for looking back on an interview: what went well, what did not, and what to remember."""

from __future__ import annotations

import streamlit as st

from app_pages.components import interview_picker
from app_pages.debrief import better_answers, dictation, drafts
from app_pages.ui.errors import show_errors
from app_pages.ui.links import FOLLOW_UPS_PAGE, THANK_YOU_PAGE, link_to_interview
from app_pages.ui.wording import format_rule
from content.follow_up_rules import get_rule
from interview.interview import Interview
from interview.validation import MAX_TEXT_CHARACTERS
from services.interviews.debriefs import TEXT_FIELDS, YES_NO_FIELDS, DebriefDraft

LABELS = {
    "keep": "What went well, to keep",
    "did_not_go_well": "What did not go well",
    "remember": "What they said that is worth remembering",
}
QUESTIONS = {
    "too_fast": "Did you talk too fast?",
    "jittery": "Were you jittery?",
    "enough_questions": "Did you ask enough questions?",
}
HINTS = {
    "keep": "The answers, examples and questions that worked",
    "did_not_go_well": "Questions you had no good answer to, haste, fidgeting",
    "remember": "Plans, names, what the place was like, how they like to talk",
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
    better_answers.show_better_answers(interview, draft)
    draft = drafts.as_typed(draft)
    drafts.remember(draft)
    _show_save_button(draft)
    _show_advice()
    with st.container(horizontal=True):
        link_to_interview(interview.id, "Write the thank-you notes", THANK_YOU_PAGE)
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


def _show_save_button(draft: DebriefDraft) -> None:
    said = st.container()
    saves = st.button("Save the debrief", type="primary", key="save_debrief")
    with said, show_errors():
        if saves:
            drafts.save(draft)
            st.success("Saved. It is kept with the interview, and the notes you write can draw on it.")
        elif not draft.is_saved:
            st.caption("Not saved yet.")


def _show_advice() -> None:
    with st.expander("Why look back, and how"):
        for each in map(get_rule, ADVICE):
            st.markdown(format_rule(each))


st.title("Debrief", anchor=False)
st.caption("Soon after an interview, on the same day if you can: details fade, and the notes you will write need them.")
with show_errors():
    interview = interview_picker.pick_interview("debrief")
    if interview is not None:
        show_form(interview)
