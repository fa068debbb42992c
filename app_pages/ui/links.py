"""Links between the pages, and the parameters of their addresses."""

from __future__ import annotations

import streamlit as st

PRACTISE = "app_pages/practice/page.py"
COMPARE = "app_pages/compare/page.py"
MOCK = "app_pages/mock/page.py"
INTERVIEWS, DEBRIEF = "app_pages/interviews/page.py", "app_pages/debrief/page.py"
THANKS, DUE = "app_pages/thank_you/page.py", "app_pages/follow_ups/page.py"
TAKE = "take"  # in an address, stands before the id of an answer
QUESTION = "question"  # in an address, stands before the id of a question to practise
INTERVIEW = "interview"  # in an address, stands before the id of an interview
RUN = "run"  # in an address, stands before the id of a mock interview
BEFORE = "before"  # in the address of a comparison, stands before the id of the earlier answer


def link_to_report(attempt: str, label: str) -> None:
    """Draw a link to the report of an answer; the label is Markdown."""
    st.page_link(PRACTISE, label=label, query_params={TAKE: attempt})


def open_report(attempt: str) -> None:
    """Go to the report of an answer."""
    st.switch_page(PRACTISE, query_params={TAKE: attempt})


def open_practice(question_id: str) -> None:
    """Go to the page where answers are recorded, with a question."""
    st.switch_page(PRACTISE, query_params={QUESTION: question_id})


def link_to_practice(label: str = "Practise a question") -> None:
    """Draw a link to the page where answers are recorded."""
    st.page_link(PRACTISE, label=label)


def link_to_comparison(attempt: str | None = None) -> None:
    """Draw a link to a take beside the one before it, or to the latest two takes."""
    if attempt is None:
        st.page_link(COMPARE, label="Two takes of one question, side by side")
    else:
        st.page_link(COMPARE, label="See it beside an earlier take", query_params={TAKE: attempt})


def link_to_question(question_id: str, label: str) -> None:
    """Draw a link to the practice of a question; the label is Markdown."""
    st.page_link(PRACTISE, label=label, query_params={QUESTION: question_id})


def link_to_interview(interview_id: str, label: str, page: str = INTERVIEWS) -> None:
    """Draw a link to a page about an interview; the label is Markdown."""
    st.page_link(page, label=label, query_params={INTERVIEW: interview_id})


def link_to_interviews(label: str) -> None:
    """Draw a link to the list of interviews."""
    st.page_link(INTERVIEWS, label=label, query_params={})


def link_to_run(run_id: str, label: str) -> None:
    """Draw a link to a mock interview; the label is Markdown."""
    st.page_link(MOCK, label=label, query_params={RUN: run_id})
