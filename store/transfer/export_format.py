"""One attempt as JSON for an export, with everything that belongs to it; and back into rows, read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.corrections.correction import Correction, CorrectionAction
from analysis.question import AskedQuestion
from analysis.serialization import ReportDocument, report_of
from codec.adapters import read_json, to_plain
from codec.refusals import Refusal
from speech.segment import Span
from speech.transcript import Transcript
from store.attempt import Note, State
from store.db import attempts, mapping
from store.errors import StoreError

Json = dict[str, Any]
PLAIN = ("id", "take", "name", "digest", "duration", "clipped_share", "damaged", "keep_recording", "state", "failure")
RECORDED = ("id", "name", "digest", "duration", "clipped_share", "damaged", "keep_recording", "failure")
TAKES = range(1, 2**31)  # what a column of whole numbers holds


@dataclass(frozen=True)
class ExportedSession:
    """The sitting that an attempt belongs to."""

    id: str
    started_at: datetime


@dataclass(frozen=True)
class ExportedCorrection(Span):
    """What the user set right from `start` to `end`."""

    made_at: datetime
    action: CorrectionAction
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ExportedAttempt:
    """One attempt with its session, result, corrections and notes; times in s and ISO 8601."""

    id: str
    take: int
    name: str
    digest: str
    duration: float
    clipped_share: float
    damaged: bool
    keep_recording: bool
    state: State
    failure: str | None
    recorded_at: datetime
    question: AskedQuestion
    session: ExportedSession
    recording: str | None
    transcript: Transcript | None
    report: ReportDocument | None
    corrected_report: ReportDocument | None
    corrections: tuple[ExportedCorrection, ...]
    notes: tuple[Note, ...]

    def __post_init__(self) -> None:
        for each in (self.id, self.session.id, *(note.id for note in self.notes)):
            if mapping.ID.fullmatch(each) is None:
                raise ValueError(f"not an id: {each!r}")
        if self.recording not in (None, recording_place(self.id)):
            raise ValueError(f"a recording lies elsewhere: {self.recording!r}")
        if self.take not in TAKES:
            raise ValueError(f"not the number of a take: {self.take!r}")
        results = {self.transcript is not None, self.report is not None, self.state is State.DONE}
        if len(results) > 1 or (self.corrected_report is not None and self.report is None):
            raise ValueError(f"an answer whose state is {self.state.value!r} does not fit its report")


@dataclass(frozen=True)
class Rows:
    """All rows of one attempt, by column; `result` is None for one that is not measured."""

    session: mapping.Values
    attempt: mapping.Values
    result: mapping.Values | None
    corrections: tuple[mapping.Values, ...]
    notes: tuple[mapping.Values, ...]


def recording_place(attempt_id: str) -> str:
    """Where the recording of an attempt lies in an export."""
    return f"recordings/{attempt_id}.flac"


def document(row: Any, corrections: Iterable[Any], notes: Iterable[Any], has_recording: bool) -> Json:
    """Return the JSON of an `ExportedAttempt`, of its row joined with its session and result.

    Transcript and reports go out as they are kept, unread: what is damaged can be exported all the same.
    """
    return {
        **{name: getattr(row, name) for name in PLAIN},
        "recorded_at": mapping.in_zone(row.recorded_at, row.zone_offset).isoformat(),
        "question": {"id": row.question_id, "text": row.question_text, "kind": row.question_kind},
        "session": {"id": row.session_id, "started_at": mapping.in_zone(row.started_at, row.session_zone).isoformat()},
        "recording": recording_place(row.id) if has_recording else None,
        "transcript": _parsed(row.transcript),
        "report": _parsed(row.report),
        "corrected_report": _parsed(row.corrected_report),
        "corrections": [_correction_out(each) for each in corrections],
        "notes": [
            to_plain(Note, Note(each.id, mapping.in_zone(each.written_at, each.zone_offset), each.text))
            for each in notes
        ],
    }


def rows_of(text: bytes) -> Rows:
    """Return the rows of an exported attempt; raises StoreError with what is wrong with it."""
    try:
        return _rows(read_json(ExportedAttempt, text, complete=True))
    except (Refusal, ArithmeticError) as error:  # a moment beyond all years, in another zone
        raise StoreError(f"An answer in this export is damaged ({error}).") from error


def _rows(found: ExportedAttempt) -> Rows:
    result, measured = _result(found)
    corrections = tuple(
        {"attempt_id": found.id, "position": position, **_correction_row(each)}
        for position, each in enumerate(found.corrections)
    )
    return Rows(
        session={"id": found.session.id, **mapping.moment(found.session.started_at, "started_at")},
        attempt={
            **{name: getattr(found, name) for name in RECORDED},
            **mapping.question_row(found.question),
            **mapping.moment(found.recorded_at, "recorded_at"),
            **measured,
            "session_id": found.session.id,
            "take": found.take,
            "state": found.state.value,
            "has_recording": found.recording is not None,
            "correction_count": len(corrections),
        },
        result=result,
        corrections=corrections,
        notes=tuple({"attempt_id": found.id, **_note_row(each)} for each in found.notes),
    )


def _result(found: ExportedAttempt) -> tuple[mapping.Values | None, mapping.Values]:
    """The row of the result, and what it brings into the row of the attempt."""
    if found.report is None:
        return None, {}
    counts = report_of(found.corrected_report or found.report)
    texts = {
        "transcript": _text(Transcript, found.transcript),
        "report": _text(ReportDocument, found.report),
        "corrected_report": _text(ReportDocument, found.corrected_report),
    }
    return {"attempt_id": found.id, **texts, "said": mapping.said(counts)}, mapping.measured_row(counts)


def _correction_out(row: Any) -> Json:
    return {
        "made_at": mapping.in_zone(row.made_at, row.zone_offset).isoformat(),
        "action": row.action,
        "start": row.start_seconds,
        "end": row.end_seconds,
        "before": row.text_before,
        "after": row.text_after,
    }


def _correction_row(found: ExportedCorrection) -> mapping.Values:
    correction = Correction(found.action, Span(found.start, found.end), found.before, found.after)
    return attempts.correction_row(correction) | mapping.moment(found.made_at, "made_at")


def _note_row(note: Note) -> mapping.Values:
    return {"id": note.id, "text": note.text, **mapping.moment(note.written_at, "written_at")}


def _parsed(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _text(kind: Any, value: Any) -> str | None:
    return None if value is None else json.dumps(to_plain(kind, value))
