"""Convert a report to JSON and back without loss.

Conventions: times are seconds from the start of the recording; undefined is null. `ReportDocument`
defines the format field by field; report.schema.json beside this file is generated from it (`python
-m analysis.report_schema`). SCHEMA_VERSION is raised whenever a program written for the old version
could no longer read the new one.
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
from speech.segment import Segment
from speech.transcript import Word

SCHEMA_VERSION: Literal[1] = 1

Json = dict[str, Any]


class ReportFormatError(AnswerAloudError):
    """A stored report cannot be read: it is damaged, or a newer version wrote it."""


@dataclass(frozen=True)
class MeasureEntry:
    """The result of one measure, with its definition and its source."""

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
    moments: tuple[Segment, ...]
    definition: str
    formula: str
    source: Source

    def __post_init__(self) -> None:
        if not self.key.isidentifier():
            raise ValueError(f"should have the key of a measure, not {self.key!r}")


@dataclass(frozen=True)
class PauseEntry(Segment):
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
    response: Segment | None
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


FINDING_FIELDS = ("value", "verdict", "side", "detail", "band", "interval", "moments")  # of a finding
MEASURE_FIELDS = ("label", "unit", "decimals", "definition", "formula", "source")  # of its measure
DOCUMENT_ONLY_FIELDS = {
    "schema_version",
    "measures",
    "pauses",
}  # fields of the format that a report holds in another form
SHARED_FIELDS = tuple(each.name for each in fields(ReportDocument) if each.name not in DOCUMENT_ONLY_FIELDS)


def to_json(report: Report) -> Json:
    """Return a report as plain JSON values; each measure has its unit, definition, band and source."""
    plain: Json = to_plain(ReportDocument, to_document(report))
    return plain


def from_json(data: Json) -> Report:
    """Return the report that `to_json` converted.

    Raises:
        ReportFormatError: The data is of another version, or damaged.
    """
    with _translate_refusals():
        return from_document(read_plain(ReportDocument, data, complete=True))


def from_text(text: str) -> Report:
    """Return the report in a JSON text.

    Raises:
        ReportFormatError: The text is of another version, or damaged.
    """
    with _translate_refusals():
        return from_document(read_json(ReportDocument, text, complete=True))


def to_document(report: Report) -> ReportDocument:
    """Return the report in the structure of its JSON."""
    return ReportDocument(
        schema_version=SCHEMA_VERSION,
        measures=tuple(map(_to_entry, report.findings)),
        pauses=tuple(
            PauseEntry(each.span.start, each.span.end, each.length, each.within_clause) for each in report.pauses
        ),
        **{name: getattr(report, name) for name in SHARED_FIELDS},
    )


def from_document(written: ReportDocument) -> Report:
    """Return the report that a document describes."""
    return Report(
        findings=tuple(map(_to_finding, written.measures)),
        pauses=tuple(Pause(Segment(each.start, each.end), each.length, each.within_clause) for each in written.pauses),
        **{name: getattr(written, name) for name in SHARED_FIELDS},
    )


def _to_entry(finding: Finding) -> MeasureEntry:
    measure = MEASURES[finding.measure]
    judged = {name: getattr(finding, name) for name in FINDING_FIELDS}
    return MeasureEntry(key=measure.key, **judged, **{name: getattr(measure, name) for name in MEASURE_FIELDS})


def _to_finding(entry: MeasureEntry) -> Finding:
    return Finding(measure=entry.key, **{name: getattr(entry, name) for name in FINDING_FIELDS})


@contextmanager
def _translate_refusals() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise ReportFormatError(_describe_refusal(refusal)) from refusal


def _describe_refusal(refusal: Refusal) -> str:
    if refusal.place == ("schema_version",):
        return (
            f"This report is in version {refusal.found} of its format, but only version {SCHEMA_VERSION} can be read. "
            "Make the report again from its recording."
        )
    return f"This report is damaged ({refusal}). Make it again from its recording."
