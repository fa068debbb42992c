"""Group findings by theme (concise, calm): which measures are inside their bands, what to work on first."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.feedback.priority import find_most_urgent, sort_by_priority
from analysis.finding import Finding, Verdict
from analysis.measures.measure import Theme
from analysis.measures.registry import MEASURES
from analysis.report import Group
from analysis.wording import format_sentence


def group_by_theme(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Return a group for each theme."""
    return tuple(_build_group(theme, findings) for theme in Theme)


def _build_group(theme: Theme, findings: Sequence[Finding]) -> Group:
    own = [finding for finding in findings if MEASURES[finding.measure].theme is theme]
    holds = tuple(finding.measure for finding in sort_by_priority(own) if finding.verdict is Verdict.FINE)
    work = find_most_urgent(own)
    return Group(
        theme.value, theme.value.capitalize(), holds, work.measure if work else None, _describe_group(holds, work)
    )


def _describe_group(holds: tuple[str, ...], work: Finding | None) -> str:
    if not holds and work is None:
        return "There was nothing to judge here."
    held = f"good: {', '.join(map(_format_label, holds))}" if holds else "nothing is good yet"
    todo = f"work on {_format_label(work.measure)} first" if work else "nothing to work on"
    return format_sentence(f"{held}; {todo}")


def _format_label(key: str) -> str:
    return MEASURES[key].label.lower()
