"""Which interview a page is about: the address says it, so that it stays after reloading and can be linked to."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.store_access import get_store
from interview.interview import Interview
from speech.errors import AnswerAloudError

INTERVIEWS, DEBRIEF = "app_pages/interviews/page.py", "app_pages/debrief/page.py"
THANKS, DUE = "app_pages/thank_you/page.py", "app_pages/follow_ups/page.py"
PARAMETER = "interview"


class NoInterviewError(AnswerAloudError):
    """The address names no interview that is kept."""


def chosen() -> Interview | None:
    """The interview that the address names, None where it names none.

    Raises NoInterviewError when that is not here, StoreError when it cannot be read.
    """
    named = st.query_params.get(PARAMETER)
    if named is None:
        return None
    for each in get_store().things(Interview):
        if each.id == named:
            return each
    back("Show all of them")
    raise NoInterviewError("The interview that the address of this page names is not here (any more).")


def choose(interview_id: str | None) -> None:
    """Make another interview the one that the page is about, or none."""
    if interview_id is None:
        st.query_params.clear()
    else:
        st.query_params.from_dict({PARAMETER: interview_id})


def link(interview: Interview, label: str, page: str = INTERVIEWS) -> None:
    """A link to a page about an interview; the label is Markdown."""
    link_by_id(interview.id, label, page)


def link_by_id(interview_id: str, label: str, page: str) -> None:
    """The same for an interview of which no more than its id is at hand."""
    st.page_link(page, label=label, query_params={PARAMETER: interview_id})


def here(interview: Interview, label: str) -> None:
    """A way to an interview from the list on the same page: a link to the page one is on leaves its address alone."""
    st.button(label, key=f"open_{interview.id}", type="tertiary", on_click=choose, args=(interview.id,))


def back(label: str) -> None:
    """A way from one interview to what the same page shows of all."""
    st.button(label, key="every_interview", type="tertiary", on_click=choose, args=(None,))


def all_interviews(label: str) -> None:
    """A link to the list from another page."""
    st.page_link(INTERVIEWS, label=label, query_params={})
