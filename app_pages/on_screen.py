"""The attempt on screen: what the page remembers between two runs of its script, in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from app_pages.takes import Take, TakeError, at_address
from content.questions import questions

_STATE = "on_screen"
_PARAMETER = "take"


@dataclass(frozen=True)
class OnScreen:
    """The chosen question, the take whose report is shown, what was taken in already, and how many takes arrived."""

    question: str
    take: Take | None = None
    taken_in: frozenset[str] = frozenset()  # identifiers of widget values
    arrivals: int = 0


def now() -> OnScreen:
    """What is on screen in this session."""
    found: OnScreen = st.session_state.setdefault(_STATE, OnScreen(questions()[0].id))
    return found


def change(**changes: Any) -> OnScreen:
    """Put other values on screen; the take is written into the page's URL, so that reloading loses nothing."""
    st.session_state[_STATE] = replace(now(), **changes)
    take = now().take
    if take is not None:
        st.query_params[_PARAMETER] = take.address
    else:
        st.query_params.pop(_PARAMETER, None)
    return now()


def arrive(take: Take) -> OnScreen:
    """Put a take on screen that has just been recorded, uploaded or chosen."""
    return change(take=take, arrivals=now().arrivals + 1)


def open_url() -> None:
    """Put the take on screen that the URL names, or name in the URL the one on screen; raises TakeError."""
    address = st.query_params.get(_PARAMETER)
    take = now().take
    if address is None:
        change()
    elif take is None or take.address != address:
        named = at_address(address)
        if named.question not in {known.id for known in questions()}:
            raise TakeError(
                "This take answers a question that the app does not have any more. Record the answer again."
            )
        change(take=named, question=named.question)
