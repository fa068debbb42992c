"""One interview: what it is, and its sections, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app_pages.interviews import (
    ask_card,
    checklists,
    delete,
    form,
    people_list,
    questions_to_ask,
    research,
)
from app_pages.interviews.wording import day, facts, title
from app_pages.ui import form_state
from app_pages.ui.links import DEBRIEF, DUE, THANKS, link_to_interview
from app_pages.ui.query_params import current_interview
from app_pages.ui.wording import plain
from interview.interview import Interview

SECTIONS: dict[str, tuple[str, Callable[[Interview], None]]] = {
    "lists": ("Prepare", checklists.show),
    "people": ("People", people_list.show),
    "research": ("Research", research.show),
    "ask": ("Questions to ask", questions_to_ask.show),
    "card": ("Card", ask_card.show),
}
AFTER = {  # pages about what comes after an interview
    DEBRIEF: "Debrief",
    THANKS: "Thank-you notes",
    DUE: "What is due",
}
SECTION = "section"  # of the page's address


def show(interview: Interview) -> None:
    """What is known of an interview, the ways to change it, and the chosen section; raises StoreError."""
    current_interview.show_back("← All interviews")
    st.header(plain(title(interview)), anchor=False)
    if form_state.now(form.FORM):
        form.show()
        return
    _known(interview)
    if form_state.now(delete.FORM):
        delete.ask(interview)
    else:
        with st.container(horizontal=True):
            st.button("Change", key="change_interview", on_click=form_state.begin, args=(form.FORM, interview))
            st.button(
                "Delete",
                key="delete_interview",
                type="tertiary",
                on_click=form_state.begin,
                args=(delete.FORM, interview),
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
