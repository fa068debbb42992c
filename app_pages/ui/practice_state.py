"""Keep what the practice page remembers between reruns: the question and the attempt on screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

import streamlit as st

from app_pages.ui.links import QUESTION_PARAMETER, TAKE_PARAMETER
from app_pages.ui.query_params import AddressError
from app_pages.ui.store_access import get_store
from services.follow_up_answers import find_follow_up_question
from services.question_bank import load_question_bank
from services.submission import Submission
from store.attempt import StoredAttempt

OnSubmitted = Callable[[Submission], None]  # what a page does as soon as a recording is saved
_STATE_KEY = "on_screen"
_ATTEMPT_ID = re.compile(r"[0-9a-f]{32}")
_LEGACY_ADDRESS = re.compile(r"[0-9a-f]{24}\..+")  # what an address named before answers were numbered as takes


@dataclass(frozen=True)
class PracticeState:
    """The chosen question, the attempt on screen, and the uploads that were handled."""

    question: str | None = None  # None: the first that is offered
    attempt_id: str | None = None
    seen_before: str | None = None  # id of the attempt whose very sound was brought once more just now
    new_take: str | None = None  # id of the take that was given in this session and is still on screen
    taken_in: frozenset[str] = frozenset()  # identifiers of widget values
    refused: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # why, by the same identifiers
    # In how many seconds the next take of a question is to be said, by the question's id; those that are to be shorter.
    most_seconds: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    arrivals: int = 0  # how many attempts came in, or were opened on the page


def get_practice_state() -> PracticeState:
    """Return the state of this session."""
    found: PracticeState = st.session_state.setdefault(_STATE_KEY, PracticeState())
    return found


def update_state(**changes: Any) -> None:
    """Replace fields of PracticeState without changing the URL."""
    st.session_state[_STATE_KEY] = replace(get_practice_state(), **changes)


def update_screen(**changes: Any) -> None:
    """Replace fields of PracticeState and write the attempt into the URL, so that a reload keeps it."""
    update_state(**changes)
    attempt_id = get_practice_state().attempt_id
    if attempt_id is not None:
        st.query_params[TAKE_PARAMETER] = attempt_id
    else:
        st.query_params.pop(TAKE_PARAMETER, None)


def set_most_seconds(question_id: str, seconds: float | None) -> None:
    """Remember in how many seconds the next take of a question is to be said; None forgets it."""
    others = {each: most for each, most in get_practice_state().most_seconds.items() if each != question_id}
    update_state(most_seconds=others if seconds is None else {**others, question_id: seconds})


def show_new_attempt(submitted: Submission) -> None:
    """Show an attempt that has just been recorded, uploaded or chosen among the samples."""
    seen_before = None if submitted.is_new else submitted.attempt.id
    update_screen(
        attempt_id=submitted.attempt.id,
        seen_before=seen_before,
        new_take=submitted.attempt.id if submitted.is_new else None,
        arrivals=get_practice_state().arrivals + 1,
    )


def show_attempt(attempt: StoredAttempt, *, into_view: bool = False) -> None:
    """Show a stored attempt, with its question if that can still be practised.

    Args:
        attempt: the attempt.
        into_view: scroll to it.
    """
    question = attempt.question.id if _can_be_practised(attempt.question.id) else get_practice_state().question
    update_screen(
        attempt_id=attempt.id, seen_before=None, question=question, arrivals=get_practice_state().arrivals + into_view
    )


def open_url() -> None:
    """Show the attempt or question that the URL names; if it names none, write the current one into it.

    Raises:
        AddressError: the URL is not one of this app.
        StoreError: what it names does not exist or cannot be read.
    """
    asked_for = st.query_params.pop(QUESTION_PARAMETER, None)
    if asked_for is not None:
        _open_question(asked_for)
        return
    address = st.query_params.get(TAKE_PARAMETER)
    if address is None:
        update_screen()
    elif address != get_practice_state().attempt_id:
        show_attempt(get_store().load_attempt(_parse_attempt_id(address)))


def _open_question(asked_for: str) -> None:
    if not _can_be_practised(asked_for):
        raise AddressError("That question has been deleted. Choose another one.")
    update_screen(question=asked_for, attempt_id=None)


def _can_be_practised(question_id: str) -> bool:
    in_bank = load_question_bank(get_store()).find(question_id) is not None
    return in_bank or find_follow_up_question(get_store(), question_id) is not None


def _parse_attempt_id(address: str) -> str:
    if _ATTEMPT_ID.fullmatch(address):
        return address
    if _LEGACY_ADDRESS.fullmatch(address):
        raise AddressError(
            "This link was made by an earlier version of Answer Aloud. Choose the question instead: its takes are "
            "listed below it, and you can open each one there. Or record an answer."
        )
    raise AddressError("This link doesn't lead to an answer. Choose a question and record one.")
