"""What is damaged in a store, as sentences that say what can be had back and what to do."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, update

from analysis import serialization
from speech import transcript_json
from speech.errors import AnswerAloudError
from store.attempt import Filters
from store.copies import Copies
from store.db import deletions, documents, history
from store.db.attempts import make_note_seal
from store.db.database import Database
from store.db.tables import attempts, notes, results, sessions
from store.db.tables import documents as documents_table
from store.db.tolerant import ROW_FAULTS, read_each
from store.errors import StoreError
from store.files import Recordings
from store.flac_tags import read_tagged_row
from store.recovery import list_odd_files
from store.transfer import kept_versions
from store.transfer.exporter import read_session
from store.transfer.sounds import describe_answer, read_sound, seal_recordings
from store.troubles import (
    ANSWER_SENTENCE,
    COPY_SENTENCE,
    DATABASE_SENTENCE,
    DELETION_SENTENCE,
    DOCUMENT_SENTENCE,
    FILE_SENTENCE,
    IN_COPY,
    LINK_SENTENCE,
    NOT_DONE,
    NOT_IN_COPY,
    NOT_LISTED,
    NOT_LISTED_REMEDY,
    NOTE_SENTENCE,
    ODD_SENTENCE,
    RESULT_SENTENCE,
    ROW_SENTENCE,
    SESSION_SENTENCE,
    SOUND_SENTENCE,
    VERSION_SENTENCE,
    CheckResult,
    Trouble,
    TroubleKind,
)
from store.wholeness import CHANGED, compare_document, find_differences, find_odd_value, find_result_fault


def check(database: Database, recordings: Recordings, copies: Copies) -> CheckResult:
    """Look through everything: database, reports, recordings, copies; raises StoreError if nothing can be read.

    Recordings of earlier versions that are found whole get a digest, so that the next check is quick.
    """
    looked: Counter[str] = Counter()
    parts = (
        _check_database(database),
        _find_unreadable_rows(database),
        _find_odd_files(database, recordings),
        _check_results(database, copies, looked),
        _check_notes(database),
        _check_hidden_rows(database, recordings),
        _check_documents(database, looked),
        _check_recordings(database, recordings, looked),
        _check_copies(copies, looked),
    )
    found = [trouble for part in parts for trouble in _gather(part)]
    try:
        with database.begin_read() as connection:
            answers = connection.scalar(select(func.count()).select_from(attempts)) or 0
    except StoreError:  # told above
        answers = 0
    each_once = {(each.kind, each.id): each for each in reversed(found)}
    troubles = tuple(reversed(each_once.values()))
    return CheckResult(
        answers, looked["reports"], looked["recordings"], looked["documents"], looked["copies"], troubles
    )


def _gather(part: Iterator[Trouble]) -> Iterator[Trouble]:
    """Go through a part of the check; where the database gives up, that is the last trouble of it."""
    try:
        yield from part
    except StoreError as error:
        yield Trouble(TroubleKind.DATABASE, "database", str(error))


def _check_database(database: Database) -> Iterator[Trouble]:
    told = [str(row[0]).replace("\n", " ") for row in database.run_check("integrity_check(3)")]
    if told not in ([], ["ok"]):
        yield Trouble(TroubleKind.DATABASE, "database", DATABASE_SENTENCE.format(reason="; ".join(told)))
    for table, count in Counter(str(row[0]) for row in database.run_check("foreign_key_check")).items():
        yield Trouble(TroubleKind.DATABASE, f"links of {table}", LINK_SENTENCE.format(count=count, table=table))


def _check_results(database: Database, copies: Copies, looked: Counter[str]) -> Iterator[Trouble]:
    with database.begin_read() as connection:
        ids = connection.scalars(select(attempts.c.id).where(attempts.c.state == "done")).all()
        for attempt_id in ids:
            looked["reports"] += 1
            reason = find_result_fault(connection, attempt_id)
            if reason is not None:
                told = RESULT_SENTENCE.format(
                    answer=_name_answer(connection, attempt_id),
                    reason=reason,
                    remedy=_find_remedy(copies, attempt_id),
                )
                yield Trouble(TroubleKind.REPORT, attempt_id, told)


def _name_answer(connection: Connection, attempt_id: str) -> str:
    try:
        return _name_row(history.fetch_row(connection, attempt_id))
    except ROW_FAULTS:
        return "an answer"


def _name_row(row: Any) -> str:
    try:
        return describe_answer(row)
    except ROW_FAULTS:
        return "an answer"


def _find_remedy(copies: Copies, attempt_id: str) -> str:
    """Return the sentence that says which copy has the report of an attempt whole."""
    at = next((copy.made_at for copy in copies.list_copies() if _has_whole(copies, copy.path, attempt_id)), None)
    return NOT_IN_COPY if at is None else IN_COPY.format(at=at.astimezone())


def _has_whole(copies: Copies, path: Path, attempt_id: str) -> bool:
    query = "SELECT transcript, report, corrected_report FROM results WHERE attempt_id = ?"
    try:
        with copies.open_copy(path) as connection:
            found = connection.execute(query, (attempt_id,)).fetchone()
        if found is None:
            return False
        transcript_json.from_text(found[0])
        for report in filter(None, found[1:]):
            serialization.from_text(report)
    except (sqlite3.Error, AnswerAloudError):
        return False
    return True


def _check_notes(database: Database) -> Iterator[Trouble]:
    with database.begin_read() as connection:
        read = read_each(
            connection, select(notes), notes.c.id, lambda row: (row.id, row.seal, make_note_seal(row._mapping))
        )
        faults = {each.id: each.reason for each in read.unreadable}
        faults |= {note_id: CHANGED for note_id, seal, found in read.values if seal not in (None, found)}
        owners = {row.id: row.attempt_id for row in connection.execute(select(notes.c.id, notes.c.attempt_id))}
        for note_id, reason in faults.items():
            answer = _name_answer(connection, owners.get(note_id, ""))
            yield Trouble(TroubleKind.NOTE, note_id, NOTE_SENTENCE.format(answer=answer, reason=reason))
    unsealed = [(note_id, found) for note_id, seal, found in read.values if seal is None]
    if unsealed:  # of an earlier version
        with database.begin_write() as writing:
            for note_id, seal in unsealed:
                writing.execute(update(notes).where(notes.c.id == note_id).values(seal=seal))


def _check_hidden_rows(database: Database, recordings: Recordings) -> Iterator[Trouble]:
    """Look at the rows that no page shows by themselves: of attempts, of practice sessions, of deletions."""
    with database.begin_read() as connection:
        rows = read_each(connection, select(attempts), attempts.c.id, lambda row: (row, find_odd_value(row)))
        begun = read_each(connection, select(sessions), sessions.c.id, read_session).unreadable
        gone = deletions.read_deletions(connection).unreadable
        has_result = attempts.c.id.in_(select(results.c.attempt_id))
        undone = connection.scalars(select(attempts.c.id).where(attempts.c.state != "done", has_result)).all()
    for each in rows.unreadable:
        yield Trouble(TroubleKind.ANSWER, each.id, ANSWER_SENTENCE.format(reason=each.reason))
    for row, odd in rows.values:
        if odd is not None:
            told = ODD_SENTENCE.format(answer=_name_row(row), reason=odd)
            yield Trouble(TroubleKind.ANSWER, row.id, told)
    for attempt_id in undone:
        told = RESULT_SENTENCE.format(answer="an answer", reason=NOT_DONE, remedy=NOT_IN_COPY)
        yield Trouble(TroubleKind.REPORT, attempt_id, told)
    for row, _ in rows.values:
        if not row.has_recording and recordings.has(row.id):
            told = SOUND_SENTENCE.format(answer=_name_row(row), fault=NOT_LISTED, remedy=NOT_LISTED_REMEDY)
            yield Trouble(TroubleKind.RECORDING, row.id, told)
    for each in begun:
        yield Trouble(TroubleKind.DATABASE, f"session {each.id}", SESSION_SENTENCE.format(reason=each.reason))
    for each in gone:
        yield Trouble(TroubleKind.DATABASE, f"deletion {each.id}", DELETION_SENTENCE.format(reason=each.reason))


def _check_documents(database: Database, looked: Counter[str]) -> Iterator[Trouble]:
    def compare(row: Any) -> None:
        looked["documents"] += 1
        compare_document(row)

    with database.begin_read() as connection:
        for each in read_each(connection, select(documents_table), documents_table.c.id, compare).unreadable:
            yield Trouble(TroubleKind.DOCUMENT, each.id, DOCUMENT_SENTENCE.format(reason=each.reason))


def _check_recordings(database: Database, recordings: Recordings, looked: Counter[str]) -> Iterator[Trouble]:
    with database.begin_read() as connection:
        rows = read_each(connection, select(attempts).where(attempts.c.has_recording), attempts.c.id, _keep_row).values
    found_whole: list[tuple[str, str]] = []
    for row in rows:
        looked["recordings"] += 1
        sound, fault = read_sound(recordings, row.id, row.sound_digest)
        if fault is None and row.sound_digest is None and sound is not None:
            found_whole.append((row.id, sha256(sound).hexdigest()))
        if fault is not None:
            remedy = "Import an export that has it whole; its report stays as it is."
            told = SOUND_SENTENCE.format(answer=_name_row(row), fault=fault, remedy=remedy)
            yield Trouble(TroubleKind.RECORDING, row.id, told)
        elif sound is not None and (names := _find_differences(row, sound)):
            told = ROW_SENTENCE.format(answer=_name_row(row), names=", ".join(names))
            yield Trouble(TroubleKind.ANSWER, row.id, told)
    seal_recordings(database, found_whole)


def _keep_row(row: Any) -> Any:
    return row


def _find_differences(row: Any, sound: bytes) -> list[str]:
    """Return the columns in which a row differs from what the label of its recording says; none without a label."""
    try:
        label = read_tagged_row(sound, row.id)
    except StoreError:  # of an early version, or of a file that was imported
        return []
    return [name.replace("_", " ") for name in find_differences(row, label)]


def _check_copies(copies: Copies, looked: Counter[str]) -> Iterator[Trouble]:
    for copy in copies.list_copies():
        looked["copies"] += 1
        fault = copies.find_fault(copy.path)
        if fault is not None:
            yield Trouble(TroubleKind.COPY, copy.path.name, COPY_SENTENCE.format(name=copy.path.name, reason=fault))


def list_troubles(database: Database, recordings: Recordings) -> tuple[Trouble, ...]:
    """Return the rows that cannot be read and the files that belong to nothing; raises StoreError."""
    return (*_find_unreadable_rows(database), *_find_odd_files(database, recordings))


def _find_unreadable_rows(database: Database) -> Iterator[Trouble]:
    with database.begin_read() as connection:
        beside = kept_versions.read_versions(connection).unreadable
        listed = history.read_attempts(connection, Filters()).unreadable
        measured = history.read_measured(connection, Filters()).unreadable
        whole = read_each(connection, select(attempts), attempts.c.id, _keep_row).unreadable
        written = documents.list_unreadable(connection)
    for each in {row.id: row for row in (*whole, *measured, *listed)}.values():
        yield Trouble(TroubleKind.ANSWER, each.id, ANSWER_SENTENCE.format(reason=each.reason))
    for each in written:
        yield Trouble(TroubleKind.DOCUMENT, each.id, DOCUMENT_SENTENCE.format(reason=each.reason))
    for each in beside:
        yield Trouble(TroubleKind.VERSION, each.id, VERSION_SENTENCE.format(reason=each.reason))


def _find_odd_files(database: Database, recordings: Recordings) -> Iterator[Trouble]:
    for each in list_odd_files(database, recordings):
        yield make_file_trouble(each.name, each.reason, recordings.where)


def make_file_trouble(name: str, reason: str, folder: Path | str) -> Trouble:
    """Return what is told of a file that belongs to nothing.

    Args:
        name: Its name.
        reason: Why, worded to follow "name among the recordings".
        folder: Where it lies.
    """
    return Trouble(TroubleKind.FILE, name, FILE_SENTENCE.format(name=name, reason=reason, folder=folder))
