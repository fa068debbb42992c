"""When they want to decide and what came of it; the steps follow what is entered here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from app_pages.interviews.wording import STATES, day
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import plain
from interview.interview import Interview, InterviewState

FORM = "decision"
ANSWERS = tuple(state for state in STATES if state is not InterviewState.UPCOMING)
_key = partial(form_state.key, FORM)


def show(interview: Interview, now: datetime) -> None:
    """What is known of their decision and the way to change it, or the open form."""
    opened = form_state.now(FORM)
    if opened and opened.id == interview.id:
        _form(opened.thing, now)
        return
    by, came = interview.decision_by, interview.decided_on
    told_days = [f"They decide by {day(by)}."] if by else []
    told_days += [f"Their answer came on {day(came)}."] if came else []
    st.markdown(plain(" ".join(told_days) or "They named no date to be heard from."))
    key = f"decide_{interview.id}"
    st.button("Their date and their answer", key=key, on_click=form_state.begin, args=(FORM, interview))


def _form(old: Interview, now: datetime) -> None:
    with st.form(FORM, enter_to_submit=False):
        by = _day("Date they named to be heard from", old.decision_by, "by")
        # no drop-down list: it closes when the page scrolls, and drops what was typed before it was found in the list
        state = st.radio("What came of it", ANSWERS, ANSWERS.index(old.state), STATES.__getitem__, key=_key("state"))
        came = _day("Day of their answer (left empty, it is today)", old.decided_on, "came")
        if form_state.buttons(FORM):
            with show_errors():
                decided_on = None if state is InterviewState.HELD else came or now.date()
                form_state.keep(FORM, replace(old, decision_by=by, state=state, decided_on=decided_on))
                st.rerun()


def _day(label: str, old: date | None, field: str) -> date | None:
    found: date | None = st.date_input(label, old, format="YYYY-MM-DD", key=_key(field))
    return found
