"""Delete an interview, after showing what is deleted with it."""

from __future__ import annotations

import streamlit as st

from analysis.wording import format_count
from app_pages.interviews.wording import format_title
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview
from services.interviews.belongings import count_belongings

FORM = "delete_interview"
KIND_NAMES = {
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


def confirm_deletion(interview: Interview) -> None:
    """Ask whether to delete an interview, and delete it on confirmation.

    Raises:
        StoreError: the data cannot be read.
    """
    warning = (
        f"Delete **{escape_markdown(format_title(interview))}**? "
        f"{escape_markdown(_describe_belongings(interview))} This cannot be undone."
    )
    if form_state.ask_to_confirm(FORM, warning):
        with show_errors():
            get_store().delete_document(interview.id)
            form_state.end(FORM)
            current_interview.set_subject(None)
            st.rerun()


def _describe_belongings(interview: Interview) -> str:
    found = [format_count(many, *KIND_NAMES[name]) for name, many in count_belongings(get_store(), interview).items()]
    goes = f"With it goes: {', '.join(found)}." if found else "Nothing else is kept with it."
    return f"{goes} Recorded answers and your own questions stay."
