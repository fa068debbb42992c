"""Deleting an interview, after saying what goes with it."""

from __future__ import annotations

import streamlit as st

from analysis.wording import count
from app_pages.interviews.wording import title
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.interview import Interview
from services.interviews.belongings import count_belongings

FORM = "delete_interview"
NAMES = {
    "ask_card": ("card of questions to ask", "cards of questions to ask"),
    "debrief": ("look back", "looks back"),
    "follow_up": ("step to follow up", "steps to follow up"),
    "list_tick": ("tick in its lists", "ticks in its lists"),
    "mock_plan": ("plan of a mock interview", "plans of mock interviews"),
    "mock_run": ("mock interview", "mock interviews"),
    "person": ("person", "people"),
    "points": ("list of points to make", "lists of points to make"),
    "research": ("sheet of research notes", "sheets of research notes"),
    "thank_you": ("thank-you note", "thank-you notes"),
}  # of every kind that can belong to an interview


def ask(interview: Interview) -> None:
    """Ask whether to delete, and do it; raises StoreError."""
    warning = f"Delete **{plain(title(interview))}**? {plain(_with_it(interview))} This cannot be undone."
    if form_state.sure(FORM, warning):
        with show_errors():
            get_store().forget(interview.id)
            form_state.end(FORM)
            current_interview.choose(None)
            st.rerun()


def _with_it(interview: Interview) -> str:
    found = [count(many, *NAMES[name]) for name, many in count_belongings(get_store(), interview).items()]
    goes = f"With it goes: {', '.join(found)}." if found else "Nothing else is kept with it."
    return f"{goes} Recorded answers and your own questions stay."
