"""A step of the user's own: a title and a day."""

from __future__ import annotations

from datetime import date, time
from functools import partial

import streamlit as st

from app_pages.follow_ups.wording import OWN
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import Editing
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview
from interview.thank_you.sending_time import morning_hour
from interview.time_zones import moment
from interview.validation import LINE, EntryError, one_line

FORM = "own_step"
_OF = "own_step_of"
_key = partial(form_state.key, FORM)


def show(interview: Interview) -> None:
    """The way to add a step, or the open form."""
    opened = form_state.now(FORM)
    if opened and is_about(opened, interview):
        _form(opened, interview)
    else:
        st.button("Add a step of your own", key=f"add_{interview.id}", on_click=_begin, args=(interview.id,))


def is_about(opened: Editing, interview: Interview) -> bool:
    """Whether an open form is about this interview, or changes it."""
    return opened.id == interview.id or (opened.thing is None and st.session_state.get(_OF) == interview.id)


def _begin(interview: str) -> None:
    st.session_state[_OF] = interview
    form_state.begin(FORM)


def _form(opened: Editing, interview: Interview) -> None:
    with st.form(FORM, enter_to_submit=False):
        title = st.text_input("What to do", max_chars=LINE, key=_key("title"))
        day = st.date_input("Day", None, format="YYYY-MM-DD", key=_key("day"))
        if form_state.buttons(FORM):
            with show_errors():
                form_state.keep(FORM, _step(opened.id, one_line(title), day, interview))
                st.rerun()


def _step(step_id: str, title: str, day: date | None, interview: Interview) -> FollowUp:
    """What was typed as a step in the morning of its day; raises EntryError."""
    if not title or day is None:
        raise EntryError("A step needs a few words and a day. Give both, then save.")
    due = moment(day, time(morning_hour()), interview.zone)
    return FollowUp(step_id, interview.id, OWN, title, due=due, zone=interview.zone, own=True)
