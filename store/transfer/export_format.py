"""One attempt as JSON for an export, with everything that belongs to it; and back into rows, read strictly."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import Any

from analysis import serialization
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.question import AskedQuestion, QuestionKind
from speech import transcript_json
from speech.errors import AnswerAloudError
from speech.segment import Span
from store.attempt import State
from store.db import attempts, mapping
from store.errors import StoreError

Json = dict[str, Any]
PLAIN = ("id", "take", "name", "digest", "duration", "clipped_share", "damaged", "keep_recording", "state", "failure")
TAKES = range(1, 2**31)  # what a column of whole numbers holds


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
    """An attempt, joined with its session and its result, as values that JSON has; times in s and ISO 8601."""
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
            {
                "id": each.id,
                "written_at": mapping.in_zone(each.written_at, each.zone_offset).isoformat(),
                "text": each.text,
            }
            for each in notes
        ],
    }


def rows_of(data: Json) -> Rows:
    """The rows of an exported attempt; raises StoreError with what is wrong with it."""
    try:
        return _rows(data)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AnswerAloudError) as error:
        raise StoreError(f"An answer in this export is damaged ({type(error).__name__}: {error}).") from error


def _rows(data: Json) -> Rows:
    attempt_id = _id(data["id"])
    if data["recording"] not in (None, recording_place(attempt_id)):
        raise ValueError(f"a recording lies elsewhere: {data['recording']!r}")
    result, measured = _result(data)
    session = data["session"]
    corrections = tuple(
        {"attempt_id": attempt_id, "position": position, **_correction_in(each)}
        for position, each in enumerate(data["corrections"])
    )
    return Rows(
        session={"id": _id(session["id"]), **mapping.moment(_time(session["started_at"]), "started_at")},
        attempt={
            **_recorded(data),
            **measured,
            "id": attempt_id,
            "session_id": session["id"],
            "take": _take(data["take"]),
            "state": State(data["state"]).value,
            "failure": data["failure"],
            "has_recording": data["recording"] is not None,
            "correction_count": len(corrections),
        },
        result=result,
        corrections=corrections,
        notes=tuple({"attempt_id": attempt_id, **_note_in(each)} for each in data["notes"]),
    )


def _recorded(data: Json) -> mapping.Values:
    question = AskedQuestion(data["question"]["id"], data["question"]["text"], QuestionKind(data["question"]["kind"]))
    return {
        **mapping.question_row(question),
        **mapping.moment(_time(data["recorded_at"]), "recorded_at"),
        "name": str(data["name"]),
        "digest": str(data["digest"]),
        "duration": _finite(data["duration"]),
        "clipped_share": _finite(data["clipped_share"]),
        "damaged": bool(data["damaged"]),
        "keep_recording": bool(data["keep_recording"]),
    }


def _result(data: Json) -> tuple[mapping.Values | None, mapping.Values]:
    """The row of the result, and what it brings into the row of the attempt."""
    if (data["report"] is None) != (data["state"] != State.DONE):
        raise ValueError(f"an answer whose state is {data['state']!r} does not fit its report")
    if data["report"] is None:
        return None, {}
    transcript_json.from_json(data["transcript"])
    original = serialization.from_json(data["report"])
    corrected = serialization.from_json(data["corrected_report"]) if data["corrected_report"] else None
    texts = {name: _text(data[name]) for name in ("transcript", "report", "corrected_report")}
    counts = corrected or original
    return {"attempt_id": data["id"], **texts, "said": mapping.said(counts)}, mapping.measured_row(counts)


def _correction_out(row: Any) -> Json:
    return {
        "made_at": mapping.in_zone(row.made_at, row.zone_offset).isoformat(),
        "action": row.action,
        "start": row.start_seconds,
        "end": row.end_seconds,
        "before": row.text_before,
        "after": row.text_after,
    }


def _correction_in(data: Json) -> mapping.Values:
    span = Span(data["start"], data["end"])
    correction = Correction(CorrectionAction(data["action"]), span, data["before"], data["after"])
    return attempts.correction_row(correction) | mapping.moment(_time(data["made_at"]), "made_at")


def _note_in(data: Json) -> mapping.Values:
    return {"id": _id(data["id"]), "text": str(data["text"]), **mapping.moment(_time(data["written_at"]), "written_at")}


def _take(value: Any) -> int:
    if int(value) not in TAKES:
        raise ValueError(f"not the number of a take: {value!r}")
    return int(value)


def _finite(value: Any) -> float:
    if not isfinite(value):
        raise ValueError(f"not a number: {value!r}")
    return float(value)


def _id(text: str) -> str:
    if mapping.ID.fullmatch(text) is None:
        raise ValueError(f"not an id: {text!r}")
    return text


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _parsed(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _text(value: Any) -> str | None:
    return None if value is None else json.dumps(value)
