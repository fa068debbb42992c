"""Rank findings by importance, in one order for the next step, the strength and the themes.

Findings far outside their band (act) come before those a little outside (watch); within each group
they are in the order of their measures' priorities.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Finding, Verdict
from analysis.measures.registry import MEASURES

# Those without a priority keep the order of the registry, after all others.
KEYS_BY_PRIORITY = tuple(
    sorted(MEASURES, key=lambda key: (MEASURES[key].priority is None, MEASURES[key].priority or 0)),
)


def sort_by_priority(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, the most important measure first."""
    return sorted(findings, key=lambda finding: KEYS_BY_PRIORITY.index(finding.measure))


def find_most_urgent(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding to act on first, or else to watch; None when every one is inside its band."""
    ranked = sort_by_priority(findings)
    for verdict in (Verdict.ACT, Verdict.WATCH):
        for finding in ranked:
            if finding.verdict is verdict:
                return finding
    return None
