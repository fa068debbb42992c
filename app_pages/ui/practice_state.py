"""The attempt on screen: what the page remembers between two runs of its script, in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import streamlit as st

from app_pages.ui.links import QUESTION, TAKE
from app_pages.ui.query_params import AddressError
from app_pages.ui.store_access import get_store
from services.question_bank import load_question_bank
from services.submission import Submission
from store.attempt import KeptAttempt

OnSubmitted = Callable[[Submission], None]  # what a page does as soon as a recording is saved
_STATE = "on_screen"
_ID = re.compile(r"[0-9a-f]{32}")
_EARLIER = re.compile(r"[0-9a-f]{24}\..+")  # what an address named before answers were numbered as takes


@dataclass(frozen=True)
class PracticeState:
    """The chosen question, the attempt that is shown, and what came in."""

    question: str | None = None  # None: the first that is offered
    attempt_id: str | None = None
    seen_before: str | None = None  # id of the attempt whose very sound was brought once more just now
    taken_in: frozenset[str] = frozenset()  # identifiers of widget values
    refused: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # why, by the same identifiers
    arrivals: int = 0  # how many attempts came in, or were opened on the page


def now() -> PracticeState:
    """What is on screen in this session."""
    found: PracticeState = st.session_state.setdefault(_STATE, PracticeState())
    return found


def remember(**changes: Any) -> None:
    """Note what came in; nothing on screen changes by it."""
    st.session_state[_STATE] = replace(now(), **changes)


def change(**changes: Any) -> None:
    """Put other values on screen; the attempt is written into the page's URL, so that reloading loses nothing."""
    remember(**changes)
    attempt_id = now().attempt_id
    if attempt_id is not None:
        st.query_params[TAKE] = attempt_id
    else:
        st.query_params.pop(TAKE, None)


def arrive(submitted: Submission) -> None:
    """Put an attempt on screen that has just been recorded, uploaded or chosen."""
    seen_before = None if submitted.is_new else submitted.attempt.id
    change(attempt_id=submitted.attempt.id, seen_before=seen_before, arrivals=now().arrivals + 1)


def show(attempt: KeptAttempt, *, into_view: bool = False) -> None:
    """Put a kept attempt on screen, with its question if the app still asks it; `into_view` scrolls to it."""
    question = attempt.question.id if load_question_bank(get_store()).find(attempt.question.id) else now().question
    change(attempt_id=attempt.id, seen_before=None, question=question, arrivals=now().arrivals + into_view)


def open_url() -> None:
    """Put the attempt or the question on screen that the URL names, or name in the URL the attempt on screen.

    Raises AddressError when the URL names none, StoreError when that is not here.
    """
    asked_for = st.query_params.pop(QUESTION, None)
    if asked_for is not None:
        _open_question(asked_for)
        return
    address = st.query_params.get(TAKE)
    if address is None:
        change()
    elif address != now().attempt_id:
        show(get_store().attempt(_id_in(address)))


def _open_question(asked_for: str) -> None:
    if load_question_bank(get_store()).find(asked_for) is None:
        raise AddressError("The question that was to be practised is not here any more. Choose another one.")
    change(question=asked_for, attempt_id=None)


def _id_in(address: str) -> str:
    if _ID.fullmatch(address):
        return address
    if _EARLIER.fullmatch(address):
        raise AddressError(
            "The address of this page was made by an earlier version of Answer Aloud. Choose the question: its takes "
            "are listed below it, and each can be opened there. Or record an answer."
        )
    raise AddressError("The address of this page names no answer. Choose a question and record one.")
