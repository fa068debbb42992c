"""Render a report as a single HTML file with its sound in it, to keep, print or share.

The page loads and sends nothing. Its content security policy, which names the digests of its one script
and one style, enforces that: whatever was said or typed can only be text in it. Without its script the
page can still be read and the sound played.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from analysis.finding import Finding
from analysis.marked_transcript import STYLES, kinds_in, mark_transcript
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.report import Group, Report, Takeaway
from analysis.structure.report_lines import Section
from analysis.wording import format_band, format_count, format_number
from app_pages.report.topics import CONTENT_LABEL, list_findings_of_content, list_topics, say_content
from app_pages.ui.templates import load_inline, render_template
from app_pages.ui.wording import (
    describe_source,
    describe_verdict,
    format_clock,
    format_interval,
    format_player_time,
    get_unit_label,
)
from content.advice import Advice, find_advice
from interview import listener_comments

TEMPLATES, LISTENER = "report/templates/report", "report/templates/listener.js"
SOUND_TYPES = {b"fLaC": "audio/flac", b"RIFF": "audio/wav"}  # by their first bytes; every browser plays both


@dataclass(frozen=True)
class MeasureRow:
    """One measure in the table."""

    measure: Measure
    finding: Finding
    value: str | None
    verdict: str
    band: str | None
    interval: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class AdvisedTakeaway:
    """One of the two takeaways, with advice for it if there is any."""

    heading: str
    takeaway: Takeaway
    advice: Advice | None


def render_html_report(
    report: Report,
    sound: bytes | None = None,
    *,
    recorded_at: datetime | None = None,
    take: int | None = None,
    corrections: int = 0,
    notes: Sequence[str] = (),
    sections: Sequence[Section] = (),
) -> str:
    """Render the page.

    Args:
        report: the report.
        sound: a FLAC or WAV file; None for a page without a player.
        recorded_at: when the answer was recorded; None to leave the date out.
        take: number of the take, from 1; None for a sample.
        corrections: the number of corrections that the report counts.
        notes: the user's notes.
        sections: elements and key points found in the answer; those without lines are left out.

    Raises:
        ValueError: `sound` is neither FLAC nor WAV.
    """
    tokens = mark_transcript(report)
    style, script = (load_inline(*names) for names in ((f"{TEMPLATES}.css",), (f"{TEMPLATES}.js", LISTENER)))
    return render_template(
        "report/templates/report.html",
        report=report,
        clock=format_player_time,
        style=style,
        script=script,
        question=report.question.text if report.question else None,
        facts=_list_facts(report, recorded_at, take, corrections),
        notes=notes,
        sections=[section for section in sections if section.lines],
        topics=[(topic, list(map(_make_row, topic.findings))) for topic in list_topics(report)],
        content_label=CONTENT_LABEL,
        content_says=say_content(sections[-1].lines) if sections else "",
        content_rows=list(map(_make_row, list_findings_of_content(report))),
        steps=list_takeaways(report),
        groups=[(group, _list_group_lines(group)) for group in report.groups],
        tokens=tokens,
        keys=[(kind, STYLES[kind]) for kind in kinds_in(tokens)],
        sound=None if sound is None else _encode_data_url(sound),
        limits=listener_comments,
        comments_file=make_comments_name(report, recorded_at, take),
    )


def make_file_name(report: Report, recorded_at: datetime | None = None) -> str:
    """Return a file name with the date and question: "answer-2026-03-01-tell-me-about-yourself.html"."""
    about = report.question.text if report.question else report.name
    words = re.findall(r"[a-z0-9]+", about.lower())[:8]
    day = [f"{recorded_at:%Y-%m-%d}"] if recorded_at else []
    return "-".join(["answer", *day, *words]) + ".html"


def make_comments_name(report: Report, recorded_at: datetime | None, take: int | None) -> str:
    """Return the name of a listener's file: "comments-2026-03-01-take-2-tell-me-about-yourself.json"."""
    about = make_file_name(report).removeprefix("answer").removesuffix(".html")
    day = f"-{recorded_at:%Y-%m-%d}" if recorded_at else ""
    return f"comments{day}{f'-take-{take}' if take else ''}{about}.json"


def _list_facts(report: Report, recorded_at: datetime | None, take: int | None, corrections: int) -> list[str]:
    return [
        *([f"{recorded_at:%d %B %Y, %H:%M}"] if recorded_at else []),
        *([f"take {take}"] if take else []),
        f"{report.name}, {format_clock(report.duration)}",
        *([f"with your {format_count(corrections, 'correction')}"] if corrections else []),
    ]


def list_takeaways(report: Report) -> list[AdvisedTakeaway]:
    """Return what to do next and what to keep, where the report has them."""
    both = (("→ Next", report.next_step), ("✓ Keep", report.strength))
    return [
        AdvisedTakeaway(heading, takeaway, _find_advice(takeaway)) for heading, takeaway in both if takeaway is not None
    ]


def _find_advice(takeaway: Takeaway) -> Advice | None:
    return find_advice(takeaway.measure, takeaway.side.value) if takeaway.side else None


def _list_group_lines(group: Group) -> list[str]:
    lines = [f"✓ {MEASURES[key].label}" for key in group.holds]
    return [*lines, f"→ Work on: {MEASURES[group.work_on].label}"] if group.work_on else lines


def _make_row(found: Finding) -> MeasureRow:
    measure = MEASURES[found.measure]
    sources = (measure.source, *([found.band.source] if found.band else []))
    return MeasureRow(
        measure=measure,
        finding=found,
        value=None
        if found.value is None
        else f"{format_number(found.value, measure)} {get_unit_label(measure)}".strip(),
        verdict=describe_verdict(found),
        band=format_band(found.band, measure) if found.band else None,
        interval=format_interval(found, measure),
        sources=tuple(dict.fromkeys(f"{describe_source(source)}. {source.says}" for source in sources)),
    )


def _encode_data_url(sound: bytes) -> str:
    if sound[:4] not in SOUND_TYPES:
        raise ValueError(f"the sound is neither FLAC nor WAV, it begins with {sound[:4]!r}")
    return f"data:{SOUND_TYPES[sound[:4]]};base64,{base64.b64encode(sound).decode()}"
