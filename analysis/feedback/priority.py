"""Rank findings by importance: for the next step by how far they lie from their band, else in one fixed order.

Each theme (concise, calm) is told by the same order: which of its measures are inside their bands, what to work on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from analysis.finding import Finding, Side, Verdict
from analysis.measures.measure import Theme
from analysis.measures.registry import MEASURES
from analysis.report import Group
from analysis.wording import format_sentence

# Those without a priority keep the order of the registry, after all others.
KEYS_BY_PRIORITY = tuple(
    sorted(MEASURES, key=lambda key: (MEASURES[key].priority is None, MEASURES[key].priority or 0)),
)
MIN_SHARE_CHANGED = 0.05  # a goal that moves a number by less is none: nobody hears a second or four words a minute
# What a listener notices most, with the distance from the band at which everybody does: as far as from the first to
# the second limit of the band; for pace, flat pitch and the like, which have none, by the same advice.
_NOTICED_AT: Mapping[str, float] = {
    "filler_sounds": 7,
    "filler_words": 7,
    "speaking_rate": 20,
    "longest_pause": 2,
    "restarts": 3,
    "pitch_variation": 0.5,
}
_MIN_EVENTS: Mapping[str, int] = {"filler_sounds": 3, "filler_words": 3, "restarts": 3}  # a rate of two is chance


def sort_by_priority(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings, the most important measure first."""
    return sorted(findings, key=lambda finding: KEYS_BY_PRIORITY.index(finding.measure))


def find_most_urgent(findings: Iterable[Finding]) -> Finding | None:
    """Return the finding that a listener notices most; None when nothing is worth changing.

    What lies farthest from its band comes first among fillers, pace, pauses, restarts and pitch; the others follow in
    the order of their priority.
    """
    outside = [finding for finding in findings if is_worth_changing(finding)]
    noticed = [finding for finding in outside if finding.measure in _NOTICED_AT]
    if noticed:
        return max(noticed, key=_measure_distance)
    return next(iter(sort_by_priority(outside)), None)


def is_worth_changing(finding: Finding) -> bool:
    """Return whether a value lies outside its band by enough to be heard, and not by a chance event or two."""
    if finding.verdict not in (Verdict.ACT, Verdict.WATCH):
        return False
    if len(finding.moments) < _MIN_EVENTS.get(finding.measure, 0):
        return False
    return _share_to_change(finding) >= MIN_SHARE_CHANGED


def _measure_distance(finding: Finding) -> float:
    return _difference(finding) / _NOTICED_AT[finding.measure]


def _share_to_change(finding: Finding) -> float:
    return _difference(finding) / abs(finding.value) if finding.value else 1.0


def _difference(finding: Finding) -> float:
    """How far a value lies beyond the end of its band."""
    if finding.band is None or finding.value is None:
        return 0.0
    bound = finding.band.fine[0 if finding.side is Side.BELOW else 1]
    return abs(finding.value - bound) if bound is not None else 0.0


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
