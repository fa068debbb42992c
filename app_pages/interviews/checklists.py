"""The preparation lists of an interview, with ticks and with questions to practise the same thing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import streamlit as st

from app_pages.ui.errors import show_errors
from app_pages.ui.links import link_to_question
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from content.checklists import Checklist, Item, checklists
from content.questions import question
from interview.checklist_tick import ListTick
from interview.interview import Interview
from services.interviews.belongings import find_ticks, toggle_tick
from services.question_bank import QuestionBank, load_question_bank


def show(interview: Interview) -> None:
    """Every list, the first that has something left to do open; raises StoreError."""
    ticks = find_ticks(get_store(), interview)
    known = load_question_bank(get_store())
    lists = checklists()
    everything = sum(len(each.items) for each in lists)
    st.markdown(f"**{_done(ticks, *lists)} of {everything} done.** Each line says why, and which document it is from.")
    open_one = next((each.key for each in lists if _done(ticks, each) < len(each.items)), None)
    for each in lists:
        label = f"{each.label} · {_done(ticks, each)} of {len(each.items)} done"
        with st.expander(plain(label), expanded=each.key == open_one, key=f"list_{each.key}"):
            for item in each.items:
                _item(item, ticks.get(item.id), interview, known)


def _done(ticks: Mapping[str, ListTick], *lists: Checklist) -> int:
    return sum(item.id in ticks for each in lists for item in each.items)


def _item(item: Item, tick: ListTick | None, interview: Interview, known: QuestionBank) -> None:
    key = f"tick_{item.id}"
    st.session_state[key] = tick is not None
    with st.container(gap="xsmall", key=f"entry_{item.id}"):
        st.checkbox(plain(item.text), key=key, on_change=_toggle, args=(item.id, tick, interview.id))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.caption(f"{plain(item.why)} :small[{plain(str(item.citation))}]", width="content")
            if item.practise:
                with st.popover("Practise", type="tertiary"):
                    for question_id in item.practise:
                        link_to_question(question_id, plain(known.text(question(question_id))))


def _toggle(entry: str, tick: ListTick | None, interview: str) -> None:
    """Set the tick as it is not on screen, unless another window did so meanwhile."""
    with show_errors():
        toggle_tick(get_store(), interview, entry, tick, datetime.now().astimezone())
