"""One answer as a page of its own: a single HTML file with its sound in it, to keep, print or hand on.

The page loads nothing and sends nothing, and its own rules (a content security policy with the digests of its one
script and one style) keep it so: whatever was said or typed can only be text in it. Without its script it can still be
read and the sound played.
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
from analysis.wording import band_range, count, number
from app_pages.ui.templates import load_inline, render_template
from app_pages.ui.wording import clock, clock_down, interval, origin, unit, verdict
from content.advice import Advice, advice_for

SOUNDS = {b"fLaC": "audio/flac", b"RIFF": "audio/wav"}  # by their first bytes; every browser plays both


@dataclass(frozen=True)
class Row:
    """One measure as the table shows it."""

    measure: Measure
    finding: Finding
    value: str | None
    verdict: str
    band: str | None
    interval: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Step:
    """One of the two takeaways with the advice that goes with it."""

    heading: str
    takeaway: Takeaway
    advice: Advice | None


def html_report(
    report: Report,
    sound: bytes | None = None,
    *,
    recorded_at: datetime | None = None,
    take: int | None = None,
    corrections: int = 0,
    notes: Sequence[str] = (),
    sections: Sequence[Section] = (),
) -> str:
    """The page; `sound` is a FLAC or WAV file, without it there is nothing to hear. Raises ValueError for others."""
    tokens = mark_transcript(report)
    style, script = (load_inline(f"report/templates/report.{kind}") for kind in ("css", "js"))
    return render_template(
        "report/templates/report.html",
        report=report,
        clock=clock_down,
        style=style,
        script=script,
        question=report.question.text if report.question else None,
        facts=_facts(report, recorded_at, take, corrections),
        notes=notes,
        sections=[section for section in sections if section.lines],
        steps=list_takeaways(report),
        groups=[(group, _holds(group)) for group in report.groups],
        rows=[_row(found) for found in report.findings],
        tokens=tokens,
        keys=[(kind, STYLES[kind]) for kind in kinds_in(tokens)],
        sound=None if sound is None else _data_url(sound),
    )


def file_name(report: Report, recorded_at: datetime | None = None) -> str:
    """A name for the file that says when and what: answer-2026-03-01-tell-me-about-yourself.html."""
    about = report.question.text if report.question else report.name
    words = re.findall(r"[a-z0-9]+", about.lower())[:8]
    day = [f"{recorded_at:%Y-%m-%d}"] if recorded_at else []
    return "-".join(["answer", *day, *words]) + ".html"


def _facts(report: Report, recorded_at: datetime | None, take: int | None, corrections: int) -> list[str]:
    return [
        *([f"{recorded_at:%d %B %Y, %H:%M}"] if recorded_at else []),
        *([f"take {take}"] if take else []),
        f"{report.name}, {clock(report.duration)}",
        *([f"{count(corrections, 'correction')} by hand, counted in"] if corrections else []),
    ]


def list_takeaways(report: Report) -> list[Step]:
    """Return what to keep and what to do next, where the report has them."""
    both = (("✓ Keep", report.strength), ("→ Next", report.next_step))
    return [Step(heading, takeaway, _advice(takeaway)) for heading, takeaway in both if takeaway is not None]


def _advice(takeaway: Takeaway) -> Advice | None:
    return advice_for(takeaway.measure, takeaway.side.value) if takeaway.side else None


def _holds(group: Group) -> list[str]:
    lines = [f"✓ {MEASURES[key].label}" for key in group.holds]
    return [*lines, f"→ {MEASURES[group.work_on].label}: to work on"] if group.work_on else lines


def _row(found: Finding) -> Row:
    measure = MEASURES[found.measure]
    sources = (measure.source, *([found.band.source] if found.band else []))
    return Row(
        measure=measure,
        finding=found,
        value=None if found.value is None else f"{number(found.value, measure)} {unit(measure)}".strip(),
        verdict=verdict(found),
        band=band_range(found.band, measure) if found.band else None,
        interval=interval(found, measure),
        sources=tuple(dict.fromkeys(f"{origin(source)}. {source.says}" for source in sources)),
    )


def _data_url(sound: bytes) -> str:
    if sound[:4] not in SOUNDS:
        raise ValueError(f"the sound is neither FLAC nor WAV, it begins with {sound[:4]!r}")
    return f"data:{SOUNDS[sound[:4]]};base64,{base64.b64encode(sound).decode()}"
