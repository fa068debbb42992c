"""Reading attempts: lists that touch no long text, and single ones with everything."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, select

from analysis import serialization
from analysis.corrections.correction import Correction, CorrectionAction
from analysis.progress.attempt import Attempt
from speech import transcript_json
from speech.segment import Span
from store.attempt import Filters, KeptAttempt, Note, Result, State
from store.db import mapping
from store.db.tables import attempts, corrections, notes, results
from store.errors import StoreError

NO_SUCH = "There is no such answer here. It may have been deleted."
NO_REPORT = "This answer has no report yet."

_LIGHT = select(*(attempts.c[name] for name in mapping.LIGHT))
_MEASURED = select(*(attempts.c[name] for name in mapping.MEASURED)).where(attempts.c.state == State.DONE.value)


def kept(connection: Connection, filters: Filters) -> tuple[KeptAttempt, ...]:
    """Attempts in the order they were recorded."""
    return tuple(map(mapping.kept_attempt, connection.execute(_chosen(_LIGHT, filters))))


def measured(connection: Connection, filters: Filters) -> tuple[Attempt, ...]:
    """Attempts that have a report, with the values of every measure, in the order they were recorded."""
    return tuple(map(mapping.measured_attempt, connection.execute(_chosen(_MEASURED, filters))))


def one(connection: Connection, attempt_id: str) -> KeptAttempt:
    """One attempt; raises StoreError when there is none."""
    found = connection.execute(_LIGHT.where(attempts.c.id == attempt_id)).first()
    if found is None:
        raise StoreError(NO_SUCH)
    return mapping.kept_attempt(found)


def row(connection: Connection, attempt_id: str) -> Any:
    """The row of one attempt; raises StoreError when there is none."""
    found = connection.execute(select(attempts).where(attempts.c.id == attempt_id)).first()
    if found is None:
        raise StoreError(NO_SUCH)
    return found


def result(connection: Connection, attempt_id: str) -> Result:
    """What was heard and measured in an attempt; raises StoreError when there is none or no report yet."""
    found = connection.execute(select(results).where(results.c.attempt_id == attempt_id)).first()
    if found is None:
        row(connection, attempt_id)
        raise StoreError(NO_REPORT)
    return Result(
        transcript=transcript_json.from_text(found.transcript),
        original=serialization.from_text(found.report),
        corrected=serialization.from_text(found.corrected_report) if found.corrected_report else None,
        corrections=corrections_of(connection, attempt_id),
    )


def corrections_of(connection: Connection, attempt_id: str) -> tuple[Correction, ...]:
    """What the user set right in an attempt, in the order it was done."""
    return tuple(map(_correction, correction_rows(connection, attempt_id)))


def correction_rows(connection: Connection, attempt_id: str) -> tuple[Any, ...]:
    """The corrections of an attempt in the order they were made."""
    chosen = select(corrections).where(corrections.c.attempt_id == attempt_id)
    return tuple(connection.execute(chosen.order_by(corrections.c.position)))


def notes_of(connection: Connection, attempt_id: str) -> tuple[Note, ...]:
    """What the user wrote to an attempt, oldest first."""
    chosen = select(notes).where(notes.c.attempt_id == attempt_id).order_by(notes.c.written_at, notes.c.id)
    return tuple(
        Note(found.id, mapping.in_zone(found.written_at, found.zone_offset), found.text)
        for found in connection.execute(chosen)
    )


def _correction(found: Any) -> Correction:
    span = Span(found.start_seconds, found.end_seconds)
    return Correction(CorrectionAction(found.action), span, found.text_before, found.text_after)


def _chosen(what: Select[Any], filters: Filters) -> Select[Any]:
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
