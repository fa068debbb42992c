"""All interviews: what is to come by date, then the others, the latest first; and the form for a new one."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from app_pages.interviews import form
from app_pages.interviews.wording import facts, title
from app_pages.ui import form_state
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.interview import Interview, InterviewState

NONE = (
    "No interview yet. Add one, even without a date: its preparation lists, the people, your research and the "
    "questions you want to ask are kept with it."
)
_LAST = datetime.max.replace(tzinfo=UTC)


def show() -> None:
    """The list; raises StoreError."""
    st.caption("For each interview: what to prepare, who is there, what you found out, and what you will ask.")
    interviews = get_store().things(Interview)
    if not interviews:
        st.info(NONE)
    _group("To come", _to_come(interviews))
    _group("Held or decided", _past(interviews))
    if form_state.now(form.FORM):
        form.show()
    else:
        st.button("Add an interview", type="primary", on_click=form_state.begin, args=(form.FORM,))


def _to_come(interviews: tuple[Interview, ...]) -> list[Interview]:
    """By date, those without one last."""
    found = [each for each in interviews if each.state is InterviewState.UPCOMING]
    return sorted(found, key=lambda each: each.at or _LAST)


def _past(interviews: tuple[Interview, ...]) -> list[Interview]:
    """The latest first, those without a date last."""
    found = [each for each in interviews if each.state is not InterviewState.UPCOMING]
    return sorted(found, key=lambda each: each.at or datetime.min.replace(tzinfo=UTC), reverse=True)


def _group(heading: str, interviews: list[Interview]) -> None:
    if not interviews:
        return
    st.subheader(f"{heading} ({len(interviews)})", anchor=False)
    for each in interviews:
        with st.container(border=True, key=f"interview_{each.id}"):
            _open_button(each, f"**{plain(title(each))}**")
            st.caption(plain(facts(each)))


def _open_button(interview: Interview, label: str) -> None:
    """Draw the way to an interview on the same page; a link to the page one is on leaves its address alone."""
    key = f"open_{interview.id}"
    st.button(label, key=key, type="tertiary", on_click=current_interview.choose, args=(interview.id,))
