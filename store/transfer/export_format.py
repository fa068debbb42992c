"""The JSON of one attempt in an export, and its conversion back into rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from analysis.corrections.corrected_transcript import apply_corrections
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.corrections.typed_words import CorrectionError
from analysis.marked_transcript import mark_transcript
from analysis.question import AskedQuestion
from analysis.serialization import ReportDocument, from_document
from codec.adapters import read_json, read_plain, to_plain
from codec.refusals import Refusal
from speech.segment import Segment
from speech.transcript import Transcript
from store.attempt import AttemptState, Note, Result
from store.db import attempts, mapping, revisions
from store.errors import StoreError
from store.flac_tags import MAX_SECONDS

Json = dict[str, Any]
PLAIN_FIELDS = (
    "id",
    "take",
    "name",
    "digest",
    "duration",
    "clipped_share",
    "damaged",
    "keep_recording",
    "state",
    "failure",
)
RECORDED_FIELDS = ("id", "name", "digest", "duration", "clipped_share", "damaged", "keep_recording", "failure")
NEW_FIELDS: Json = {
    "recording_fault": None,
    "revision": None,
    "ancestors": [],
    "changed_at": None,
}  # absent in older exports
VALID_TAKES = range(1, attempts.MAX_TAKE + 1)


@dataclass(frozen=True)
class ExportedSession:
    """The practice session of an attempt."""

    id: str
    started_at: datetime


@dataclass(frozen=True)
class ExportedCorrection(Segment):
    """A correction of the user to the words from `start` to `end`, in s."""

    made_at: datetime
    action: CorrectionAction
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ExportedAttempt:
    """One attempt with its session, result, corrections and notes; times in s or ISO 8601."""

    id: str
    take: int
    name: str
    digest: str
    duration: float
    clipped_share: float
    damaged: bool
    keep_recording: bool
    state: AttemptState
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
    recording_fault: str | None = None  # these four since version 3
    revision: str | None = None
    ancestors: tuple[str, ...] = ()
    changed_at: datetime | None = None

    def __post_init__(self) -> None:
        revisions_named = (*filter(None, (self.revision,)), *self.ancestors)
        for each in (self.id, self.session.id, *(note.id for note in self.notes), *revisions_named):
            if mapping.ID_PATTERN.fullmatch(each) is None:
                raise ValueError(f"not an id: {each!r}")
        if self.recording not in (None, get_recording_path(self.id)):
            raise ValueError(f"a recording lies elsewhere: {self.recording!r}")
        if self.take not in VALID_TAKES:
            raise ValueError(f"not the number of a take: {self.take!r}")
        if not 0 <= self.duration <= MAX_SECONDS or not 0 <= self.clipped_share <= 1:
            raise ValueError(f"not a length or share: {self.duration!r}, {self.clipped_share!r}")
        results = {self.transcript is not None, self.report is not None, self.state is AttemptState.DONE}
        if len(results) > 1 or (self.corrected_report is not None and self.report is None):
            raise ValueError(f"an answer whose state is {self.state.value!r} does not fit its report")


@dataclass(frozen=True)
class AttemptRows:
    """All rows of one attempt, by column; `result` is None if it has no report."""

    session: mapping.Values
    attempt: mapping.Values
    result: mapping.Values | None
    corrections: tuple[mapping.Values, ...]
    notes: tuple[mapping.Values, ...]


def get_recording_path(attempt_id: str) -> str:
    """Return the path of an attempt's recording inside an export."""
    return f"recordings/{attempt_id}.flac"


def build_document(row: Any, session: tuple[datetime, int], corrections: Iterable[Any], notes: Iterable[Any]) -> Json:
    """Return the JSON of an `ExportedAttempt`.

    Transcript and reports are copied as stored, so that damaged ones can still be exported.

    Args:
        row: Row of the attempt, joined with its result.
        session: When its session began, and the zone offset in s east of Greenwich.
        corrections: Rows of its corrections, in order.
        notes: Rows of its notes, in order.
    """
    return {
        **{name: getattr(row, name) for name in PLAIN_FIELDS},
        "recorded_at": mapping.localize(row.recorded_at, row.zone_offset).isoformat(),
        "question": {"id": row.question_id, "text": row.question_text, "kind": row.question_kind},
        "session": {"id": row.session_id, "started_at": mapping.localize(*session).isoformat()},
        "recording": None,  # filled in when it was looked at, and so is its fault
        "transcript": _parse_json(row.transcript),
        "report": _parse_json(row.report),
        "corrected_report": _parse_json(row.corrected_report),
        "corrections": [_dump_correction(each) for each in corrections],
        "notes": [
            to_plain(Note, Note(each.id, mapping.localize(each.written_at, each.zone_offset), each.text))
            for each in notes
        ],
        "recording_fault": None,
        **dump_revision(row),
    }


