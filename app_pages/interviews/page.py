"""The page of interviews: all of them, or the one that the address names with its preparation."""

from __future__ import annotations

from datetime import UTC, datetime, time

import streamlit as st

from app_pages.components import past_interviews
from app_pages.interviews import details, form, preparation
from app_pages.interviews.wording import DATE_PASSED, describe_interview, format_title
from app_pages.ui import current_time, form_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from interview.interview import Interview, InterviewState
from services.interviews.follow_ups import find_past_interviews

NO_INTERVIEWS = (
    "Add your first interview, even without a date. Your preparation, the people, your research and your questions "
    "will be kept with it."
)
_FAR_FUTURE, _FAR_PAST = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)


def show_interviews() -> None:
    """Show the list, and a button or the form to add an interview.

    Raises:
        StoreError: the data cannot be read.
    """
    st.caption("For each interview: what to prepare, who you'll meet, what you found out, and what you'll ask.")
    undo.show_deleted(details.LIST)
    interviews = get_store().load_documents(Interview)
    if not interviews:
        st.info(NO_INTERVIEWS)
    past = find_past_interviews(get_store(), current_time.now())
    past_interviews.ask_whether_held(past)
    _show_group(DATE_PASSED, past, is_over=True)
    _show_group("Upcoming", [each for each in _select_upcoming(interviews) if each not in past])
    _show_group("Past interviews", _select_past(interviews))
    if form_state.get_open_form(form.FORM):
        form.show_form()
    else:
        st.button("Add an interview", type="primary", on_click=form_state.begin, args=(form.FORM,))
    preparation.show_before_applying(is_open=not interviews)


def _select_upcoming(interviews: tuple[Interview, ...]) -> list[Interview]:
    """Return the upcoming interviews by date, those without one last."""
    found = [each for each in interviews if each.state is InterviewState.UPCOMING]
    return sorted(found, key=lambda each: each.at or _at_midnight(each, _FAR_FUTURE))


def _select_past(interviews: tuple[Interview, ...]) -> list[Interview]:
    """Return the other interviews, the latest first and those without a date last."""
    found = [each for each in interviews if each.state is not InterviewState.UPCOMING]
    return sorted(found, key=lambda each: each.at or _at_midnight(each, _FAR_PAST), reverse=True)


def _at_midnight(interview: Interview, otherwise: datetime) -> datetime:
    """Return when the day of an interview begins; without a day, another time."""
    return datetime.combine(interview.day, time(), UTC) if interview.day else otherwise


def _show_group(heading: str, interviews: list[Interview], *, is_over: bool = False) -> None:
    if not interviews:
        return
    st.header(f"{heading} ({len(interviews)})", anchor=False)
    for each in interviews:
        with st.container(border=True, key=f"interview_{each.id}", gap=None):
            _show_open_button(each, f"**{escape_markdown(format_title(each))}**")
            st.caption(escape_markdown(describe_interview(each, is_over=is_over)))


def _show_open_button(interview: Interview, label: str) -> None:
    """Show a button that opens an interview on this page.

    A link to the current page would leave its address unchanged.
    """
    key = f"open_{interview.id}"
    st.button(label, key=key, type="tertiary", on_click=current_interview.set_subject, args=(interview.id,))


st.title("Interviews", anchor=False)
with show_errors():
    chosen = current_interview.load_named()
    form_state.close_forms_of_other_subjects(chosen.id if chosen else "interviews")
    if chosen is None:
        show_interviews()
    else:
        details.show_interview(chosen)
