"""The fields of a debrief, saved with one button; what was typed stays while other pages are looked at."""

from __future__ import annotations

import streamlit as st

from app_pages import debrief_draft, debrief_spoken, debrief_wished, interviews_current, rule_words
from app_pages.debrief_draft import ASKED, TEXTS, Draft
from app_pages.telling import told
from content.followups import rule
from interview.checks import TEXT
from interview.interview import Interview

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


def show(interview: Interview) -> None:
    """The fields as they were left, and the ways to save and go on; raises StoreError."""
    draft = debrief_draft.opened(interview)
    labels = LABELS | debrief_wished.labels(interview, draft.seen)
    draft = debrief_spoken.take_up(interview, draft, labels)
    debrief_spoken.recorder(interview, labels)
    for field in TEXTS:
        st.text_area(LABELS[field], height=110, max_chars=TEXT, placeholder=HINTS[field], key=_key(interview, field))
    with st.container(horizontal=True, gap="medium"):
        for field in ASKED:
            _yes_or_no(interview, field)
    debrief_wished.show(interview, draft)
    draft = debrief_draft.as_typed(draft)
    debrief_draft.remember(draft)
    _save(draft)
    _advice()
    with st.container(horizontal=True):
        interviews_current.link(interview, "Write the thank-you notes", interviews_current.THANKS)
        interviews_current.link(interview, "See what is due", interviews_current.DUE)


def _key(interview: Interview, field: str) -> str:
    return debrief_draft.key(interview.id, field)


def _yes_or_no(interview: Interview, field: str) -> None:
    answers = {True: "Yes", False: "No"}
    st.segmented_control(
        QUESTIONS[field], list(answers), format_func=answers.__getitem__, key=_key(interview, field), width="content"
    )


def _save(draft: Draft) -> None:
    said = st.container()
    saves = st.button("Save the debrief", type="primary", key="save_debrief")
    with said, told():
        if saves:
            debrief_draft.keep(draft)
            st.success("Saved. It is kept with the interview, and the notes you write can draw on it.")
        elif not draft.is_kept:
            st.caption("Not saved yet.")


def _advice() -> None:
    with st.expander("Why look back, and how"):
        for each in map(rule, ADVICE):
            st.markdown(rule_words.advice(each))
