"""The interviews behind the steps: what came of each, the user's own steps, and calendar files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

import streamlit as st

from app_pages.follow_ups.wording import OWN_RULE
from app_pages.interviews.wording import STATES, describe_interview, format_full_day, format_title
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.form_state import OpenForm
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.calendar_file import Agenda, make_calendar_file
from interview.follow_up.follow_up import FollowUp
from interview.interview import Interview, InterviewState
from interview.thank_you.sending_time import get_morning_hour
from interview.time_zones import make_moment
from interview.validation import MAX_LINE_CHARACTERS, EntryError, to_one_line
from services.interviews.follow_ups import FollowUpPlan, load_agendas
from store.settings import read_settings

FORM, STEP_FORM = "decision", "own_step"
_INTERVIEW_KEY = "own_step_of"
OUTCOMES = tuple(state for state in STATES if state is not InterviewState.UPCOMING)
_make_key, _make_step_key = (partial(form_state.make_widget_key, form) for form in (FORM, STEP_FORM))


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
        opened = [form_state.get_open_form(form) for form in (FORM, STEP_FORM)]
        is_open = any(form and _is_about(form, each.interview) for form in opened)
        with st.expander(
            escape_markdown(format_title(each.interview)),
            expanded=is_open or only is not None,
            key=f"of_{each.interview.id}",
        ):
            st.caption(escape_markdown(describe_interview(each.interview)))
            show_decision(each.interview, now)
            show_own_step(each.interview)
            _offer_calendar_file("Calendar for this interview (.ics)", [each.agenda], each.interview.id, now)
    if only is None:
        agendas = load_agendas(get_store(), plans, read_settings().work_field or "", now.date())
        _offer_calendar_file("Calendar for everything (.ics)", agendas, "all", now)


def _offer_calendar_file(label: str, agendas: list[Agenda], key: str, now: datetime) -> None:
    file = make_calendar_file(agendas, now)
    st.download_button(label, file, "interviews.ics", "text/calendar", on_click="ignore", key=f"ics_{key}")


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


def show_own_step(interview: Interview) -> None:
    """Show a button to add a step, or the open form."""
    opened = form_state.get_open_form(STEP_FORM)
    if opened and _is_about(opened, interview):
        _show_step_form(opened, interview)
    else:
        st.button("Add a step of your own", key=f"add_{interview.id}", on_click=_begin_step, args=(interview.id,))


def _is_about(opened: OpenForm, interview: Interview) -> bool:
    """Return whether an open form adds a step to this interview, or edits the interview."""
    return opened.id == interview.id or (
        opened.original is None and st.session_state.get(_INTERVIEW_KEY) == interview.id
    )


def _begin_step(interview: str) -> None:
    st.session_state[_INTERVIEW_KEY] = interview
    form_state.begin(STEP_FORM)


def _show_step_form(opened: OpenForm, interview: Interview) -> None:
    with st.form(STEP_FORM, enter_to_submit=False):
        title = st.text_input("What to do", max_chars=MAX_LINE_CHARACTERS, key=_make_step_key("title"))
        day = st.date_input("Day", None, format="YYYY-MM-DD", key=_make_step_key("day"))
        if form_state.show_save_and_cancel(STEP_FORM):
            with show_errors():
                form_state.save_form(STEP_FORM, _build_step(opened.id, to_one_line(title), day, interview))
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
