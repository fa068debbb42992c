"""Ways from the pages about many answers to single ones."""

from __future__ import annotations

import streamlit as st

PRACTISE = "app_pages/practice/page.py"
COMPARE = "app_pages/compare/page.py"
TAKE = "take"  # in an address, stands before the id of an answer
QUESTION = "question"  # in an address, stands before the id of a question to practise
BEFORE = "before"  # in the address of a comparison, stands before the id of the earlier answer


def link_to_report(attempt: str, label: str) -> None:
    """A link to the report of an answer; the label is Markdown."""
    st.page_link(PRACTISE, label=label, query_params={TAKE: attempt})


def open_report(attempt: str) -> None:
    """Go to the report of an answer."""
    st.switch_page(PRACTISE, query_params={TAKE: attempt})


def practise(question: str) -> None:
    """Go to the page where answers are recorded, with a question."""
    st.switch_page(PRACTISE, query_params={QUESTION: question})


def link_to_practice(label: str = "Practise a question") -> None:
    """A link to the page where answers are recorded."""
    st.page_link(PRACTISE, label=label)


def link_to_comparison(attempt: str | None = None) -> None:
    """A link to a take beside the one before it, or to the latest two takes."""
    if attempt is None:
        st.page_link(COMPARE, label="Two takes of one question, side by side")
    else:
        st.page_link(COMPARE, label="See it beside an earlier take", query_params={TAKE: attempt})
