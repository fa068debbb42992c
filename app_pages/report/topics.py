"""Sum a report up by topic, in the order a person asks: pace, ums, pauses, length; with one number each, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from analysis.finding import Finding, Verdict
from analysis.measures.fillers.fillers import FILLERS
from analysis.measures.fluency import FLUENCY
from analysis.measures.length import LENGTH
from analysis.measures.measure import Family
from analysis.measures.pace import PACE
from analysis.measures.pauses import PAUSES
from analysis.measures.pitch import PITCH
from analysis.measures.registry import MEASURES
from analysis.measures.side_tracks import SIDE_TRACKS
from analysis.report import Report
from analysis.structure.element import ElementState
from analysis.structure.report_lines import ElementLine
from analysis.wording import format_count, format_seconds
from app_pages.ui.wording import describe_verdict

UMS, PACE_KEY = "filler_sounds", "speaking_rate"
CONTENT_LABEL = "What you said"
NO_VALUE = "not enough speech to tell"
_OFTEN = {Verdict.FINE: "✓ good", Verdict.WATCH: "↑ a little often", Verdict.ACT: "↑↑ too often"}
_ROUND_PACE = 5  # words a minute


@dataclass(frozen=True)
class Topic:
    """What is said of a topic before anything is unfolded, and the measures that belong to it."""

    label: str
    says: str  # one number, in words
    verdict: str | None  # in words; None: not judged
    finding: Finding  # that the number comes from
    findings: tuple[Finding, ...]  # of all its measures


def list_topics(report: Report) -> tuple[Topic, ...]:
    """Return the topics of a report in the order a person asks for them."""
    return (
        _make_topic(report, "Pace and voice", PACE_KEY, (PACE, PITCH), say_pace),
        _make_topic(report, "Ums and filler words", UMS, (FILLERS,), _say_ums, _OFTEN),
        _make_topic(report, "Pauses", "longest_pause", (PAUSES, FLUENCY), _say_longest_pause),
        _make_topic(report, "Length", "answer_length", (LENGTH, SIDE_TRACKS), _say_length),
    )


def list_findings_of_content(report: Report) -> tuple[Finding, ...]:
    """Return the findings about the words themselves, which belong to no other topic."""
    taken = {found.measure for topic in list_topics(report) for found in topic.findings}
    return tuple(found for found in report.findings if found.measure not in taken)


def say_content(lines: tuple[ElementLine, ...]) -> str:
    """Return how much of what is looked for was found: "4 of 6 parts found"; "" where there is little to count."""
    asked_for = [line for line in lines if not line.is_question and not line.is_advised_against]
    found = sum(line.part.state is ElementState.HEARD for line in asked_for)
    return f"{found} of {format_count(len(asked_for), 'part')} found" if len(asked_for) > 1 else ""


def say_pace(found: Finding) -> str:
    """Return a pace as people say it: "about 155 words a minute"."""
    return f"about {_ROUND_PACE * round((found.value or 0) / _ROUND_PACE)} words a minute"


def _say_ums(found: Finding) -> str:
    return format_count(len(found.moments), "um")


def _say_longest_pause(found: Finding) -> str:
    return f"the longest {found.value:.1f} seconds" if found.value else "none"


def _say_length(found: Finding) -> str:
    return format_seconds(found.value or 0)


def _make_topic(
    report: Report,
    label: str,
    key: str,
    families: tuple[Family, ...],
    say: Callable[[Finding], str],
    verdicts: dict[Verdict, str] | None = None,
) -> Topic:
    keys = {measure.key for family in families for measure in family}
    found = report.get_finding(key)
    says = NO_VALUE if found.value is None else say(found)
    is_judged = found.verdict in (Verdict.FINE, Verdict.WATCH, Verdict.ACT)
    verdict = (verdicts or {}).get(found.verdict, describe_verdict(found)) if is_judged else None
    own = tuple(each for each in report.findings if each.measure in keys & MEASURES.keys())
    return Topic(label, says, verdict, found, own)
