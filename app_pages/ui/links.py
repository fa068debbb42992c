"""Draw links between the pages, and name the parameters of their URLs."""

from __future__ import annotations

import streamlit as st

PRACTICE_PAGE = "app_pages/practice/page.py"
PROGRESS_PAGE = "app_pages/progress/page.py"
COMPARE_PAGE = "app_pages/compare/page.py"
MOCK_PAGE = "app_pages/mock/page.py"
QUESTIONS_PAGE = "app_pages/questions/page.py"
INTERVIEWS_PAGE, DEBRIEF_PAGE = "app_pages/interviews/page.py", "app_pages/debrief/page.py"
THANK_YOU_PAGE, FOLLOW_UPS_PAGE = "app_pages/thank_you/page.py", "app_pages/follow_ups/page.py"
TAKE_PARAMETER = "take"  # in an address, stands before the id of an answer
QUESTION_PARAMETER = "question"  # in an address, stands before the id of a question to practise
INTERVIEW_PARAMETER = "interview"  # in an address, stands before the id of an interview
SECTION_PARAMETER = "section"  # in the address of an interview, stands before the name of a section
RUN_PARAMETER = "run"  # in an address, stands before the id of a mock interview
DEMO_PARAMETER = "demo"  # in an address, says that the demo was on
EARLIER_TAKE_PARAMETER = "before"  # in the address of a comparison, stands before the id of the earlier answer


def link_to_report(attempt: str, label: str) -> None:
    """Draw a link to the report of an answer; the label is Markdown."""
    st.page_link(PRACTICE_PAGE, label=label, query_params={TAKE_PARAMETER: attempt})


def open_report(attempt: str) -> None:
    """Go to the report of an answer."""
    st.switch_page(PRACTICE_PAGE, query_params={TAKE_PARAMETER: attempt})


def open_practice(question_id: str) -> None:
    """Go to the practice page with a question."""
    st.switch_page(PRACTICE_PAGE, query_params={QUESTION_PARAMETER: question_id})


def link_to_practice(label: str = "Practise a question") -> None:
    """Draw a link to the practice page."""
    st.page_link(PRACTICE_PAGE, label=label)


def link_to_progress(label: str) -> None:
    """Draw a link to the page of progress; the label is Markdown."""
    st.page_link(PROGRESS_PAGE, label=label)


def link_to_comparison(attempt: str | None = None, label: str = "Compare with an earlier take") -> None:
    """Draw a link to the comparison of a take with the one before it.

    Args:
        attempt: id of the later take; None for the two latest takes.
        label: what the link says, as Markdown, where there is a later take.
    """
    if attempt is None:
        st.page_link(COMPARE_PAGE, label="Compare two takes")
    else:
        st.page_link(COMPARE_PAGE, label=label, query_params={TAKE_PARAMETER: attempt})


def link_to_question(question_id: str, label: str) -> None:
    """Draw a link to the practice page with a question; the label is Markdown."""
    st.page_link(PRACTICE_PAGE, label=label, query_params={QUESTION_PARAMETER: question_id})


def link_to_interview(interview_id: str, label: str, page: str = INTERVIEWS_PAGE, section: str | None = None) -> None:
    """Draw a link to a page about an interview.

    Args:
        interview_id: id of the interview.
        label: as Markdown.
        page: the page.
        section: of the page of interviews; None for its first.
    """
    named = {SECTION_PARAMETER: section} if section else {}
    st.page_link(page, label=label, query_params={INTERVIEW_PARAMETER: interview_id, **named})


def open_interview(interview_id: str) -> None:
    """Go to the page of an interview."""
    st.switch_page(INTERVIEWS_PAGE, query_params={INTERVIEW_PARAMETER: interview_id})


def link_to_interviews(label: str) -> None:
    """Draw a link to the list of interviews."""
    st.page_link(INTERVIEWS_PAGE, label=label, query_params={})


def link_to_run(run_id: str, label: str) -> None:
    """Draw a link to a mock interview; the label is Markdown."""
    st.page_link(MOCK_PAGE, label=label, query_params={RUN_PARAMETER: run_id})
