"""Demo mode: let one session show a demo history instead of the user's answers.

The demo store lies in a temporary folder that is deleted when the server ends. The user's own store is
neither read nor written meanwhile.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app_pages.ui.errors import show_errors
from app_pages.ui.identity import require_identity
from app_pages.ui.links import DEMO_PARAMETER, link_to_comparison, link_to_progress
from services.demo import DemoHistory, make_demo
from store.store import Store

LOG = logging.getLogger(__name__)
_STATE_KEY = "demo"
_ASKED_KEY = "demo_asked"  # whether this session has looked at the address it was opened with
PAGE_STATE_TYPES = (tuple, frozenset)  # besides dataclasses, what the pages put into the session and no widget does
OFFER_LABEL = "See a demo history"
BANNER_TEXT = (
    "**This is a demo.** You're looking at sample answers in several voices, dated over the past weeks as if one "
    "person had practised. The numbers are real. Your own answers are safe, and nothing you change here is saved."
)


@dataclass(frozen=True)
class DemoState:
    """State of demo mode in a session: the day it began, and the session's page state from before."""

    day: date
    state_before: dict[str, Any]


def is_on() -> bool:
    """Return whether this session shows the demo; always False in background threads."""
    return get_script_run_ctx(suppress_warning=True) is not None and _STATE_KEY in st.session_state


def get_demo_store() -> Store:
    """Return the store of the demo, creating it on first use; raises StoreError."""
    on: DemoState = st.session_state[_STATE_KEY]
    return _load_demo(on.day, _find_person()).store


def show_offer() -> None:
    """Draw a button that enters the demo, on pages that may have little to show yet."""
    if not is_on():
        st.button(
            OFFER_LABEL, key="enter_demo", on_click=enter, help="Weeks of sample answers. One click takes you back."
        )


def resume() -> None:
    """Turn demo mode on again where a reload has begun a new session; the address says that it was on."""
    if _ASKED_KEY in st.session_state:
        return
    st.session_state[_ASKED_KEY] = True
    if DEMO_PARAMETER in st.query_params and not is_on():
        st.session_state[_STATE_KEY] = DemoState(datetime.now().astimezone().date(), {})


def show_banner() -> None:
    """Draw a banner with a button to leave the demo; nothing outside of it."""
    if not is_on():
        return
    with st.container(border=True, key="demo_banner"):
        st.markdown(BANNER_TEXT)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Leave the demo", key="leave_demo", on_click=leave)
            link_to_progress("See what changed")
            link_to_comparison()
    with show_errors():
        get_demo_store()


def enter() -> None:
    """Turn demo mode on for this session, saving what its pages remember."""
    before = _pop_page_state()
    st.session_state[_STATE_KEY] = DemoState(datetime.now().astimezone().date(), before)


def leave() -> None:
    """Turn demo mode off and restore what the pages remembered before."""
    on: DemoState | None = st.session_state.pop(_STATE_KEY, None)
    _pop_page_state()
    if on is not None:
        st.session_state.update(on.state_before)


def _pop_page_state() -> dict[str, Any]:
    """Remove what the pages remember from the session, and return it; values of widgets stay."""
    st.query_params.clear()
    ours = [
        str(name)
        for name, value in st.session_state.items()
        if is_dataclass(value) or isinstance(value, PAGE_STATE_TYPES)
    ]
    return {name: st.session_state.pop(name) for name in ours}


@st.cache_resource(show_spinner="Preparing the demo…")
def _load_demo(day: date, person_id: str) -> DemoHistory:
    """Return the demo of a day, one for each person; an empty id is the single user's."""
    LOG.info("making the demo of %s for %s", day, person_id or "the user")
    return make_demo(day)


def _find_person() -> str:
    identity = require_identity()
    return "" if identity is None else identity.owner.id
