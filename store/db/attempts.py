"""Writing attempts: recorded, done, failed, corrected, deleted. Each function is a part of one transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from analysis.corrections.correction import Correction
from analysis.report import Report
from analysis.serialization import to_json
from interview.ids import new_id
from speech import transcript_json
from speech.transcript import Transcript
from store.attempt import State
from store.db import history, mapping
from store.db.tables import attempts, corrections, results, sessions
from store.errors import StoreError

SITTING = timedelta(minutes=30)  # without a new answer end a practice session
GONE = "This answer was deleted in the meantime. Record it again if you want to keep it."
CORRECTED_ELSEWHERE = (
    "This answer was corrected in another window in the meantime. Load the page again, then make the correction."
)


def is_known(connection: Connection, attempt_id: str) -> bool:
    """Whether there is such an attempt."""
    return connection.scalar(select(attempts.c.id).where(attempts.c.id == attempt_id)) is not None


def next_take(connection: Connection, question_id: str) -> int:
    """The number of the next take of a question, from 1."""
    last = connection.scalar(select(func.max(attempts.c.take)).where(attempts.c.question_id == question_id))
    return (last or 0) + 1


def insert_recorded(connection: Connection, row: mapping.Values) -> None:
    """Write a new attempt with its take and session; one that is there already is left as it is."""
    if is_known(connection, row["id"]):
        return
    numbered = {"session_id": _session(connection, row), "take": next_take(connection, row["question_id"])}
    connection.execute(insert(attempts).values(row | numbered))


def finish(connection: Connection, attempt_id: str, transcript: Transcript, report: Report) -> bool:
    """Write what was heard and measured, once; returns whether the recording may go now. Raises StoreError."""
    found = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if found is None:
        raise StoreError(GONE)
    if found.state == State.DONE:
        return False  # another process finished it; the first result stays
    _update(connection, attempt_id, {**mapping.measured_row(report), "has_recording": found.keep_recording})
    texts = {
        "transcript": json.dumps(transcript_json.to_json(transcript)),
        "report": json.dumps(to_json(report)),
        "said": mapping.said(report),
    }
    connection.execute(insert(results).values(attempt_id=attempt_id, **texts))
    return not found.keep_recording


def fail(connection: Connection, attempt_id: str, sentence: str) -> None:
    """Write why an attempt could not be measured; one that is done stays done."""
    unfinished = update(attempts).where(attempts.c.id == attempt_id, attempts.c.state != State.DONE.value)
    connection.execute(unfinished.values(state=State.FAILED.value, failure=sentence))


def correct(
    connection: Connection,
    attempt_id: str,
    seen: Sequence[Correction],
    row: mapping.Values,
    report: Report,
) -> None:
    """Write one more correction and the report that follows from all; raises StoreError when these are not as seen."""
    _check_seen(connection, attempt_id, seen)
    connection.execute(insert(corrections).values(attempt_id=attempt_id, position=len(seen), **row))
    _let_count(connection, attempt_id, len(seen) + 1, report)


def take_back(
    connection: Connection, attempt_id: str, seen: Sequence[Correction], left: int, report: Report | None
) -> None:
    """Delete all corrections but the first; `report` follows from these, None when none is left. Raises StoreError."""
    _check_seen(connection, attempt_id, seen)
    if not 0 <= left < len(seen) or (report is None) is not (left == 0):
        raise ValueError(f"of {len(seen)} corrections {left} cannot be left with {report and report.name!r} as report")
    of_attempt = corrections.c.attempt_id == attempt_id
    connection.execute(delete(corrections).where(of_attempt, corrections.c.position >= left))
    _let_count(connection, attempt_id, left, report)


def correction_row(correction: Correction) -> mapping.Values:
    """A correction, still without its attempt, position and time."""
    return {
        "action": correction.action.value,
        "start_seconds": correction.span.start,
        "end_seconds": correction.span.end,
        "text_before": correction.before,
        "text_after": correction.after,
    }


def remove(connection: Connection, attempt_id: str | None) -> None:
    """Delete one attempt, or all of them with None, and the sessions that are left empty."""
    chosen = delete(attempts)
    connection.execute(chosen if attempt_id is None else chosen.where(attempts.c.id == attempt_id))
    connection.execute(delete(sessions).where(~exists().where(attempts.c.session_id == sessions.c.id)))


def _check_seen(connection: Connection, attempt_id: str, seen: Sequence[Correction]) -> None:
    """Whether the corrections are still those that somebody saw: all of them, for some may have been taken back."""
    state = connection.scalar(select(attempts.c.state).where(attempts.c.id == attempt_id))
    if state != State.DONE:
        raise StoreError(GONE if state is None else "This answer has no report yet. Wait for it, then correct it.")
    if history.corrections_of(connection, attempt_id) != tuple(seen):
        raise StoreError(CORRECTED_ELSEWHERE)


def _let_count(connection: Connection, attempt_id: str, count: int, report: Report | None) -> None:
    """Let a corrected report count in the place of the one before, or with None the original again."""
    counts = report or history.result(connection, attempt_id).original
    written = None if report is None else json.dumps(to_json(report))
    result = update(results).where(results.c.attempt_id == attempt_id)
    connection.execute(result.values(corrected_report=written, said=mapping.said(counts)))
    _update(connection, attempt_id, {**mapping.measured_row(counts), "correction_count": count})


def _update(connection: Connection, attempt_id: str, values: dict[str, Any]) -> None:
    connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(values))


def _session(connection: Connection, row: mapping.Values) -> str:
    """The session an attempt belongs to: that of the answer just before it, or a new one."""
    before = select(attempts.c.session_id, attempts.c.recorded_at).where(attempts.c.recorded_at <= row["recorded_at"])
    last = connection.execute(before.order_by(attempts.c.recorded_at.desc()).limit(1)).first()
    if last is not None and row["recorded_at"] - last.recorded_at <= SITTING:
        return str(last.session_id)
    new = {"id": new_id(), "started_at": row["recorded_at"], "zone_offset": row["zone_offset"]}
    connection.execute(insert(sessions).values(new))
    return str(new["id"])
