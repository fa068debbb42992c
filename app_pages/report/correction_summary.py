"""Summarise in words how many corrections there are and what they changed: pure functions, no widgets."""

from __future__ import annotations

from analysis.feedback.priority import sort_by_priority
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import format_amount, format_count, format_number

MAX_NAMED_CHANGES = 4  # numbers that changed


def summarize_corrections(original: Report, corrected: Report, corrections: int) -> str:
    """Return the summary: "2 corrections; the numbers come from your corrected words. As heard: ...".

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
        return f"{many}; no number changed by {'it' if corrections == 1 else 'them'}."
    named = "; ".join(_describe_change(found, original) for found in changed[:MAX_NAMED_CHANGES])
    more = len(changed) - MAX_NAMED_CHANGES
    others = f"; and {format_count(more, 'more number')} changed" if more > 0 else ""
    return f"{many}; the numbers come from your corrected words. As heard: {named}{others}."


def _describe_change(found: Finding, original: Report) -> str:
    measure = MEASURES[found.measure]
    value = "not measured" if found.value is None else format_number(found.value, measure)
    return f"{measure.label.lower()} {_format_original(found, original)} (now {value})"


def _format_original(found: Finding, original: Report) -> str:
    before = [each for each in original.findings if each.measure == found.measure]
    return _format_value(before[0]) if before else "not measured"


def _format_value(found: Finding) -> str:
    measure = MEASURES[found.measure]
    if found.value is None:
        return "not measured"
    return (
        format_number(found.value, measure)
        if measure.unit in measure.label.lower()
        else format_amount(found.value, measure)
    )
