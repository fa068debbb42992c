"""Functions that read attempts: lists without long texts, and single attempts with everything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Select, select

from analysis import serialization
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.progress.attempt import Attempt
from speech import transcript_json
from speech.segment import Segment
from store.attempt import AttemptState, Filters, Note, Result, StoredAttempt
from store.db import mapping
from store.db.tables import attempts, corrections, notes, results
from store.db.tolerant import VALUE_FAULTS, ReadRows, describe_fault, read_each
from store.errors import AttemptGoneError, StoreError

NO_SUCH_ATTEMPT = "We can't find that answer. It may have been deleted."
NO_REPORT = "This answer has no report yet."
UNREADABLE = (
    "We can't read this answer ({reason}), so we left it alone. Open Your data to get it back from a copy, or to "
    "delete it."
)

_SELECT_ATTEMPTS = select(*(attempts.c[name] for name in mapping.ATTEMPT_COLUMNS))
_SELECT_MEASURED = select(*(attempts.c[name] for name in mapping.MEASURED_COLUMNS)).where(
    attempts.c.state == AttemptState.DONE.value
)


def load_attempts(connection: Connection, filters: Filters) -> tuple[StoredAttempt, ...]:
    """Return attempts in the order they were recorded, without those that cannot be read."""
    return read_attempts(connection, filters).values


def read_attempts(connection: Connection, filters: Filters) -> ReadRows[StoredAttempt]:
    """Return attempts in the order they were recorded, and those that cannot be read."""
    return read_each(connection, _apply_filters(_SELECT_ATTEMPTS, filters), attempts.c.id, mapping.to_stored_attempt)


def load_measured(connection: Connection, filters: Filters) -> tuple[Attempt, ...]:
    """Return attempts that have a report with the values of all measures, oldest first."""
    return read_measured(connection, filters).values


def read_measured(connection: Connection, filters: Filters) -> ReadRows[Attempt]:
    """Return attempts that have a report with the values of all measures, and those that cannot be read."""
    return read_each(connection, _apply_filters(_SELECT_MEASURED, filters), attempts.c.id, mapping.to_measured_attempt)


def load_attempt(connection: Connection, attempt_id: str) -> StoredAttempt:
    """Return one attempt; raises StoreError if it doesn't exist or cannot be read."""
    with translate_row_faults():
        found = connection.execute(_SELECT_ATTEMPTS.where(attempts.c.id == attempt_id)).first()
        if found is not None:
            return mapping.to_stored_attempt(found)
    raise AttemptGoneError(NO_SUCH_ATTEMPT)


@contextmanager
def translate_row_faults() -> Iterator[None]:
    """Turn what a damaged value of one attempt raises into a StoreError."""
    try:
        yield
    except VALUE_FAULTS as error:
        raise StoreError(UNREADABLE.format(reason=describe_fault(error))) from error


def fetch_row(connection: Connection, attempt_id: str) -> Any:
    """Return the row of one attempt; raises StoreError if it doesn't exist or cannot be read."""
    with translate_row_faults():
        found = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if found is None:
        raise AttemptGoneError(NO_SUCH_ATTEMPT)
    return found


def load_result(connection: Connection, attempt_id: str) -> Result:
    """Return the result of an attempt; raises StoreError if there is no attempt or no report yet."""
    found = connection.execute(select(results).where(results.c.attempt_id == attempt_id)).first()
    if found is None:
        fetch_row(connection, attempt_id)
        raise StoreError(NO_REPORT)
    return Result(
        transcript=transcript_json.from_text(found.transcript),
        original=serialization.from_text(found.report),
        corrected=serialization.from_text(found.corrected_report) if found.corrected_report else None,
        corrections=load_corrections(connection, attempt_id),
    )


def load_corrections(connection: Connection, attempt_id: str) -> tuple[Correction, ...]:
    """Return the corrections of an attempt in the order they were made."""
    with translate_row_faults():
        return tuple(map(_to_correction, fetch_correction_rows(connection, attempt_id)))


def fetch_correction_rows(connection: Connection, attempt_id: str) -> tuple[Any, ...]:
    """Return the rows of an attempt's corrections in the order they were made."""
    chosen = select(corrections).where(corrections.c.attempt_id == attempt_id)
    return tuple(connection.execute(chosen.order_by(corrections.c.position)))


def load_notes(connection: Connection, attempt_id: str) -> tuple[Note, ...]:
    """Return the user's notes on an attempt, oldest first."""
    chosen = select(notes).where(notes.c.attempt_id == attempt_id).order_by(notes.c.written_at, notes.c.id)
    return read_each(connection, chosen, notes.c.id, to_note).values


def to_note(found: Any) -> Note:
    """Return the note in a row."""
    return Note(found.id, mapping.localize(found.written_at, found.zone_offset), found.text)


def _to_correction(found: Any) -> Correction:
    span = Segment(found.start_seconds, found.end_seconds)
    return Correction(CorrectionAction(found.action), span, found.text_before, found.text_after)


def _apply_filters(what: Select[Any], filters: Filters) -> Select[Any]:
    equal = {
        attempts.c.question_id: filters.question,
        attempts.c.question_kind: filters.kind,
        attempts.c.state: filters.state,
        attempts.c.model: filters.model,
        attempts.c.settings: filters.settings,
        attempts.c.formula_version: filters.formula_version,
        attempts.c.session_id: filters.session,
        attempts.c.digest: filters.digest,
    }
    for column, wanted in equal.items():
        if wanted is not None:
            what = what.where(column == wanted)
    if filters.since is not None:
        what = what.where(attempts.c.recorded_at >= filters.since)
    if filters.until is not None:
        what = what.where(attempts.c.recorded_at < filters.until)
    return what.order_by(attempts.c.recorded_at, attempts.c.id)
