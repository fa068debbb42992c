"""Ask about interviews whose time is over whether they took place, in the place where one meets them."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from app_pages.interviews import form
from app_pages.interviews.wording import format_title
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import open_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview
from interview.working_days import format_day
from services.interviews.belongings import mark_held

ASK_TEXT = "did it take place?"
_HELD = "marked_held"  # title of the interview that the last click was about
HELD_TEXT = "Noted: {} took place."


def ask_whether_held(past: Iterable[Interview]) -> bool:
    """Ask whether interviews took place; return whether there was anything to ask.

    Args:
        past: those whose time is over and that are still marked as upcoming.
    """
    with st.container():  # always there, so that what stands below keeps its place
        noted = st.session_state.pop(_HELD, None)
        if noted is not None:
            st.success(escape_markdown(HELD_TEXT.format(noted)))
    is_asking = False
    for each in past:
        is_asking = True
        with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"past_{each.id}"):
            _ask(each)
    return is_asking


def _ask(interview: Interview) -> None:
    when = f" on {format_day(interview.on_day)}" if interview.on_day else ""
    st.markdown(f"**{escape_markdown(format_title(interview))}**{when}: {ASK_TEXT}", width="content")
    st.button("Yes", key=f"held_{interview.id}", on_click=_mark_held, args=(interview,))
    if st.button("No, change the date", key=f"not_held_{interview.id}"):
        form_state.close_forms_of_other_subjects(interview.id)
        form_state.begin(form.FORM, interview)
        open_interview(interview.id)


def _mark_held(interview: Interview) -> None:
    with show_errors():
        mark_held(get_store(), interview)
        st.session_state[_HELD] = format_title(interview)
