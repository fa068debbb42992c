"""Choosing the interview that a page for afterwards is about: the address names it, else it is the latest one held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import streamlit as st

from app_pages.interviews import form
from app_pages.interviews.wording import NO_DATE, day, title
from app_pages.ui import form_state
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from interview.interview import Interview

NONE = "No interview yet. Add the one you had, or will have: everything after it is kept with it."
_PICKED = "picked_interview"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def show(page: str) -> Interview | None:
    """The interview that the page is about, with the ways to another and to a new one; None where there is none.

    Raises NoInterviewError for an address that names none, StoreError.
    """
    interviews, named = _latest_first(get_store().things(Interview)), current_interview.chosen()
    picked = named or _latest_held(interviews, datetime.now(UTC))
    form_state.only_about(f"{page} {picked.id if picked else ''}")
    if picked is None:
        st.info(NONE)
    else:
        _choice(interviews, picked)
    if form_state.now(form.FORM):
        form.show()
    else:
        add_button("primary" if picked is None else "tertiary")
    return picked


def add_button(kind: Literal["primary", "tertiary"]) -> None:
    """The way to an interview that is not there yet."""
    st.button("Add an interview", key="add_interview", type=kind, on_click=form_state.begin, args=(form.FORM,))


def label(interview: Interview) -> str:
    """What it is for and its day, to tell two of one company apart."""
    return f"{title(interview)} · {day(interview.begins) if interview.begins else NO_DATE}"


def _choice(interviews: Sequence[Interview], picked: Interview) -> None:
    labels = {each.id: label(each) for each in interviews}
    st.session_state[_PICKED] = picked.id
    st.selectbox("Interview", labels, format_func=labels.__getitem__, key=_PICKED, on_change=_pick)


def _pick() -> None:
    current_interview.choose(st.session_state[_PICKED])


def _latest_first(interviews: Sequence[Interview]) -> list[Interview]:
    return sorted(interviews, key=lambda each: each.at or _LONG_AGO, reverse=True)


def _latest_held(interviews: Sequence[Interview], now: datetime) -> Interview | None:
    """The latest that has begun, else the last one in the list."""
    begun = [each for each in interviews if each.at and each.at <= now]
    return next(iter([*begun, *reversed(interviews)]), None)
