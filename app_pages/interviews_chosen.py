"""One interview: what it is, and its sections, one at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from app_pages import (
    editing,
    interviews_ask,
    interviews_card,
    interviews_current,
    interviews_delete,
    interviews_form,
    interviews_lists,
    interviews_people,
    interviews_research,
)
from app_pages.interviews_words import day, facts, title
from app_pages.wording import plain
from interview.interview import Interview

SECTIONS: dict[str, tuple[str, Callable[[Interview], None]]] = {
    "lists": ("Prepare", interviews_lists.show),
    "people": ("People", interviews_people.show),
    "research": ("Research", interviews_research.show),
    "ask": ("Questions to ask", interviews_ask.show),
    "card": ("Card", interviews_card.show),
}
AFTER = {  # pages about what comes after an interview
    interviews_current.DEBRIEF: "Debrief",
    interviews_current.THANKS: "Thank-you notes",
    interviews_current.DUE: "What is due",
}
SECTION = "section"  # of the page's address


def show(interview: Interview) -> None:
    """What is known of an interview, the ways to change it, and the chosen section; raises StoreError."""
    interviews_current.back("← All interviews")
    st.header(plain(title(interview)), anchor=False)
    if editing.now(interviews_form.FORM):
        interviews_form.show()
        return
    _known(interview)
    if editing.now(interviews_delete.FORM):
        interviews_delete.ask(interview)
    else:
        with st.container(horizontal=True):
            st.button("Change", key="change_interview", on_click=editing.begin, args=(interviews_form.FORM, interview))
            st.button(
                "Delete",
                key="delete_interview",
                type="tertiary",
                on_click=editing.begin,
                args=(interviews_delete.FORM, interview),
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


def _known(interview: Interview) -> None:
    st.caption(plain(facts(interview)))
    begins, ends = interview.begins, interview.ends
    told = [
        interview.place and f"Place: {interview.place}",
        begins and ends and f"Until {ends:%H:%M}" + ("" if ends.date() == begins.date() else f", {day(ends)}"),
        interview.decision_by and f"They decide by {day(interview.decision_by)}",
        interview.decided_on and f"Their answer came on {day(interview.decided_on)}",
    ]
    if any(told):
        st.markdown(plain(" · ".join(filter(None, told))))
    if interview.notes:
        st.text(interview.notes)
    with st.container(horizontal=True):
        for page, label in AFTER.items():
            interviews_current.link(interview, label, page)
