"""The way from a question, wherever it is shown, to the page where it is practised."""

from __future__ import annotations

import streamlit as st

from app_pages.ui.links import PRACTISE, QUESTION


def link_to_question(question_id: str, label: str) -> None:
    """A link to the practice of a question; the label is Markdown."""
    st.page_link(PRACTISE, label=label, query_params={QUESTION: question_id})
