"""Demo mode: a session that shows the demo history instead of the user's store.

It is on for one session. Its store lies in a folder that goes when the server ends; the user's own store is neither
written nor read meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass, is_dataclass
from datetime import date, datetime
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from app_pages.ui.errors import show_errors
from services.demo import DemoHistory, make_demo
from store.store import Store

_STATE = "demo"
OURS = (tuple, frozenset)  # besides dataclasses, what the pages put into the session and no widget does
OFFER = "See a demo history"
TOLD = (
    "**Demo history.** These are samples, spoken by several voices and dated over the past weeks as if one person had "
    "practised; some come more than once. The numbers are really measured. Your own answers are untouched, and what "
    "you change or write here is not kept."
)


@dataclass(frozen=True)
class On:
    """That the demo is on in a session: since which day, and what the session remembered before."""

    day: date
    own: dict[str, Any]


def is_on() -> bool:
    """Whether this session shows the demo; never in the background, which always works for the user."""
    return get_script_run_ctx(suppress_warning=True) is not None and _STATE in st.session_state


def get_demo_store() -> Store:
    """Return the store of the demo, made when it is wanted for the first time; raises StoreError."""
    on: On = st.session_state[_STATE]
    return _demo_of(on.day).store


def show_offer() -> None:
    """Draw a button that shows the demo, on pages where there may be little to see yet."""
    if not is_on():
        st.button(OFFER, key="enter_demo", on_click=enter, help="Weeks of sample answers; one click leads back.")


def show_banner() -> None:
    """Say on every page of the demo that it is one, with the way out."""
    if not is_on():
        return
    with st.container(border=True, key="demo_banner"):
        st.markdown(TOLD)
        st.button("Leave the demo", key="leave_demo", type="primary", on_click=leave)
    with show_errors():
        get_demo_store()


def enter() -> None:
    """Turn the demo on for this session."""
    before = _taken_out()
    st.session_state[_STATE] = On(datetime.now().astimezone().date(), before)


def leave() -> None:
    """Turn it off again; the session is as it was before."""
    on: On | None = st.session_state.pop(_STATE, None)
    _taken_out()
    if on is not None:
        st.session_state.update(on.own)


def _taken_out() -> dict[str, Any]:
    """Take out of the session what the pages remember of the things in a store; the values of widgets stay."""
    st.query_params.clear()
    ours = [str(name) for name, value in st.session_state.items() if is_dataclass(value) or isinstance(value, OURS)]
    return {name: st.session_state.pop(name) for name in ours}


@st.cache_resource(show_spinner="Measuring the samples of the demo …")
def _demo_of(day: date) -> DemoHistory:
    return make_demo(day)
