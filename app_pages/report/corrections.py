"""Corrections on the page: which report is shown, what a chosen word asks for, and the ways back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from analysis.corrections.corrected_transcript import Corrected, corrected
from analysis.corrections.typed_words import CorrectionError
from analysis.feedback.priority import by_importance
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import amount, count, number
from app_pages.ui.store_access import get_store
from app_pages.ui.wording import plain
from services.corrections import correct, take_back
from speech.errors import AnswerAloudError
from store.attempt import Result

CORRECTED, AS_HEARD = "Corrected", "As heard"
_REFUSED = "correction_refused"  # why the last correction was not made
MAX_NAMED_CHANGES = 4  # numbers that changed


def shown(attempt_id: str, result: Result) -> Report:
    """The report that is to be shown."""
    return result.original if _is_as_heard(attempt_id, result) else result.report


def origin(attempt_id: str, result: Result) -> str:
    """What a line about the report has to say of its corrections; empty where there are none."""
    if result.corrected is None:
        return ""
    many = count(len(result.corrections), "correction")
    return f" · as heard, without your {many}" if _is_as_heard(attempt_id, result) else f" · with your {many}"


def words(attempt_id: str, result: Result) -> tuple[Corrected | None, Callable[[Any], None] | None]:
    """The words with what was put right in them, and what is to be told a choice; None for words shown as heard."""
    if _is_as_heard(attempt_id, result):
        return None, None
    try:
        return corrected(result.transcript, result.corrections), partial(_asked, attempt_id, result)
    except CorrectionError as error:
        st.warning(plain(f"The corrections of this answer do not fit its words: {error}"))
        return None, None


def show(attempt_id: str, result: Result) -> None:
    """What the corrections changed, and the ways back; nothing where there are none."""
    refused = st.session_state.pop(_REFUSED, None)
    if refused:
        st.error(plain(refused))
    if result.corrected is None:
        return
    many = len(result.corrections)
    with st.container(border=True, key="corrections"):
        st.markdown(plain(summarize_corrections(result.original, result.corrected, many)))
        choice, last, every = st.columns([2, 1, 1], vertical_alignment="bottom")
        choice.segmented_control("Show", [CORRECTED, AS_HEARD], default=CORRECTED, required=True, key=_key(attempt_id))
        last.button("Undo the last", on_click=_take_back, args=(attempt_id, result, many - 1), width="stretch")
        every.button("Undo all", on_click=_take_back, args=(attempt_id, result, 0), width="stretch")


def _is_as_heard(attempt_id: str, result: Result) -> bool:
    return result.corrected is not None and st.session_state.get(_key(attempt_id)) == AS_HEARD


def _key(attempt_id: str) -> str:
    return f"show_as_{attempt_id}"


def _asked(attempt_id: str, seen: Result, chosen: dict[str, Any] | None) -> None:
    if chosen is not None:
        _tell_refusal(partial(correct, get_store(), attempt_id, seen, chosen))


def _take_back(attempt_id: str, seen: Result, left: int) -> None:
    _tell_refusal(partial(take_back, get_store(), attempt_id, seen, left))


def _tell_refusal(change: Callable[[], None]) -> None:
    try:
        change()
    except AnswerAloudError as error:
        st.session_state[_REFUSED] = str(error)


def summarize_corrections(original: Report, corrected: Report, corrections: int) -> str:
    """Return the summary: "2 corrections; the numbers come from your corrected words. As heard: ...".

    Args:
        original: the report of the transcript as recognised.
        corrected: the report of the corrected transcript.
        corrections: the number of corrections.
    """
    many = count(corrections, "correction")
    changed = [
        found
        for found in by_importance(corrected.findings)
        if _format_original(found, original) != _format_value(found)
    ]
    if not changed:
        return f"{many}; no number changed by {'it' if corrections == 1 else 'them'}."
    named = "; ".join(_describe_change(found, original) for found in changed[:MAX_NAMED_CHANGES])
    more = len(changed) - MAX_NAMED_CHANGES
    others = f"; and {count(more, 'more number')} changed" if more > 0 else ""
    return f"{many}; the numbers come from your corrected words. As heard: {named}{others}."


def _describe_change(found: Finding, original: Report) -> str:
    measure = MEASURES[found.measure]
    value = "not measured" if found.value is None else number(found.value, measure)
    return f"{measure.label.lower()} {_format_original(found, original)} (now {value})"


def _format_original(found: Finding, original: Report) -> str:
    before = [each for each in original.findings if each.measure == found.measure]
    return _format_value(before[0]) if before else "not measured"


def _format_value(found: Finding) -> str:
    measure = MEASURES[found.measure]
    if found.value is None:
        return "not measured"
    return number(found.value, measure) if measure.unit in measure.label.lower() else amount(found.value, measure)
