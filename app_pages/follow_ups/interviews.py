"""The interviews behind the steps: what came of each, an own step, and the calendar file."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from functools import partial

import streamlit as st

from app_pages.follow_ups import own_step
from app_pages.interviews.wording import STATES, day, facts, title, when
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.calendar_file import Agenda, calendar_file
from interview.interview import Interview, InterviewState
from services.interviews.belongings import mark_held
from services.interviews.follow_ups import Plan, all_agendas, interviews_past

FORM = "decision"
OUTCOMES = tuple(state for state in STATES if state is not InterviewState.UPCOMING)
_make_key = partial(form_state.key, FORM)


def maybe_held(now: datetime, only: Interview | None = None) -> None:
    """Ask about interviews, or about one, whose time is over; raises StoreError."""
    for each in interviews_past(get_store(), now, only):
        with st.container(border=True, key=f"past_{each.id}"):
            st.markdown(f"**{plain(title(each))}**  \n{plain(f'It was to be over by now: {when(each)}.')}")
            with st.container(horizontal=True, vertical_alignment="center"):
                st.button("It was held", key=f"held_{each.id}", type="primary", on_click=_held, args=(each,))
                link_to_interview(each.id, "It was not: change its date")


def show(plans: tuple[Plan, ...], now: datetime, only: Interview | None = None) -> None:
    """Each interview with its forms, then everything as a calendar file, or just the one; raises StoreError."""
    st.subheader("Their answers, own steps, calendar", anchor=False)
    for each in plans:
        opened = [form_state.now(form) for form in (FORM, own_step.FORM)]
        is_open = any(form and own_step.is_about(form, each.interview) for form in opened)
        with st.expander(
            plain(title(each.interview)), expanded=is_open or only is not None, key=f"of_{each.interview.id}"
        ):
            st.caption(plain(facts(each.interview)))
            show_decision(each.interview, now)
            own_step.show(each.interview)
            _download("Calendar file of this interview (.ics)", [each.agenda], each.interview.id, now)
    if only is None:
        _download("Calendar file of everything (.ics)", all_agendas(get_store(), plans), "all", now)


def _download(label: str, agendas: list[Agenda], key: str, now: datetime) -> None:
    file = calendar_file(agendas, now)
    st.download_button(label, file, "interviews.ics", "text/calendar", on_click="ignore", key=f"ics_{key}")


def _held(interview: Interview) -> None:
    with show_errors():
        mark_held(get_store(), interview)


def show_decision(interview: Interview, now: datetime) -> None:
    """Show what is known of the decision with a button to change it, or the open form."""
    opened = form_state.now(FORM)
    if opened and opened.id == interview.id:
        _show_form(opened.thing, now)
        return
    by, came = interview.decision_by, interview.decided_on
    told_days = [f"They decide by {day(by)}."] if by else []
    told_days += [f"Their answer came on {day(came)}."] if came else []
    st.markdown(plain(" ".join(told_days) or "They named no date to be heard from."))
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
        if form_state.buttons(FORM):
            with show_errors():
                decided_on = None if state is InterviewState.HELD else came or now.date()
                form_state.keep(FORM, replace(old, decision_by=by, state=state, decided_on=decided_on))
                st.rerun()


def _ask_day(label: str, old: date | None, field: str) -> date | None:
    found: date | None = st.date_input(label, old, format="YYYY-MM-DD", key=_make_key(field))
    return found
