"""Let the user pick the interview that a page is about: the one in the URL, or else the latest held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Literal

import streamlit as st

from app_pages.interviews import form
from app_pages.interviews.wording import NO_DATE, format_full_day, format_title
from app_pages.ui import form_state
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from interview.interview import Interview
from interview.time_zones import find_zone

NO_INTERVIEW_TEXT = (
    "Add the interview you have coming up, or the one you've just had. Your debrief, notes and to-dos go with it."
)
_PICKED_KEY = "picked_interview"
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def pick_interview(page: str) -> Interview | None:
    """Show the picker, or the form to add an interview; return the chosen one.

    Nothing is chosen while the form is open: what is typed elsewhere on the page waits, and the form's "Save" is the
    only one.

    Args:
        page: name of the page; its open forms are closed when another interview is chosen.

    Returns:
        The interview; None if there is none or the form is open.

    Raises:
        AddressError: the URL names an interview that does not exist.
        StoreError: the interviews cannot be read.
    """
    interviews, named = _sort_latest_first(get_store().load_documents(Interview)), current_interview.load_named()
    picked = named or _find_latest_held(interviews, datetime.now(UTC))
    form_state.close_forms_of_other_subjects(f"{page} {picked.id if picked else ''}")
    if picked is None:
        st.info(NO_INTERVIEW_TEXT)
    if form_state.get_open_form(form.FORM) is not None:
        form.show_form()
        return None
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if picked is not None:
            _show_choice(interviews, picked)
        show_add_button("primary" if picked is None else "tertiary")
    return picked


def show_add_button(kind: Literal["primary", "tertiary"]) -> None:
    """Draw a button that opens the form for a new interview."""
    st.button("Add an interview", key="add_interview", type=kind, on_click=form_state.begin, args=(form.FORM,))


def format_interview_label(interview: Interview) -> str:
    """Return the title of an interview with its date, to tell apart two at one company."""
    return f"{format_title(interview)} · {format_full_day(interview.on_day) if interview.on_day else NO_DATE}"


def _show_choice(interviews: Sequence[Interview], picked: Interview) -> None:
    labels = {each.id: format_interview_label(each) for each in interviews}
    st.session_state[_PICKED_KEY] = picked.id
    st.selectbox("Interview", labels, format_func=labels.__getitem__, key=_PICKED_KEY, on_change=_apply_choice)


def _apply_choice() -> None:
    current_interview.set_subject(st.session_state[_PICKED_KEY])


def _sort_latest_first(interviews: Sequence[Interview]) -> list[Interview]:
    return sorted(interviews, key=_find_moment, reverse=True)


def _find_latest_held(interviews: Sequence[Interview], now: datetime) -> Interview | None:
    """Return the latest interview that has begun by `now`, or else the last of the list.

    None if there are no interviews.

    Args:
        interviews: interviews, the latest first.
        now: the current time.
    """
    begun = [each for each in interviews if _LONG_AGO < _find_moment(each) <= now]
    return next(iter([*begun, *reversed(interviews)]), None)


def _find_moment(interview: Interview) -> datetime:
    """Return when an interview begins: its time, or its day; long ago without either."""
    if interview.at is not None or interview.day is None:
        return interview.at or _LONG_AGO
    return datetime.combine(interview.day, time(), find_zone(interview.zone))
