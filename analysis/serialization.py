"""A report as JSON and back, exactly.

Conventions: times in seconds from the start of the recording; undefined is null. `ReportDocument` is the format, field
by field; report.schema.json beside this file is generated from it (`python -m analysis.report_schema`). SCHEMA_VERSION
is raised whenever a reader of the old one would stumble.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any, Literal

from analysis.finding import Band, Finding, Side, Source, Verdict
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion
from analysis.report import Group, PacePoint, Pause, PauseLength, QualityNote, Report, Takeaway
from codec.adapters import read_json, read_plain, to_plain
from codec.refusals import Refusal
from speech.errors import AnswerAloudError
from speech.segment import Span
from speech.transcript import Word

SCHEMA_VERSION: Literal[1] = 1

Json = dict[str, Any]


class ReportFormatError(AnswerAloudError):
    """A stored report cannot be read: written by a newer version, or damaged."""


@dataclass(frozen=True)
class MeasureEntry:
    """One measured number, what it means, and the moments that produced it."""

    key: str
    label: str
    unit: str
    decimals: int
    value: float | None
    verdict: Verdict
    side: Side | None
    detail: str
    band: Band | None
    interval: tuple[float, float] | None
    moments: tuple[Span, ...]
    definition: str
    formula: str
    source: Source

    def __post_init__(self) -> None:
        if not self.key.isidentifier():
            raise ValueError(f"should have the key of a measure, not {self.key!r}")


@dataclass(frozen=True)
class PauseEntry(Span):
    """A silent pause inside the answer."""

    length: PauseLength
    within_clause: bool | None


@dataclass(frozen=True)
class ReportDocument:
    """Everything measured in one spoken answer.

    `python -m analysis FILE --json` prints one such object; for a folder or several files it prints an array of them.
    Times are seconds from the start of the recording; null means undefined, never zero.
    """

    schema_version: Literal[1]
    formula_version: int
    model: str
    settings: str
    name: str
    digest: str
    duration: float
    response: Span | None
    question: AskedQuestion | None
    quality: tuple[QualityNote, ...]
    strength: Takeaway | None
    next_step: Takeaway | None
    groups: tuple[Group, ...]
    measures: tuple[MeasureEntry, ...]
    words: tuple[Word, ...]
    possible_fillers: tuple[Word, ...]
    pauses: tuple[PauseEntry, ...]
    pace: tuple[PacePoint, ...]


JUDGED = ("value", "verdict", "side", "detail", "band", "interval", "moments")  # of a finding
DEFINED = ("label", "unit", "decimals", "definition", "formula", "source")  # of its measure
OWN = {"schema_version", "measures", "pauses"}  # fields of the format that a report holds in another form
SHARED = tuple(each.name for each in fields(ReportDocument) if each.name not in OWN)


def to_json(report: Report) -> Json:
    """Return everything in the report as plain values, each measure with its unit, definition, band and source."""
    plain: Json = to_plain(ReportDocument, document(report))
    return plain


def from_json(data: Json) -> Report:
    """Return the report that `to_json` was given; raises ReportFormatError for any other version or a damaged one."""
    with _told():
        return report_of(read_plain(ReportDocument, data, complete=True))


def from_text(text: str) -> Report:
    """Return the report of a JSON text; raises ReportFormatError for any other version or a damaged one."""
    with _told():
        return report_of(read_json(ReportDocument, text, complete=True))


def document(report: Report) -> ReportDocument:
    """Return a report in the form of its JSON."""
    return ReportDocument(
        schema_version=SCHEMA_VERSION,
        measures=tuple(map(_entry, report.findings)),
        pauses=tuple(
            PauseEntry(each.span.start, each.span.end, each.length, each.within_clause) for each in report.pauses
        ),
        **{name: getattr(report, name) for name in SHARED},
    )


def report_of(written: ReportDocument) -> Report:
    """Return the report whose JSON held this."""
    return Report(
        findings=tuple(map(_finding, written.measures)),
        pauses=tuple(Pause(Span(each.start, each.end), each.length, each.within_clause) for each in written.pauses),
        **{name: getattr(written, name) for name in SHARED},
    )


def _entry(finding: Finding) -> MeasureEntry:
    measure = MEASURES[finding.measure]
    judged = {name: getattr(finding, name) for name in JUDGED}
    return MeasureEntry(key=measure.key, **judged, **{name: getattr(measure, name) for name in DEFINED})


def _finding(entry: MeasureEntry) -> Finding:
    return Finding(measure=entry.key, **{name: getattr(entry, name) for name in JUDGED})


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise ReportFormatError(_complaint(refusal)) from refusal


def _complaint(refusal: Refusal) -> str:
    if refusal.place == ("schema_version",):
        return (
            f"This report is in version {refusal.found} of its format, and version {SCHEMA_VERSION} can be read. "
            "Make the report anew from its recording."
        )
    return f"This report is damaged ({refusal}). Make it anew from its recording."
