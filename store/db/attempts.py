"""Functions that write attempts, each within the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, exists, func, insert, select, update

from analysis.corrections.correction import Correction
from analysis.report import Report
from analysis.serialization import to_json
from interview.ids import make_id
from speech import transcript_json
from speech.transcript import Transcript
from store.attempt import AttemptState
from store.db import deletions, history, mapping, revisions
from store.db.tables import attempts, corrections, notes, results, sessions
from store.db.tolerant import ROW_FAULTS, is_fault_of_row
from store.errors import AttemptGoneError, StoreError

MAX_TAKE = 2**31 - 1  # what a column of whole numbers holds
MAX_SESSION_GAP = timedelta(minutes=30)  # without a new answer end a practice session
ATTEMPT_GONE = "This answer has been deleted. Record it again if you'd like to keep it."
TOO_OLD = "This recording was deleted because it was older than recordings are kept here."
CORRECTED_ELSEWHERE = "You corrected this answer in another window. Reload the page, then make your correction."


def is_known(connection: Connection, attempt_id: str) -> bool:
    """Return whether the attempt exists."""
    return connection.scalar(select(attempts.c.id).where(attempts.c.id == attempt_id)) is not None


def get_next_take(connection: Connection, question_id: str) -> int:
    """Return the number of the next take of a question, from 1."""
    is_number = attempts.c.take.between(1, MAX_TAKE)  # of a damaged row it may be anything
    last = connection.scalar(select(func.max(attempts.c.take)).where(attempts.c.question_id == question_id, is_number))
    return (last or 0) + 1


def insert_recorded(connection: Connection, row: mapping.Values) -> None:
    """Insert a new attempt with its take and session; does nothing if it exists.

    Args:
        connection: An open transaction.
        row: Columns of the attempt without take and session; see `mapping.build_recorded_row`.
    """
    if is_known(connection, row["id"]):
        return
    numbered = {
        "session_id": _find_or_create_session(connection, row),
        "take": _free_take(connection, row["question_id"]),
    }
    connection.execute(insert(attempts).values(row | numbered))


def _free_take(connection: Connection, question_id: str) -> int:
    """Return the number of a new take; the first recording in which nothing was said hands its number on.

    It counts as no take, and goes behind the others.
    """
    after_all = get_next_take(connection, question_id)
    is_silent = (attempts.c.state == AttemptState.DONE.value) & attempts.c.answer_seconds.is_(None)
    silent = connection.scalar(
        select(func.min(attempts.c.take)).where(
            attempts.c.question_id == question_id, is_silent, attempts.c.take.between(1, MAX_TAKE)
        )
    )
    if silent is None:
        return after_all
    its_row = (attempts.c.question_id == question_id) & (attempts.c.take == silent)
    connection.execute(update(attempts).where(its_row).values(take=after_all))
    return int(silent)


def finish(connection: Connection, attempt_id: str, transcript: Transcript, report: Report) -> bool:
    """Save the transcript and report of an attempt unless it has a result already.

    Returns:
        Whether the recording may be deleted now.

    Raises:
        StoreError: If the attempt was deleted.
    """
    found = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if found is None:
        raise AttemptGoneError(ATTEMPT_GONE)
    if found.state == AttemptState.DONE:
        return False  # another process finished it; the first result stays
    _update(connection, attempt_id, {**mapping.build_measured_row(report), "has_recording": found.keep_recording})
    texts = {
        "transcript": json.dumps(transcript_json.to_json(transcript)),
        "report": json.dumps(to_json(report)),
        "said": mapping.build_search_text(report),
    }
    seal = revisions.make_seal(texts["transcript"], texts["report"], None)
    connection.execute(insert(results).values(attempt_id=attempt_id, seal=seal, **texts))
    _update(connection, attempt_id, revisions.build_columns(None, None, texts["transcript"], "[]"))
    return not found.keep_recording


def insert_notes(connection: Connection, rows: Iterable[mapping.Values]) -> None:
    """Insert notes, each with its seal."""
    sealed = [row | {"seal": make_note_seal(row)} for row in rows]
    if sealed:
        connection.execute(insert(notes), sealed)


def make_note_seal(row: Mapping[str, Any]) -> str:
    """Return the seal of a note: the SHA-256 of whose it is, when it was written and what it says."""
    at = row["written_at"].astimezone(UTC).isoformat()
    return revisions.make_seal(row["id"], row["attempt_id"], at, str(row["zone_offset"]), row["text"])


def mark_failed(connection: Connection, attempt_id: str, sentence: str) -> None:
    """Save why an attempt could not be analysed; does nothing if it is done."""
    unfinished = update(attempts).where(attempts.c.id == attempt_id, attempts.c.state != AttemptState.DONE.value)
    failed = {"state": AttemptState.FAILED.value, "failure": sentence, "changed_at": datetime.now(UTC)}
    connection.execute(unfinished.values(failed))


def give_up_recordings(connection: Connection, before: datetime) -> tuple[str, ...]:
    """Note that the recordings of attempts made before a moment are not kept; one without a report has failed.

    Returns:
        The ids of the attempts.
    """
    old = (attempts.c.recorded_at < before, attempts.c.has_recording)
    found = tuple(connection.scalars(select(attempts.c.id).where(*old).order_by(attempts.c.id)))
    unmeasured = attempts.c.state != AttemptState.DONE.value
    lost = {"state": AttemptState.FAILED.value, "failure": TOO_OLD, "changed_at": datetime.now(UTC)}
    connection.execute(update(attempts).where(*old, unmeasured).values(lost))
    connection.execute(update(attempts).where(*old).values(has_recording=False, keep_recording=False))
    return found


def add_correction(
    connection: Connection,
    attempt_id: str,
    seen: Sequence[Correction],
    row: mapping.Values,
    report: Report,
) -> None:
    """Save one more correction and the report that follows from all of them.

    Args:
        connection: An open transaction.
        attempt_id: The attempt.
        seen: The corrections before this one, as the user saw them.
        row: Columns of the new correction.
        report: The report after all corrections.

    Raises:
        StoreError: If the stored corrections are not those in `seen`.
    """
    _check_unchanged(connection, attempt_id, seen)
    before = get_revision(connection, attempt_id)
    connection.execute(insert(corrections).values(attempt_id=attempt_id, position=len(seen), **row))
    _set_current_report(connection, attempt_id, len(seen) + 1, report, before)


def undo_corrections(
    connection: Connection, attempt_id: str, seen: Sequence[Correction], left: int, report: Report | None
) -> None:
    """Delete all corrections but the first `left`.

    Args:
        connection: An open transaction.
        attempt_id: The attempt.
        seen: All corrections, as the user saw them.
        left: How many remain, from 0.
        report: The report after the remaining corrections; None when none remain.

    Raises:
        StoreError: If the stored corrections are not those in `seen`.
    """
    _check_unchanged(connection, attempt_id, seen)
    if not 0 <= left < len(seen) or (report is None) is not (left == 0):
        raise ValueError(f"of {len(seen)} corrections {left} cannot be left with {report and report.name!r} as report")
    before = get_revision(connection, attempt_id)
    of_attempt = corrections.c.attempt_id == attempt_id
    connection.execute(delete(corrections).where(of_attempt, corrections.c.position >= left))
    _set_current_report(connection, attempt_id, left, report, before)


def get_revision(connection: Connection, attempt_id: str) -> str:
    """Return the revision of an attempt that has a result; that of an earlier version is made from its result."""
    stored = connection.scalar(select(attempts.c.revision).where(attempts.c.id == attempt_id))
    if stored is not None:
        return str(stored)
    heard = connection.scalar(select(results.c.transcript).where(results.c.attempt_id == attempt_id))
    return revisions.make_revision(None, heard, _dump_corrections(connection, attempt_id))


def dump_corrections(rows: Iterable[mapping.Values]) -> str:
    """Return rows of corrections as one text, for their revision."""
    names = ("action", "start_seconds", "end_seconds", "text_before", "text_after")
    return json.dumps([[row[name] for name in names] for row in rows])


def _dump_corrections(connection: Connection, attempt_id: str) -> str:
    return dump_corrections(row._mapping for row in history.fetch_correction_rows(connection, attempt_id))


def build_correction_row(correction: Correction) -> mapping.Values:
    """Return the columns of a correction, without its attempt, position and time."""
    return {
        "action": correction.action.value,
        "start_seconds": correction.span.start,
        "end_seconds": correction.span.end,
        "text_before": correction.before,
        "text_after": correction.after,
    }


def remove(connection: Connection, attempt_id: str | None) -> None:
    """Delete one attempt, or all with None, its shares, and sessions left empty; to remember it is the caller's."""
    chosen = delete(attempts)
    connection.execute(chosen if attempt_id is None else chosen.where(attempts.c.id == attempt_id))
    deletions.forget_shares(connection, None if attempt_id is None else (attempt_id,))
    connection.execute(delete(sessions).where(~exists().where(attempts.c.session_id == sessions.c.id)))


