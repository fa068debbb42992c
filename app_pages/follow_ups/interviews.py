"""The interviews behind the steps: what came of each, the user's own steps, and calendar files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from app_pages.follow_ups import own_step
from app_pages.interviews.wording import STATES, describe_interview, format_full_day, format_start, format_title
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.calendar_file import Agenda, make_calendar_file
from interview.interview import Interview, InterviewState
from services.interviews.belongings import mark_held
from services.interviews.follow_ups import FollowUpPlan, find_past_interviews, load_agendas

FORM = "decision"
OUTCOMES = tuple(state for state in STATES if state is not InterviewState.UPCOMING)
_make_key = partial(form_state.make_widget_key, FORM)


def ask_whether_held(now: datetime, only: Interview | None = None) -> bool:
    """Ask whether the interviews whose time is over took place; return whether there are any.

    Args:
        now: with the user's time zone.
        only: the one interview to ask about; None for all.

    Raises:
        StoreError: the data cannot be read.
    """
    past = find_past_interviews(get_store(), now, only)
    for each in past:
        with st.container(border=True, key=f"past_{each.id}"):
            st.markdown(
                f"**{escape_markdown(format_title(each))}**  \n"
                f"{escape_markdown(f'This should be over – did it take place? {format_start(each)}')}"
            )
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button("Yes", key=f"held_{each.id}", type="primary", on_click=_mark_held, args=(each,))
                link_to_interview(each.id, "No, change the date")
    return bool(past)


def show_interviews(plans: tuple[FollowUpPlan, ...], now: datetime, only: Interview | None = None) -> None:
    """Show each interview with its forms, and the calendar files.

    Args:
        plans: the interviews with their steps.
        now: with the user's time zone.
        only: the one interview the page is about; None for all, with one file of everything.

    Raises:
        StoreError: the data cannot be read.
    """
    st.header("Replies, your own steps, calendar", anchor=False)
    for each in plans:
        opened = [form_state.get_open_form(form) for form in (FORM, own_step.FORM)]
        is_open = any(form and own_step.is_about(form, each.interview) for form in opened)
        with st.expander(
            escape_markdown(format_title(each.interview)),
            expanded=is_open or only is not None,
            key=f"of_{each.interview.id}",
        ):
            st.caption(escape_markdown(describe_interview(each.interview)))
            show_decision(each.interview, now)
            own_step.show_own_step(each.interview)
            _offer_calendar_file("Calendar for this interview (.ics)", [each.agenda], each.interview.id, now)
    if only is None:
        _offer_calendar_file("Calendar for everything (.ics)", load_agendas(get_store(), plans), "all", now)


def _offer_calendar_file(label: str, agendas: list[Agenda], key: str, now: datetime) -> None:
    file = make_calendar_file(agendas, now)
    st.download_button(label, file, "interviews.ics", "text/calendar", on_click="ignore", key=f"ics_{key}")


def _mark_held(interview: Interview) -> None:
    with show_errors():
        mark_held(get_store(), interview)


def show_decision(interview: Interview, now: datetime) -> None:
    """Show what is known of the decision with a button to change it, or the open form."""
    opened = form_state.get_open_form(FORM)
    if opened and opened.id == interview.id:
        _show_form(opened.original, now)
        return
    by, came = interview.decision_by, interview.decided_on
    told_days = [f"They'll get back to you by {format_full_day(by)}."] if by else []
    told_days += [f"They answered on {format_full_day(came)}."] if came else []
    st.markdown(escape_markdown(" ".join(told_days) or "They named no date."))
    key = f"decide_{interview.id}"
    st.button("Enter their date or their answer", key=key, on_click=form_state.begin, args=(FORM, interview))


def _show_form(old: Interview, now: datetime) -> None:
    with st.form(FORM, enter_to_submit=False):
        by = _ask_day("They'll get back to you by", old.decision_by, "by")
        # no drop-down list: it closes when the page scrolls, and drops what was typed before it was found in the list
        state = st.radio(
            "How did it turn out?", OUTCOMES, OUTCOMES.index(old.state), STATES.__getitem__, key=_make_key("state")
        )
        came = _ask_day("Date of their answer (empty means today)", old.decided_on, "came")
        if form_state.show_save_and_cancel(FORM):
            with show_errors():
                decided_on = None if state is InterviewState.HELD else came or now.date()
                form_state.save_form(FORM, replace(old, decision_by=by, state=state, decided_on=decided_on))
                st.rerun()


def _ask_day(label: str, old: date | None, field: str) -> date | None:
    found: date | None = st.date_input(label, old, format="YYYY-MM-DD", key=_make_key(field))
    return found
