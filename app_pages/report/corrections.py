"""Correct a transcript on the page: choose the report to show, apply corrections and undo them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from analysis.corrections.corrected_transcript import CorrectedTranscript, apply_corrections
from analysis.corrections.typed_words import CorrectionError
from analysis.feedback.priority import sort_by_priority
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import format_amount, format_count, format_number
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import escape_markdown, get_unit_label
from services.corrections import correct, take_back
from speech.errors import AnswerAloudError
from store.attempt import Result

CORRECTED, AS_HEARD = "Corrected", "Original"
_REFUSAL_KEY = "correction_refused"  # why the last correction was not made
NOT_MEASURED = "no value"
MAX_NAMED_CHANGES = 4  # numbers that changed


def choose_report(attempt_id: str, result: Result) -> Report:
    """Return the report to show: the corrected one, unless the user chose the original."""
    return result.original if _is_as_heard(attempt_id, result) else result.report


def describe_version(attempt_id: str, result: Result) -> str:
    """Return a suffix that says whether the report counts the corrections; empty if there are none."""
    if result.corrected is None:
        return ""
    many = format_count(len(result.corrections), "correction")
    return f" · original, without your {many}" if _is_as_heard(attempt_id, result) else f" · with your {many}"


def get_corrected_words(
    attempt_id: str, result: Result
) -> tuple[CorrectedTranscript | None, Callable[[Any], None] | None]:
    """Return the corrected transcript, and the callback for a correction made in the player.

    Both are None while the transcript is shown as recognised, or if the corrections do not fit it.
    """
    if _is_as_heard(attempt_id, result):
        return None, None
    try:
        return apply_corrections(result.transcript, result.corrections), partial(_apply_choice, attempt_id, result)
    except CorrectionError as error:
        st.warning(escape_markdown(f"Your corrections no longer fit this answer: {error}"))
        return None, None


def show_corrections(attempt_id: str, result: Result) -> None:
    """Show what the corrections changed, and the buttons that undo them; nothing if there are none."""
    refused = st.session_state.pop(_REFUSAL_KEY, None)
    if refused:
        st.error(escape_markdown(refused))
    if result.corrected is None:
        return
    many = len(result.corrections)
    with st.container(border=True, key="corrections"):
        st.markdown(escape_markdown(summarize_corrections(result.original, result.corrected, many)))
        choice, last, every = st.columns([2, 1, 1], vertical_alignment="bottom")
        choice.segmented_control(
            "Show", [CORRECTED, AS_HEARD], default=CORRECTED, required=True, key=_make_key(attempt_id)
        )
        last.button("Undo the last", on_click=_undo_to, args=(attempt_id, result, many - 1), width="stretch")
        every.button("Undo all", on_click=_undo_to, args=(attempt_id, result, 0), width="stretch")


def _is_as_heard(attempt_id: str, result: Result) -> bool:
    return result.corrected is not None and st.session_state.get(_make_key(attempt_id)) == AS_HEARD


def _make_key(attempt_id: str) -> str:
    return f"show_as_{attempt_id}"


def _apply_choice(attempt_id: str, seen: Result, chosen: dict[str, Any] | None) -> None:
    if chosen is not None:
        _apply_or_store_refusal(partial(correct, get_store(), attempt_id, seen, chosen))


def _undo_to(attempt_id: str, seen: Result, left: int) -> None:
    _apply_or_store_refusal(partial(take_back, get_store(), attempt_id, seen, left))


def _apply_or_store_refusal(change: Callable[[], None]) -> None:
    try:
        change()
    except AnswerAloudError as error:
        st.session_state[_REFUSAL_KEY] = str(error)


def summarize_corrections(original: Report, corrected: Report, corrections: int) -> str:
    """Return the summary: "2 corrections. Numbers updated: speaking rate 150 (was 155).".

    Args:
        original: the report of the transcript as recognised.
        corrected: the report of the corrected transcript.
        corrections: the number of corrections.
    """
    many = format_count(corrections, "correction")
    changed = [
        found
        for found in sort_by_priority(corrected.findings)
        if _format_original(found, original) != _format_value(found)
    ]
    if not changed:
        return f"{many}. No numbers changed."
    named = "; ".join(_describe_change(found, original) for found in changed[:MAX_NAMED_CHANGES])
    more = len(changed) - MAX_NAMED_CHANGES
    others = f"; and {more} more" if more > 0 else ""
    return f"{many}. Numbers updated: {named}{others}."


def _describe_change(found: Finding, original: Report) -> str:
    measure = MEASURES[found.measure]
    return f"{measure.label.lower()} {_format_value(found)} (was {_format_before(found, original)})"


def _format_before(found: Finding, original: Report) -> str:
    before = next((each for each in original.findings if each.measure == found.measure), None)
    if before is None or before.value is None:
        return NOT_MEASURED
    return format_number(before.value, MEASURES[found.measure])


def _format_original(found: Finding, original: Report) -> str:
    before = [each for each in original.findings if each.measure == found.measure]
    return _format_value(before[0]) if before else NOT_MEASURED


def _format_value(found: Finding) -> str:
    measure = MEASURES[found.measure]
    if found.value is None:
        return NOT_MEASURED
    return format_number(found.value, measure) if not get_unit_label(measure) else format_amount(found.value, measure)
