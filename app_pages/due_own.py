"""A step of the user's own: a title and a day."""

from __future__ import annotations

from datetime import date, time
from functools import partial

import streamlit as st

from app_pages import editing
from app_pages.due_words import OWN
from app_pages.editing import Editing
from app_pages.telling import told
from interview.checks import LINE, EntryError, one_line
from interview.follow_up import FollowUp
from interview.interview import Interview
from interview.note_window import morning_hour
from interview.zones import moment

FORM = "own_step"
_OF = "own_step_of"
_key = partial(editing.key, FORM)


def show(interview: Interview) -> None:
    """The way to add a step, or the open form."""
    opened = editing.now(FORM)
    if opened and is_about(opened, interview):
        _form(opened, interview)
    else:
        st.button("Add a step of your own", key=f"add_{interview.id}", on_click=_begin, args=(interview.id,))


def is_about(opened: Editing, interview: Interview) -> bool:
    """Whether an open form is about this interview, or changes it."""
    return opened.id == interview.id or (opened.thing is None and st.session_state.get(_OF) == interview.id)


def _begin(interview: str) -> None:
    st.session_state[_OF] = interview
    editing.begin(FORM)


def _form(opened: Editing, interview: Interview) -> None:
    with st.form(FORM, enter_to_submit=False):
        title = st.text_input("What to do", max_chars=LINE, key=_key("title"))
        day = st.date_input("Day", None, format="YYYY-MM-DD", key=_key("day"))
        if editing.buttons(FORM):
            with told():
                editing.keep(FORM, _step(opened.id, one_line(title), day, interview))
                st.rerun()


def _step(step_id: str, title: str, day: date | None, interview: Interview) -> FollowUp:
    """What was typed as a step in the morning of its day; raises EntryError."""
    if not title or day is None:
        raise EntryError("A step needs a few words and a day. Give both, then save.")
    due = moment(day, time(morning_hour()), interview.zone)
    return FollowUp(step_id, interview.id, OWN, title, due=due, zone=interview.zone, own=True)
