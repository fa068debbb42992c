"""Concise and calm: the interview documents' two words as named groups of measures, never as scores."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.feedback.priority import by_importance, first_to_work_on
from analysis.finding import Finding, Verdict
from analysis.measures.registry import MEASURES
from analysis.report import Group
from analysis.wording import sentence

CONCISE = ("answer_length", "time_to_the_point", "repetitions", "hedges", "filler_density", "outcome")
CALM = ("speaking_rate", "steady_pace", "filler_cluster", "pause_placement", "time_to_first_word", "longest_pause")


def groups(findings: Sequence[Finding]) -> tuple[Group, ...]:
    """Both groups: which of their measures hold, and the one to work on first."""
    return _group("concise", "Concise", CONCISE, findings), _group("calm", "Calm", CALM, findings)


def _group(key: str, label: str, members: tuple[str, ...], findings: Sequence[Finding]) -> Group:
    own = [finding for finding in findings if finding.measure in members]
    holds = tuple(finding.measure for finding in by_importance(own) if finding.verdict is Verdict.FINE)
    work = first_to_work_on(own)
    return Group(key, label, holds, work.measure if work else None, _detail(holds, work))


def _detail(holds: tuple[str, ...], work: Finding | None) -> str:
    if not holds and work is None:
        return "None of its measures could be judged."
    held = f"inside the range: {', '.join(map(_name, holds))}" if holds else "none of its measures is inside its range"
    todo = f"work on {_name(work.measure)} first" if work else "nothing to work on"
    return sentence(f"{held}; {todo}")


def _name(key: str) -> str:
    return MEASURES[key].label.lower()
