"""Which measures matter most, in one order for the next step, the strength and the groups.

What lies far outside its band (act) comes before what lies a little outside (watch); within each, measures stand by how
well it is shown that they change how an answer is taken: filler sounds (tested at four rates), pace (mock interviews),
silence that loses the thread, then length and content (advice of guides), then the rest.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.finding import Finding, Verdict
from analysis.measures.registry import MEASURES

_FIRST = (
    "filler_sounds",
    "speaking_rate",
    "longest_pause",
    "answer_length",
    "outcome",
    "time_to_the_point",
    "filler_words",
    "pause_placement",
    "steady_pace",
    "filler_cluster",
    "filler_density",
    "time_to_first_word",
)
IMPORTANCE = (*_FIRST, *(key for key in MEASURES if key not in _FIRST))


def by_importance(findings: Iterable[Finding]) -> list[Finding]:
    """The findings with the most important measure first."""
    return sorted(findings, key=lambda finding: IMPORTANCE.index(finding.measure))


def first_to_work_on(findings: Iterable[Finding]) -> Finding | None:
    """The finding to act on first, or to watch where none is to act on; None when every one is inside its band."""
    ranked = by_importance(findings)
    for verdict in (Verdict.ACT, Verdict.WATCH):
        for finding in ranked:
            if finding.verdict is verdict:
                return finding
    return None
