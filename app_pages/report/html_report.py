"""One answer as a page of its own: a single HTML file with its sound in it, to keep, print or hand on.

The page loads nothing and sends nothing, and its own rules (a content security policy with the digests of its one
script and one style) keep it so: whatever was said or typed can only be text in it. Without its script it can still be
read and the sound played.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from analysis.finding import Finding
from analysis.measures.measure import Measure
from analysis.measures.registry import MEASURES
from analysis.report import Group, PauseLength, Report, Takeaway
from analysis.structure.report_lines import Section
from analysis.wording import band_range, count, number
from app_pages.ui.wording import clock, clock_down, interval, origin, unit, verdict
from content.advice import Advice, advice_for
from speech.transcript import Word, WordKind

HOME = Path(__file__).parents[1] / "templates"
SOUNDS = {b"fLaC": "audio/flac", b"RIFF": "audio/wav"}  # by their first bytes; every browser plays both
TOLD = (PauseLength.THINKING, PauseLength.LONG, PauseLength.LOST_THREAD)  # pauses that stand in the transcript
KEYS = {
    "filler_sound": ("[um]", "filler sound"),
    "filler_word": ("like", "filler word"),
    "repetition": ("↻ I", "said again or started anew"),
    "possible": ("um?", "possibly a filler, not counted"),
    "pause": ("(pause 1.2 s)", "pause of 1 s or more"),
}


@dataclass(frozen=True)
class Piece:
    """A word or a pause as the transcript shows it; times in seconds."""

    text: str
    kind: str  # "word" or one of KEYS
    start: float
    end: float


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
    spoken = pieces(report)
    style, script = (_file(name) for name in ("report.css", "report.js"))
    return _template().render(
        report=report,
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; media-src data:",
        question=report.question.text if report.question else None,
        facts=_facts(report, recorded_at, take, corrections),
        notes=notes,
        sections=[section for section in sections if section.lines],
        steps=_steps(report),
        groups=[(group, _holds(group)) for group in report.groups],
        rows=[_row(found) for found in report.findings],
        pieces=spoken,
        keys=[(kind, *KEYS[kind]) for kind in KEYS if any(piece.kind == kind for piece in spoken)],
        sound=None if sound is None else _data_url(sound),
    )


def file_name(report: Report, recorded_at: datetime | None = None) -> str:
    """A name for the file that says when and what: answer-2026-03-01-tell-me-about-yourself.html."""
    about = report.question.text if report.question else report.name
    words = re.findall(r"[a-z0-9]+", about.lower())[:8]
    day = [f"{recorded_at:%Y-%m-%d}"] if recorded_at else []
    return "-".join(["answer", *day, *words]) + ".html"


def pieces(report: Report) -> tuple[Piece, ...]:
    """Words, possible fillers and long pauses in time order."""
    said = [_piece(word, word.kind.value) for word in report.words]
    possible = [_piece(word, "possible") for word in report.possible_fillers]
    pauses = [
        Piece(f"(pause {pause.span.duration:.1f} s)", "pause", pause.span.start, pause.span.end)
        for pause in report.pauses
        if pause.length in TOLD
    ]
    return tuple(sorted([*said, *possible, *pauses], key=lambda piece: (piece.start, piece.end)))


def _piece(word: Word, kind: str) -> Piece:
    shown = {WordKind.FILLER_SOUND.value: f"[{word.text}]", WordKind.REPETITION.value: f"↻ {word.text}"}
    text = f"{word.text}?" if kind == "possible" else shown.get(kind, word.text)
    return Piece(text, kind, word.start, word.end)


def _facts(report: Report, recorded_at: datetime | None, take: int | None, corrections: int) -> list[str]:
    return [
        *([f"{recorded_at:%d %B %Y, %H:%M}"] if recorded_at else []),
        *([f"take {take}"] if take else []),
        f"{report.name}, {clock(report.duration)}",
        *([f"{count(corrections, 'correction')} by hand, counted in"] if corrections else []),
    ]


def _steps(report: Report) -> list[Step]:
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


@cache
def _template() -> Template:
    room = Environment(loader=FileSystemLoader(HOME), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    room.filters["clock"] = clock_down
    return room.get_template("report.html")


@cache
def _file(name: str) -> str:
    return (HOME / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