def _check_unchanged(connection: Connection, attempt_id: str, seen: Sequence[Correction]) -> None:
    """Raise StoreError unless the stored corrections equal those the user saw.

    All are compared, since some may have been undone and replaced.
    """
    state = connection.scalar(select(attempts.c.state).where(attempts.c.id == attempt_id))
    if state != AttemptState.DONE:
        raise StoreError(
            ATTEMPT_GONE if state is None else "This answer has no report yet. Wait for it, then correct it."
        )
    if history.load_corrections(connection, attempt_id) != tuple(seen):
        raise StoreError(CORRECTED_ELSEWHERE)


def _set_current_report(
    connection: Connection, attempt_id: str, count: int, report: Report | None, before: str
) -> None:
    """Make a corrected report the current one, or with None the original report; `before` is the revision so far."""
    counts = report or history.load_result(connection, attempt_id).original
    written = None if report is None else json.dumps(to_json(report))
    of_attempt = results.c.attempt_id == attempt_id
    kept = connection.execute(select(results.c.transcript, results.c.report).where(of_attempt)).one()
    seal = revisions.make_seal(kept.transcript, kept.report, written)
    texts = {"corrected_report": written, "said": mapping.build_search_text(counts), "seal": seal}
    connection.execute(update(results).where(of_attempt).values(texts))
    ancestors = connection.scalar(select(attempts.c.ancestors).where(attempts.c.id == attempt_id))
    changed = revisions.build_columns(before, ancestors, _dump_corrections(connection, attempt_id))
    _update(connection, attempt_id, {**mapping.build_measured_row(counts), "correction_count": count, **changed})


def _update(connection: Connection, attempt_id: str, values: dict[str, Any]) -> None:
    connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(values))


def _find_or_create_session(connection: Connection, row: mapping.Values) -> str:
    """Return the id of the session for an attempt: the previous attempt's if recent enough, else a new one."""
    before = select(attempts.c.session_id, attempts.c.recorded_at).where(attempts.c.recorded_at <= row["recorded_at"])
    try:
        last = connection.execute(before.order_by(attempts.c.recorded_at.desc()).limit(1)).first()
    except ROW_FAULTS as error:  # the answer before is damaged, which is no reason to lose this one
        if not is_fault_of_row(error):
            raise
        last = None
    if last is not None and row["recorded_at"] - last.recorded_at <= MAX_SESSION_GAP:
        known = connection.scalar(select(sessions.c.id).where(sessions.c.id == last.session_id))
        if known is not None:
            return str(known)
    new = {"id": make_id(), "started_at": row["recorded_at"], "zone_offset": row["zone_offset"]}
    connection.execute(insert(sessions).values(new))
    return str(new["id"])
