"""What is damaged in the database is taken from an export that has it whole."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import NoResultFound

from store.attempt import AttemptState
from store.db import attempts as writing
from store.db import history, mapping, revisions
from store.db.attempts import dump_corrections
from store.db.revisions import make_seal
from store.db.tables import attempts, corrections, documents, notes, results, sessions
from store.db.tolerant import ROW_FAULTS
from store.transfer.export_format import AttemptRows
from store.wholeness import (
    LABELLED,
    find_attempt_fault,
    find_differences,
    find_document_fault,
    find_result_fault,
    is_note_whole,
)

RESULT_COLUMNS = (  # of an attempt, which go with its result
    *("state", "failure", "model", "settings", "formula_version", "answer_seconds", "word_count", "measure_keys"),
    *("measure_numbers", "correction_count"),
)


def mend_by_label(connection: Connection, theirs: mapping.Values, read_label: Callable[[], mapping.Values]) -> bool:
    """Take over what never changes of an attempt, where the label of its recording says so too; return whether it was.

    Args:
        connection: An open transaction.
        theirs: The row of the attempt in an export.
        read_label: Returns what the label of the recording here says; raises StoreError without one.
    """
    try:
        ours = connection.execute(select(attempts).where(attempts.c.id == theirs["id"])).one()
        label = read_label() if find_differences(ours, theirs) else None
    except (NoResultFound, *ROW_FAULTS):  # it is new here, or odd altogether, or its recording is gone
        return False
    if label is None or any(label[name] != theirs[name] for name in LABELLED):
        return False
    values = {name: theirs[name] for name in LABELLED}
    if ours.question_id != theirs["question_id"]:
        values["take"] = writing.get_next_take(connection, theirs["question_id"])
    connection.execute(update(attempts).where(attempts.c.id == ours.id).values(values))
    return True


def mend_attempt(connection: Connection, found: AttemptRows) -> bool:
    """Take over what is damaged of an attempt that is here; return whether anything was.

    Notes that only this machine has stay, and so does the recording.
    """
    attempt_id = found.attempt["id"]
    is_odd = find_attempt_fault(connection, attempt_id) is not None
    if is_odd:
        _replace_row(connection, found)
    damaged = [note for note in found.notes if _is_damaged(connection, note)]
    connection.execute(delete(notes).where(notes.c.id.in_([note["id"] for note in damaged])))
    writing.insert_notes(connection, damaged)
    is_lost = not is_odd and _has_damaged_result(connection, found)
    if is_lost:
        _replace_result(connection, found)
    return is_odd or is_lost or bool(damaged)


def insert_session(connection: Connection, session: mapping.Values) -> None:
    """Insert the session of an attempt unless it is there."""
    if connection.scalar(select(sessions.c.id).where(sessions.c.id == session["id"])) is None:
        connection.execute(insert(sessions).values(session))


def insert_result(connection: Connection, found: AttemptRows) -> None:
    """Insert the result and corrections of an attempt that has none here."""
    if found.result is not None:
        connection.execute(insert(results).values(found.result))
    if found.corrections:
        connection.execute(insert(corrections), list(found.corrections))


def remove_result(connection: Connection, attempt_id: str) -> None:
    """Delete the result and corrections of an attempt."""
    for table in (results, corrections):
        connection.execute(delete(table).where(table.c.attempt_id == attempt_id))


def mend_document(connection: Connection, row: mapping.Values) -> bool:
    """Take over a document that is damaged here; return whether it was."""
    if find_document_fault(connection, row["id"]) is None:
        return False
    connection.execute(update(documents).where(documents.c.id == row["id"]).values(row))
    return True


def _replace_row(connection: Connection, found: AttemptRows) -> None:
    attempt_id, theirs = found.attempt["id"], found.attempt
    insert_session(connection, found.session)
    values = {
        **theirs,
        "take": writing.get_next_take(connection, theirs["question_id"]),
        "has_recording": theirs["has_recording"] or _may_have_recording(connection, attempt_id),
        "sound_digest": None,  # of the file that is here, which the next check makes anew
    }
    of_result = _describe_own_result(connection, found)
    connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(values | (of_result or {})))
    if of_result is None:
        remove_result(connection, attempt_id)
        insert_result(connection, found)


def _describe_own_result(connection: Connection, found: AttemptRows) -> mapping.Values | None:
    """Return the columns of a result that is whole here and has other corrections than the export; else None."""
    attempt_id, theirs = found.attempt["id"], found.attempt
    try:
        kept = connection.execute(select(results).where(results.c.attempt_id == attempt_id)).one()
        made = history.fetch_correction_rows(connection, attempt_id)
        result = history.load_result(connection, attempt_id)
        is_whole = kept.seal == make_seal(kept.transcript, kept.report, kept.corrected_report)
        written = dump_corrections(each._mapping for each in made)
    except (NoResultFound, *ROW_FAULTS):
        return None
    if not is_whole or (found.result is not None and written == dump_corrections(found.corrections)):
        return None
    changed = revisions.build_columns(theirs["revision"], theirs["ancestors"], written)
    return mapping.build_measured_row(result.report) | changed | {"correction_count": len(made)}


def _may_have_recording(connection: Connection, attempt_id: str) -> bool:
    try:
        return bool(connection.scalar(select(attempts.c.has_recording).where(attempts.c.id == attempt_id)))
    except ROW_FAULTS:
        return True


def _is_damaged(connection: Connection, note: mapping.Values) -> bool:
    is_here = connection.scalar(select(notes.c.id).where(notes.c.id == note["id"])) is not None
    return is_here and not is_note_whole(connection, note["id"])


def _has_damaged_result(connection: Connection, found: AttemptRows) -> bool:
    state = connection.scalar(select(attempts.c.state).where(attempts.c.id == found.attempt["id"]))
    is_done = state == AttemptState.DONE.value and found.result is not None
    return is_done and find_result_fault(connection, found.attempt["id"]) is not None


def _replace_result(connection: Connection, found: AttemptRows) -> None:
    """Take over the result with what the row of the attempt says of it."""
    attempt_id, theirs = found.attempt["id"], found.attempt
    remove_result(connection, attempt_id)
    values = {name: theirs.get(name) for name in (*RESULT_COLUMNS, "revision", "ancestors", "changed_at")}
    connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(values))
    insert_result(connection, found)
