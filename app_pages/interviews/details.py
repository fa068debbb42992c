"""One interview: what it is, and its sections, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from analysis.wording import count
from app_pages.interviews import ask_card, form, people_list, preparation, questions_to_ask
from app_pages.interviews.wording import day, facts, title
from app_pages.ui import form_state
from app_pages.ui.errors import show_errors
from app_pages.ui.links import DEBRIEF, DUE, THANKS, link_to_interview
from app_pages.ui.query_params import current_interview
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from interview.interview import Interview
from services.interviews.belongings import count_belongings

SECTIONS: dict[str, tuple[str, Callable[[Interview], None]]] = {
    "lists": ("Prepare", preparation.show_checklists),
    "people": ("People", people_list.show),
    "research": ("Research", preparation.show_research),
    "ask": ("Questions to ask", questions_to_ask.show),
    "card": ("Card", ask_card.show),
}
AFTER = {  # pages about what comes after an interview
    DEBRIEF: "Debrief",
    THANKS: "Thank-you notes",
    DUE: "What is due",
}
SECTION = "section"  # of the page's address
FORM = "delete_interview"
KIND_NAMES = {
    "ask_card": ("card of questions to ask", "cards of questions to ask"),
    "debrief": ("look back", "looks back"),
    "follow_up": ("step to follow up", "steps to follow up"),
    "list_tick": ("tick in its lists", "ticks in its lists"),
    "mock_plan": ("plan of a mock interview", "plans of mock interviews"),
    "mock_run": ("mock interview", "mock interviews"),
    "person": ("person", "people"),
    "points": ("list of points to make", "lists of points to make"),
    "research": ("sheet of research notes", "sheets of research notes"),
    "thank_you": ("thank-you note", "thank-you notes"),
}  # of every kind that can belong to an interview


def show(interview: Interview) -> None:
    """What is known of an interview, the ways to change it, and the chosen section; raises StoreError."""
    current_interview.show_back("← All interviews")
    st.header(plain(title(interview)), anchor=False)
    if form_state.now(form.FORM):
        form.show()
        return
    _known(interview)
    if form_state.now(FORM):
        confirm_deletion(interview)
    else:
        with st.container(horizontal=True):
            st.button("Change", key="change_interview", on_click=form_state.begin, args=(form.FORM, interview))
            st.button(
                "Delete",
                key="delete_interview",
                type="tertiary",
                on_click=form_state.begin,
                args=(FORM, interview),
            )
    section = st.segmented_control(
        "Section",
        list(SECTIONS),
        default="lists",
        required=True,
        format_func=lambda key: SECTIONS[key][0],
        key=SECTION,
        label_visibility="collapsed",
        bind="query-params",
    )
    SECTIONS[section or "lists"][1](interview)


def _until(interview: Interview) -> str:
    """When it ends, with the day where that is another one; empty without a date."""
    begins, ends = interview.begins, interview.ends
    if begins is None or ends is None:
        return ""
    return f"Until {ends:%H:%M}" + ("" if ends.date() == begins.date() else f", {day(ends)}")


def _known(interview: Interview) -> None:
    st.caption(plain(facts(interview)))
    told = [
        interview.place and f"Place: {interview.place}",
        _until(interview),
        f"They decide by {day(interview.decision_by)}" if interview.decision_by else "",
        f"Their answer came on {day(interview.decided_on)}" if interview.decided_on else "",
    ]
    if any(told):
        st.markdown(plain(" · ".join(filter(None, told))))
    if interview.notes:
        st.text(interview.notes)
    with st.container(horizontal=True):
        for page, label in AFTER.items():
            link_to_interview(interview.id, label, page)


def confirm_deletion(interview: Interview) -> None:
    """Ask whether to delete an interview, and delete it on confirmation.

    Raises:
        StoreError: the data cannot be read.
    """
    warning = f"Delete **{plain(title(interview))}**? {plain(_describe_belongings(interview))} This cannot be undone."
    if form_state.sure(FORM, warning):
        with show_errors():
            get_store().forget(interview.id)
            form_state.end(FORM)
            current_interview.choose(None)
            st.rerun()


def _describe_belongings(interview: Interview) -> str:
    found = [count(many, *KIND_NAMES[name]) for name, many in count_belongings(get_store(), interview).items()]
    goes = f"With it goes: {', '.join(found)}." if found else "Nothing else is kept with it."
    return f"{goes} Recorded answers and your own questions stay."
