"""A step of the user's own: a title and a day."""

from __future__ import annotations

from datetime import date, time
from functools import partial

import streamlit as st

from app_pages.follow_ups.wording import OWN_RULE
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview
from interview.thank_you.sending_time import get_morning_hour
from interview.time_zones import make_moment
from interview.validation import MAX_LINE_CHARACTERS, EntryError, to_one_line

FORM = "own_step"
_INTERVIEW_KEY = "own_step_of"
_make_key = partial(form_state.make_widget_key, FORM)


def show_own_step(interview: Interview) -> None:
    """Show a button to add a step, or the open form."""
    opened = form_state.get_open_form(FORM)
    if opened and is_about(opened, interview):
        _show_form(opened, interview)
    else:
        st.button("Add a step of your own", key=f"add_{interview.id}", on_click=_begin, args=(interview.id,))


def is_about(opened: OpenForm, interview: Interview) -> bool:
    """Return whether an open form adds a step to this interview, or edits the interview."""
    return opened.id == interview.id or (
        opened.original is None and st.session_state.get(_INTERVIEW_KEY) == interview.id
    )


def _begin(interview: str) -> None:
    st.session_state[_INTERVIEW_KEY] = interview
    form_state.begin(FORM)


def _show_form(opened: OpenForm, interview: Interview) -> None:
    with st.form(FORM, enter_to_submit=False):
        title = st.text_input("What to do", max_chars=MAX_LINE_CHARACTERS, key=_make_key("title"))
        day = st.date_input("Day", None, format="YYYY-MM-DD", key=_make_key("day"))
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                form_state.save_form(FORM, _build_step(opened.id, to_one_line(title), day, interview))
                st.rerun()


def _build_step(step_id: str, title: str, day: date | None, interview: Interview) -> FollowUp:
    """Return the typed step, due in the morning of its day.

    Args:
        step_id: of the new step.
        title: what to do.
        day: as typed; None for an empty field.
        interview: it belongs to.

    Raises:
        EntryError: the title or the day is missing.
    """
    if not title or day is None:
        raise EntryError("Enter what to do and a day, then save.")
    due = make_moment(day, time(get_morning_hour()), interview.zone)
    return FollowUp(step_id, interview.id, OWN_RULE, title, due=due, zone=interview.zone, own=True)
