"""Show search results in the user's documents, each with a link to its page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from app_pages.ui.links import (
    DEBRIEF_PAGE,
    FOLLOW_UPS_PAGE,
    INTERVIEWS_PAGE,
    THANK_YOU_PAGE,
    link_to_interview,
    link_to_question,
    link_to_run,
)
from app_pages.ui.wording import escape_markdown
from interview.document_kinds import DOCUMENT_KINDS
from store.db.search import SearchResult
from store.store import Store

PAGES = {  # of the kinds that belong to an interview and do not stand on its own page
    "debrief": DEBRIEF_PAGE,
    "follow_up": FOLLOW_UPS_PAGE,
    "thank_you": THANK_YOU_PAGE,
}
NAMES = {
    "ask_card": "Questions to ask",
    "debrief": "Debrief",
    "fillings": "Details filled in",
    "follow_up": "What is due",
    "interview": "Interview",
    "mock_run": "Mock interview",
    "own_question": "Your question",
    "person": "Person",
    "points": "Points to make",
    "research": "Research",
    "thank_you": "Thank-you note",
}
OPEN_LABEL = "Open"


def show_results(kept: Store, found: Sequence[SearchResult]) -> None:
    """Draw a line for each result; raises StoreError."""
    for each in found:
        with st.container(horizontal=True, vertical_alignment="center", key=f"found_{each.id}"):
            name = NAMES.get(each.kind, each.kind.replace("_", " ").capitalize())
            st.markdown(f"{name}: {escape_markdown(' '.join(each.excerpt.split()))}", width=520)
            _link_to_result(kept, each)


def _link_to_result(kept: Store, found: SearchResult) -> None:
    """Link a result to the page of its interview, mock interview or question; no link if it has none."""
    thing: Any = kept.load_document(DOCUMENT_KINDS[found.kind], found.id)
    interview = found.id if found.kind == "interview" else getattr(thing, "interview", None)
    if found.kind == "mock_run":
        link_to_run(found.id, OPEN_LABEL)
    elif interview is not None:
        link_to_interview(interview, OPEN_LABEL, PAGES.get(found.kind, INTERVIEWS_PAGE))
    elif found.kind == "own_question":
        link_to_question(found.id, OPEN_LABEL)
    elif hasattr(thing, "question"):
        link_to_question(thing.question, OPEN_LABEL)
