"""How many corrections there are and what they changed, in words; pure functions, no widget."""

from __future__ import annotations

from analysis.feedback.priority import by_importance
from analysis.finding import Finding
from analysis.measures.registry import MEASURES
from analysis.report import Report
from analysis.wording import amount, count, number

NAMED = 4  # numbers that changed


def told(original: Report, corrected: Report, corrections: int) -> str:
    """The sentences under a corrected transcript: "2 corrections; the numbers come from your corrected words. ..."."""
    many = count(corrections, "correction")
    changed = [found for found in by_importance(corrected.findings) if _was(found, original) != _shown(found)]
    if not changed:
        return f"{many}; no number changed by {'it' if corrections == 1 else 'them'}."
    named = "; ".join(_change(found, original) for found in changed[:NAMED])
    more = len(changed) - NAMED
    others = f"; and {count(more, 'more number')} changed" if more > 0 else ""
    return f"{many}; the numbers come from your corrected words. As heard: {named}{others}."


def _change(found: Finding, original: Report) -> str:
    measure = MEASURES[found.measure]
    value = "not measured" if found.value is None else number(found.value, measure)
    return f"{measure.label.lower()} {_was(found, original)} (now {value})"


def _was(found: Finding, original: Report) -> str:
    before = [each for each in original.findings if each.measure == found.measure]
    return _shown(before[0]) if before else "not measured"


def _shown(found: Finding) -> str:
    measure = MEASURES[found.measure]
    if found.value is None:
        return "not measured"
    return number(found.value, measure) if measure.unit in measure.label.lower() else amount(found.value, measure)
