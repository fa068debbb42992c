"""What was written or planned and holds the words looked for, each with the way to where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app_pages.ui.links import DEBRIEF, DUE, INTERVIEWS, THANKS, link_to_interview, link_to_question, link_to_run
from app_pages.ui.wording import plain
from interview.document_kinds import KINDS
from store.db.search import Found
from store.store import Store

PAGES = {  # of the kinds that belong to an interview and do not stand on its own page
    "debrief": DEBRIEF,
    "follow_up": DUE,
    "thank_you": THANKS,
}
NAMES = {
    "ask_card": "Questions to ask",
    "debrief": "Debrief",
    "fillings": "Gaps of a question",
    "follow_up": "What is due",
    "interview": "Interview",
    "mock_run": "Mock interview",
    "own_question": "Your question",
    "person": "Person",
    "points": "Points to make",
    "research": "Research",
    "thank_you": "Thank-you note",
}
OPEN = "Open"


def show(kept: Store, found: Sequence[Found]) -> None:
    """A line for each; raises StoreError."""
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"found_{each.id}"):
            name = NAMES.get(each.kind, each.kind.replace("_", " ").capitalize())
            st.markdown(f"{name}: {plain(' '.join(each.excerpt.split()))}", width=520)
            _link(kept, each)


def _link(kept: Store, found: Found) -> None:
    """The way to the page of its interview, its mock interview or its question; none where it belongs to none."""
    thing: Any = kept.thing(KINDS[found.kind], found.id)
    interview = found.id if found.kind == "interview" else getattr(thing, "interview", None)
    if found.kind == "mock_run":
        link_to_run(found.id, OPEN)
    elif interview is not None:
        link_to_interview(interview, OPEN, PAGES.get(found.kind, INTERVIEWS))
    elif found.kind == "own_question":
        link_to_question(found.id, OPEN)
    elif hasattr(thing, "question"):
        link_to_question(thing.question, OPEN)
