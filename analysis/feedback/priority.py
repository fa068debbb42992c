"""Which measures matter most, in one order for the next step, the strength and the themes.

What lies far outside its band (act) comes before what lies a little outside (watch); within each, measures stand by
their priority.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Finding, Verdict
from analysis.measures.registry import MEASURES

# Those without a priority keep the order of the registry, after all others.
IMPORTANCE = tuple(
    sorted(MEASURES, key=lambda key: (MEASURES[key].priority is None, MEASURES[key].priority or 0)),
)


def by_importance(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with the most important measure first."""
    return sorted(findings, key=lambda finding: IMPORTANCE.index(finding.measure))


def first_to_work_on(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding to act on first, or else to watch; None when every one is inside its band."""
    ranked = by_importance(findings)
    for verdict in (Verdict.ACT, Verdict.WATCH):
        for finding in ranked:
            if finding.verdict is verdict:
                return finding
    return None
