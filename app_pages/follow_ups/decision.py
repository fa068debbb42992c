"""The form for the employer's decision: when it is due and what it was; the steps follow from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from app_pages.interviews.wording import STATES, format_full_day
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview, InterviewState

FORM = "decision"
OUTCOMES = tuple(state for state in STATES if state is not InterviewState.UPCOMING)
_make_key = partial(form_state.make_widget_key, FORM)


def show_decision(interview: Interview, now: datetime) -> None:
    """Show what is known of the decision with a button to change it, or the open form."""
    opened = form_state.get_open_form(FORM)
    if opened and opened.id == interview.id:
        _show_form(opened.original, now)
        return
    by, came = interview.decision_by, interview.decided_on
    told_days = [f"They decide by {format_full_day(by)}."] if by else []
    told_days += [f"Their answer came on {format_full_day(came)}."] if came else []
    st.markdown(escape_markdown(" ".join(told_days) or "They named no date to be heard from."))
    key = f"decide_{interview.id}"
    st.button("Their date and their answer", key=key, on_click=form_state.begin, args=(FORM, interview))


def _show_form(old: Interview, now: datetime) -> None:
    with st.form(FORM, enter_to_submit=False):
        by = _ask_day("Date they named to be heard from", old.decision_by, "by")
        # no drop-down list: it closes when the page scrolls, and drops what was typed before it was found in the list
        state = st.radio(
            "What came of it", OUTCOMES, OUTCOMES.index(old.state), STATES.__getitem__, key=_make_key("state")
        )
        came = _ask_day("Day of their answer (left empty, it is today)", old.decided_on, "came")
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                decided_on = None if state is InterviewState.HELD else came or now.date()
                form_state.save_form(FORM, replace(old, decision_by=by, state=state, decided_on=decided_on))
                st.rerun()


def _ask_day(label: str, old: date | None, field: str) -> date | None:
    found: date | None = st.date_input(label, old, format="YYYY-MM-DD", key=_make_key(field))
    return found
