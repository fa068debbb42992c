"""What there is to prepare for an interview: its lists to tick off, and the research on those who invite."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown
from content.checklists import Checklist, ChecklistItem, load_checklists
from content.questions import get_question
from interview.checklist_tick import ListTick
from interview.interview import Interview
from interview.research import ResearchNotes, make_research_id
from interview.validation import MAX_TEXT_CHARACTERS, split_lines
from services.interviews.belongings import find_research, find_ticks, toggle_tick
from services.question_bank import QuestionBank, load_question_bank

_SEEN = "research_seen"
FIELDS = {
    "values": ("Values", "What they say they stand for, in their words"),
    "news": ("News and plans", "What happened lately, what they announced"),
    "projects": ("Projects and products", "What they work on"),
    "people": ("People", "Who works there, what they wrote or said"),
}


def show_checklists(interview: Interview) -> None:
    """Show every list; the first that is not finished is open.

    Raises:
        StoreError: the data cannot be read.
    """
    ticks = find_ticks(get_store(), interview)
    known = load_question_bank(get_store())
    lists = load_checklists()
    everything = sum(len(each.items) for each in lists)
    st.markdown(
        f"**{_count_done(ticks, *lists)} of {everything} done.** Each line says why, and which document it is from."
    )
    open_one = next((each.key for each in lists if _count_done(ticks, each) < len(each.items)), None)
    for each in lists:
        label = f"{each.label} · {_count_done(ticks, each)} of {len(each.items)} done"
        with st.expander(escape_markdown(label), expanded=each.key == open_one, key=f"list_{each.key}"):
            for item in each.items:
                _show_item(item, ticks.get(item.id), interview, known)


def _count_done(ticks: Mapping[str, ListTick], *lists: Checklist) -> int:
    return sum(item.id in ticks for each in lists for item in each.items)


def _show_item(item: ChecklistItem, tick: ListTick | None, interview: Interview, known: QuestionBank) -> None:
    key = f"tick_{item.id}"
    st.session_state[key] = tick is not None
    with st.container(gap="xsmall", key=f"entry_{item.id}"):
        st.checkbox(escape_markdown(item.text), key=key, on_change=_toggle, args=(item.id, tick, interview.id))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"{escape_markdown(item.why)} :small[{escape_markdown(str(item.citation))}]", width="content")
            if item.practise:
                with st.popover("Practise", type="tertiary"):
                    for question_id in item.practise:
                        link_to_question(question_id, escape_markdown(known.format_text(get_question(question_id))))


def _toggle(entry: str, tick: ListTick | None, interview: str) -> None:
    """Set or remove a tick, unless another window did so meanwhile."""
    with show_errors():
        toggle_tick(get_store(), interview, entry, tick, datetime.now().astimezone())


def show_research(interview: Interview) -> None:
    """Show the notes in fields that can be edited and saved.

    Raises:
        StoreError: the data cannot be read.
    """
    st.markdown("One note a line, a few words each. Questions to ask are made from them, in the next section.")
    seen = _read_shown_notes(interview)
    with st.form("research", enter_to_submit=False):
        typed = {field: _show_field(field, seen, interview) for field in FIELDS}
        saves = st.form_submit_button("Save the notes", type="primary", key="research_save")
    if saves:
        with show_errors():
            notes = {field: split_lines(typed[field]) for field in FIELDS}
            _save(seen, ResearchNotes(make_research_id(interview.id), interview.id, **notes))


def _show_field(field: str, seen: ResearchNotes | None, interview: Interview) -> str:
    label, hint = FIELDS[field]
    lines = "\n".join(getattr(seen, field)) if seen else ""
    return st.text_area(label, lines, 110, MAX_TEXT_CHARACTERS, key=f"in_{field}_{interview.id}", placeholder=hint)


def _read_shown_notes(interview: Interview) -> ResearchNotes | None:
    """Return the notes the fields were filled with; read again whenever the fields appear."""
    if _SEEN not in st.session_state or f"in_values_{interview.id}" not in st.session_state:
        st.session_state[_SEEN] = find_research(get_store(), interview)
    seen: ResearchNotes | None = st.session_state[_SEEN]
    return seen


def _save(seen: ResearchNotes | None, new: ResearchNotes) -> None:
    get_store().save(new, expected=seen)
    st.session_state[_SEEN] = new
    st.success("Saved. The questions to ask follow these notes.")
