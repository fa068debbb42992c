"""A report as JSON and back, exactly.

Conventions: times in seconds from the start of the recording; undefined is null. The format is described field by
field in report.schema.json beside this file; SCHEMA_VERSION is raised whenever a reader of the old one would stumble.
"""

from __future__ import annotations

from typing import Any

from analysis.deserialization import report_in
from analysis.finding import Band, Finding, Source
from analysis.measures.registry import MEASURES
from analysis.question import AskedQuestion
from analysis.report import Group, Pause, Report, Takeaway
from speech.errors import AnswerAloudError
from speech.segment import Span
from speech.transcript import Word

SCHEMA_VERSION = 1

Json = dict[str, Any]


class ReportFormatError(AnswerAloudError):
    """A stored report cannot be read: written by a newer version, or damaged."""


def to_json(report: Report) -> Json:
    """Everything in the report as plain values, each measure with its unit, definition, band and source."""
    return {
        "schema_version": SCHEMA_VERSION,
        "formula_version": report.formula_version,
        "model": report.model,
        "settings": report.settings,
        "name": report.name,
        "digest": report.digest,
        "duration": report.duration,
        "response": _span_out(report.response) if report.response else None,
        "question": _question_out(report.question) if report.question else None,
        "quality": [{"key": note.key, "text": note.text} for note in report.quality],
        "strength": _takeaway_out(report.strength),
        "next_step": _takeaway_out(report.next_step),
        "groups": [_group_out(group) for group in report.groups],
        "measures": [_finding_out(finding) for finding in report.findings],
        "words": [_word_out(word) for word in report.words],
        "possible_fillers": [_word_out(word) for word in report.possible_fillers],
        "pauses": [_pause_out(pause) for pause in report.pauses],
        "pace": [{"at": point.at, "words_per_minute": point.words_per_minute} for point in report.pace],
    }


def from_json(data: Json) -> Report:
    """The report that `to_json` was given; raises ReportFormatError for any other version or a damaged one."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA_VERSION:
        raise ReportFormatError(
            f"This report is in version {version} of its format, and version {SCHEMA_VERSION} can be read. "
            "Make the report anew from its recording."
        )
    try:
        return report_in(data)
    except (LookupError, TypeError, ValueError) as error:
        raise ReportFormatError(
            f"This report is damaged ({type(error).__name__}: {error}). Make it anew from its recording."
        ) from error


def _span_out(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _question_out(question: AskedQuestion) -> Json:
    return {"id": question.id, "text": question.text, "kind": question.kind.value}


def _takeaway_out(takeaway: Takeaway | None) -> Json | None:
    if takeaway is None:
        return None
    side = takeaway.side.value if takeaway.side else None
    return {"measure": takeaway.measure, "text": takeaway.text, "target": takeaway.target, "side": side}


def _group_out(group: Group) -> Json:
    return {
        "key": group.key,
        "label": group.label,
        "holds": list(group.holds),
        "work_on": group.work_on,
        "detail": group.detail,
    }


def _word_out(word: Word) -> Json:
    return {
        "text": word.text,
        "start": word.start,
        "end": word.end,
        "probability": word.probability,
        "kind": word.kind.value,
    }


def _pause_out(pause: Pause) -> Json:
    return {**_span_out(pause.span), "length": pause.length.value, "within_clause": pause.within_clause}


def _source_out(source: Source) -> Json:
    return {"name": source.name, "says": source.says, "is_evidence": source.is_evidence}


def _band_out(band: Band | None) -> Json | None:
    if band is None:
        return None
    return {"fine": list(band.fine), "watch": list(band.watch), "source": _source_out(band.source)}


def _finding_out(finding: Finding) -> Json:
    measure = MEASURES[finding.measure]
    return {
        "key": finding.measure,
        "label": measure.label,
        "unit": measure.unit,
        "decimals": measure.decimals,
        "value": finding.value,
        "verdict": finding.verdict.value,
        "side": finding.side.value if finding.side else None,
        "detail": finding.detail,
        "band": _band_out(finding.band),
        "interval": list(finding.interval) if finding.interval else None,
        "moments": [_span_out(span) for span in finding.moments],
        "definition": measure.definition,
        "formula": measure.formula,
        "source": _source_out(measure.source),
    }
