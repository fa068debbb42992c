"""The interviews behind the steps: what came of each, an own step, and the calendar file."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from app_pages.follow_ups import decision, own_step
from app_pages.interviews.wording import facts, title, when
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.calendar_file import Agenda, calendar_file
from interview.interview import Interview
from services.interviews.belongings import mark_held
from services.interviews.follow_ups import Plan, all_agendas, interviews_past


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
        opened = [form_state.now(form) for form in (decision.FORM, own_step.FORM)]
        is_open = any(form and own_step.is_about(form, each.interview) for form in opened)
        with st.expander(
            plain(title(each.interview)), expanded=is_open or only is not None, key=f"of_{each.interview.id}"
        ):
            st.caption(plain(facts(each.interview)))
            decision.show(each.interview, now)
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
