"""Concise and calm: for each theme which of its measures hold, and the one to work on first."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.feedback.priority import by_importance, first_to_work_on
from analysis.finding import Finding, Verdict
from analysis.measures.measure import Theme
from analysis.measures.registry import MEASURES
from analysis.report import Group
from analysis.wording import sentence


def groups(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Return a group for each theme."""
    return tuple(_group(theme, findings) for theme in Theme)


def _group(theme: Theme, findings: Sequence[Finding]) -> Group:
    own = [finding for finding in findings if MEASURES[finding.measure].theme is theme]
    holds = tuple(finding.measure for finding in by_importance(own) if finding.verdict is Verdict.FINE)
    work = first_to_work_on(own)
    return Group(theme.value, theme.value.capitalize(), holds, work.measure if work else None, _detail(holds, work))


def _detail(holds: tuple[str, ...], work: Finding | None) -> str:
    if not holds and work is None:
        return "None of its measures could be judged."
    held = f"inside the range: {', '.join(map(_name, holds))}" if holds else "none of its measures is inside its range"
    todo = f"work on {_name(work.measure)} first" if work else "nothing to work on"
    return sentence(f"{held}; {todo}")


def _name(key: str) -> str:
    return MEASURES[key].label.lower()
