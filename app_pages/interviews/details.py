"""One interview: its details, and its sections, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.wording import format_count
from app_pages.components import past_interviews, today
from app_pages.interviews import ask_card, form, people_list, preparation, questions_to_ask
from app_pages.interviews.wording import describe_interview, format_full_day, format_title
from app_pages.ui import current_time, form_state, undo
from app_pages.ui.errors import show_errors
from app_pages.ui.links import (
    DEBRIEF_PAGE,
    FOLLOW_UPS_PAGE,
    SECTION_PARAMETER,
    THANK_YOU_PAGE,
    link_to_interview,
)
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, format_rule
from content.follow_up_rules import get_rule
from interview.interview import Interview, InterviewState
from services.interviews.belongings import count_belongings
from services.interviews.follow_ups import find_past_interviews, is_over

SECTIONS: dict[str, tuple[str, Callable[[Interview], None]]] = {
    "lists": ("Prepare", preparation.show_checklists),
    today.PLAN_SECTION: (today.PLAN_LABEL, today.show_plan),
    "people": ("People", people_list.show_people),
    "research": ("Research", preparation.show_research),
    "ask": ("Questions to ask", questions_to_ask.show_questions_to_ask),
    "card": ("Card", ask_card.show_card),
}
FOLLOWING_PAGES = {  # pages about what comes after an interview
    DEBRIEF_PAGE: "Debrief",
    THANK_YOU_PAGE: "Thank-you notes",
    FOLLOW_UPS_PAGE: "What is due",
}
FORM = "delete_interview"
LIST = "interviews"  # the part of the page that says which interview was deleted
AFTER_A_NO = ("expect_some_noes", "keep_applying")
KIND_NAMES = {
    "ask_card": ("card of questions to ask", "cards of questions to ask"),
    "debrief": ("debrief", "debriefs"),
    "follow_up": ("to-do", "to-dos"),
    "list_tick": ("ticked item", "ticked items"),
    "mock_plan": ("mock interview plan", "mock interview plans"),
    "mock_run": ("mock interview", "mock interviews"),
    "person": ("person", "people"),
    "points": ("list of points to make", "lists of points to make"),
    "research": ("sheet of research notes", "sheets of research notes"),
    "thank_you": ("thank-you note", "thank-you notes"),
}  # of every kind that can belong to an interview


def show_interview(interview: Interview) -> None:
    """Show what is known of an interview, the buttons to change it, and the chosen section.

    Raises:
        StoreError: the data cannot be read.
    """
    current_interview.show_back("← All interviews")
    st.header(escape_markdown(format_title(interview)), anchor=False)
    if form_state.get_open_form(form.FORM):
        form.show_form()
        return
    _show_facts(interview)
    if form_state.get_open_form(FORM):
        confirm_deletion(interview)
        return
    with st.container(horizontal=True):
        st.button("Change", key="change_interview", on_click=form_state.begin, args=(form.FORM, interview))
        st.button("Delete", key="delete_interview", type="tertiary", on_click=form_state.begin, args=(FORM, interview))
    section = st.segmented_control(
        "Section",
        list(SECTIONS),
        default="lists",
        required=True,
        format_func=lambda key: SECTIONS[key][0],
        key=SECTION_PARAMETER,
        label_visibility="collapsed",
        bind="query-params",
    )
    SECTIONS[section or "lists"][1](interview)


def _show_facts(interview: Interview) -> None:
    now = current_time.now()
    past_interviews.ask_whether_held(find_past_interviews(get_store(), now, interview))
    st.caption(escape_markdown(describe_interview(interview, is_over=is_over(interview, now))))
    told = [
        interview.place and f"Place: {interview.place}",
        f"They'll get back to you by {format_full_day(interview.decision_by)}" if interview.decision_by else "",
        f"They answered on {format_full_day(interview.decided_on)}" if interview.decided_on else "",
    ]
    if any(told):
        st.markdown(escape_markdown(" · ".join(filter(None, told))))
    if interview.notes:
        st.text(interview.notes)
    if interview.state is InterviewState.TURNED_DOWN:
        st.info("  \n".join(format_rule(get_rule(each)) for each in AFTER_A_NO))
    with st.container(horizontal=True):
        for page, label in FOLLOWING_PAGES.items():
            link_to_interview(interview.id, label, page)


def confirm_deletion(interview: Interview) -> None:
    """Ask whether to delete an interview, and delete it on confirmation.

    Raises:
        StoreError: the data cannot be read.
    """
    title = format_title(interview)
    warning = f"Delete **{escape_markdown(title)}**? {escape_markdown(_describe_belongings(interview))}"
    if form_state.ask_to_confirm(FORM, warning):
        with show_errors():
            undo.delete_document(LIST, interview.id, title)
            form_state.end(FORM)
            current_interview.set_subject(None)
            st.rerun()


def _describe_belongings(interview: Interview) -> str:
    found = [format_count(many, *KIND_NAMES[name]) for name, many in count_belongings(get_store(), interview).items()]
    goes = f"This also deletes: {', '.join(found)}." if found else ""
    return f"{goes} Your recorded answers and your own questions stay.".strip()
