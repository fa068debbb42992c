"""The um drill: hear three of your ums, notice the others in a clip, and answer again with pauses in their place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from analysis.report import Report
from analysis.wording import format_count
from app_pages.components.frontend_component import declare_component
from app_pages.report.player import add_sound
from app_pages.ui.store_access import get_store
from services.practice_loop import UmDrill, find_caught, make_drill, save_take_practice
from speech.segment import Segment
from store.attempt import StoredAttempt

DRILL_LABEL = "Two-minute um drill"
DRILL_PARAMETER = "drill"  # in an address, stands before the id of the answer whose ums are drilled
_COMPONENT = declare_component("drill", "drill.html", "drill.css", "drill.js")
_RESULT = "drill_result_"  # before the id of an answer: how many ums were noticed, and of how many


def offer_drill(attempt: StoredAttempt, report: Report) -> None:
    """Offer the drill for an answer with enough ums whose recording was kept."""
    if attempt.has_recording and make_drill(report) is not None:
        st.button(DRILL_LABEL, key=f"begin_drill_{attempt.id}", on_click=_begin, args=(attempt.id,))


def is_drilling(attempt_id: str) -> bool:
    """Return whether the page shows the drill for an answer."""
    return bool(st.query_params.get(DRILL_PARAMETER) == attempt_id)


def show_drill(attempt: StoredAttempt, report: Report, answer_again: Callable[[], None]) -> None:
    """Show the drill in the place of the report.

    Args:
        attempt: the answer whose ums are drilled.
        report: its report.
        answer_again: shows the recorder for the take that ends the drill.

    Raises:
        StoreError: the recording cannot be read.
    """
    drill = make_drill(report)
    st.header(DRILL_LABEL, anchor=False)
    st.button("Back to the report", key="end_drill", type="tertiary", on_click=_end)
    if drill is None or not attempt.has_recording:
        st.info("There are too few ums in this answer for a drill.")
        return
    key = f"drill_{attempt.id}"
    _COMPONENT(key=key, data=_make_data(attempt, drill), on_marked_change=lambda: _count(attempt.id, drill, key))
    result = get_result(attempt.id)
    if result is not None:
        caught, to_catch = result
        st.success(
            f"**You noticed {caught} of {format_count(to_catch, 'um')}.** The more you notice, the fewer you say."
        )
        st.markdown("3. Answer again. When you feel an um coming, close your mouth and pause.")
        answer_again()


def get_result(attempt_id: str) -> tuple[int, int] | None:
    """Return how many ums of an answer were noticed, and of how many; None before the clip was heard."""
    result: tuple[int, int] | None = st.session_state.get(f"{_RESULT}{attempt_id}")
    return result


def store_drill(take_id: str, drilled_id: str) -> None:
    """Store with a new take the drill that came before it, and end the drill; raises StoreError."""
    caught, to_catch = get_result(drilled_id) or (None, None)
    save_take_practice(get_store(), take_id, drilled=drilled_id, caught=caught, to_catch=to_catch)
    _end()


def _make_data(attempt: StoredAttempt, drill: UmDrill) -> dict[str, Any]:
    return {
        "take": attempt.id,
        "url": add_sound(attempt.id),
        "first": [_to_times(um) for um in drill.first],
        "clip": _to_times(drill.clip),
    }


def _to_times(span: Segment) -> list[float]:
    return [span.start, span.end]


def _count(attempt_id: str, drill: UmDrill, key: str) -> None:
    marked = st.session_state[key].marked
    if marked is not None:
        pressed = [float(each) for each in marked["pressed"]]
        result = len(find_caught(drill.to_catch, pressed)), len(drill.to_catch)
        st.session_state[f"{_RESULT}{attempt_id}"] = result


def _begin(attempt_id: str) -> None:
    st.session_state.pop(f"{_RESULT}{attempt_id}", None)
    st.query_params[DRILL_PARAMETER] = attempt_id


def _end() -> None:
    st.query_params.pop(DRILL_PARAMETER, None)