def dump_revision(row: Any) -> Json:
    """Return the revision of a row, its ancestors and its time as JSON."""
    return {
        "revision": row.revision,
        "ancestors": revisions.split_ancestors(row.ancestors),
        "changed_at": None if row.changed_at is None else row.changed_at.isoformat(),
    }


def parse_rows(text: bytes) -> AttemptRows:
    """Parse an exported attempt into rows.

    Args:
        text: The JSON file.

    Raises:
        StoreError: If it is damaged; the sentence says what is wrong.
    """
    try:
        return _build_rows(read_plain(ExportedAttempt, NEW_FIELDS | read_json(dict[str, Any], text), complete=True))
    except (Refusal, ArithmeticError) as error:  # a moment beyond all years, in another zone
        raise StoreError(f"An answer in this export is damaged ({error}).") from error


def check_fit(result: Result) -> None:
    """Check that the words of a report are those of its transcript after its corrections, as the page lays them out.

    Corrections that do not fit the words are no fault here: the page says so and shows the words as heard.

    Raises:
        StoreError: They are not.
    """
    try:
        mark_transcript(result.original, apply_corrections(result.transcript))
        mark_transcript(result.report, apply_corrections(result.transcript, result.corrections))
    except CorrectionError:
        return
    except ValueError as error:
        raise StoreError(
            f"An answer in this export is damaged: its report has other words than it ({error})."
        ) from error


def _build_rows(found: ExportedAttempt) -> AttemptRows:
    result, measured = _build_result_row(found)
    corrections = tuple(
        {"attempt_id": found.id, "position": position, **_build_correction_row(each)}
        for position, each in enumerate(found.corrections)
    )
    return AttemptRows(
        session={"id": found.session.id, **mapping.split_moment(found.session.started_at, "started_at")},
        attempt={
            **{name: getattr(found, name) for name in RECORDED_FIELDS},
            **mapping.build_question_row(found.question),
            **mapping.split_moment(found.recorded_at, "recorded_at"),
            **measured,
            "session_id": found.session.id,
            "take": found.take,
            "state": found.state.value,
            "has_recording": found.recording is not None,
            "correction_count": len(corrections),
            "changed_at": found.changed_at,
            "ancestors": revisions.join_ancestors(found.ancestors),
            "revision": _get_revision(found, result, corrections),
        },
        result=result,
        corrections=corrections,
        notes=tuple({"attempt_id": found.id, **_build_note_row(each)} for each in found.notes),
    )


def _get_revision(
    found: ExportedAttempt, result: mapping.Values | None, corrections: Iterable[mapping.Values]
) -> str | None:
    if found.revision is not None or result is None:
        return found.revision
    return revisions.make_revision(None, result["transcript"], attempts.dump_corrections(corrections))


def _build_result_row(found: ExportedAttempt) -> tuple[mapping.Values | None, mapping.Values]:
    """Return the row of the result, and the columns it adds to the row of the attempt."""
    if found.report is None:
        return None, {}
    original = from_document(found.report)
    counts = original if found.corrected_report is None else from_document(found.corrected_report)
    made = tuple(
        Correction(each.action, Segment(each.start, each.end), each.before, each.after) for each in found.corrections
    )
    if found.transcript is not None:
        check_fit(Result(found.transcript, original, counts, made))
    texts = {
        "transcript": _dump_json(Transcript, found.transcript),
        "report": _dump_json(ReportDocument, found.report),
        "corrected_report": _dump_json(ReportDocument, found.corrected_report),
    }
    seal = revisions.make_seal(*texts.values())
    row = {"attempt_id": found.id, **texts, "said": mapping.build_search_text(counts), "seal": seal}
    return row, mapping.build_measured_row(counts)


def _dump_correction(row: Any) -> Json:
    return {
        "made_at": mapping.localize(row.made_at, row.zone_offset).isoformat(),
        "action": row.action,
        "start": row.start_seconds,
        "end": row.end_seconds,
        "before": row.text_before,
        "after": row.text_after,
    }


def _build_correction_row(found: ExportedCorrection) -> mapping.Values:
    correction = Correction(found.action, Segment(found.start, found.end), found.before, found.after)
    return attempts.build_correction_row(correction) | mapping.split_moment(found.made_at, "made_at")


def _build_note_row(note: Note) -> mapping.Values:
    return {"id": note.id, "text": note.text, **mapping.split_moment(note.written_at, "written_at")}


def _parse_json(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _dump_json(kind: Any, value: Any) -> str | None:
    return None if value is None else json.dumps(to_plain(kind, value))
