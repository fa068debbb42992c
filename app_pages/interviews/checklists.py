"""The preparation lists of an interview, with ticks and with questions to practise."""

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
from services.interviews.belongings import find_ticks, toggle_tick
from services.question_bank import QuestionBank, load_question_bank


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
