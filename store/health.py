"""What is damaged in a store, as sentences that say what can be had back and what to do."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select, update

from analysis import serialization
from analysis.report import FORMULA_VERSION
from speech import transcript_json
from speech.errors import AnswerAloudError
from store.attempt import Filters
from store.copies import Copies
from store.db import document_json, documents, history, mapping
from store.db.attempts import make_note_seal
from store.db.database import Database
from store.db.revisions import make_seal
from store.db.tables import attempts, notes, results
from store.db.tables import documents as documents_table
from store.db.tolerant import ROW_FAULTS, describe_fault, is_fault_of_row, read_each
from store.errors import StoreError
from store.files import Recordings
from store.flac_tags import read_tagged_row
from store.recovery import list_odd_files
from store.transfer.export_format import check_fit
from store.transfer.exporter import describe_answer, read_sound, seal_recordings

ANSWER_SENTENCE = (
    "We can't read an answer ({reason}). Your other answers are fine. Restore it from a copy or an export, or delete "
    "it."
)
DOCUMENT_SENTENCE = (
    "We can't read something you wrote or planned ({reason}). Update Answer Aloud, restore it from a copy or an "
    "export, or delete it."
)
FILE_SENTENCE = (
    "{name} among the recordings {reason}, so we left it alone. Move it out of {folder} and this line goes away."
)
DATABASE_SENTENCE = (
    "The database is damaged ({reason}). What can be read is shown. Export what there is, then put back the newest "
    "copy that is whole."
)
LINK_SENTENCE = "{count} of {table} in the database belong to something that's gone. Put back a copy."
RESULT_SENTENCE = "The report of {answer} is damaged ({reason}). {remedy}"
NOTE_SENTENCE = (
    "A note on {answer} is damaged ({reason}). Put back a copy or import an export that has it, or write it again."
)
ROW_SENTENCE = (
    "What's kept about {answer} differs from the label of its recording ({names}), so one of them is damaged. Put back "
    "a copy or import an export that has it."
)
SOUND_SENTENCE = "The recording of {answer} {fault}. {remedy}"
COPY_SENTENCE = "The copy {name} is damaged ({reason}). The next one takes its place; your data itself is fine."
CHANGED = "it has changed since it was written"
IN_COPY = "The copy of {at.day} {at:%B %Y, %H:%M} has it whole: put that back, or import an export that has it."
NOT_IN_COPY = "No copy has it whole; import an export that has it."


# What a recording's label says of its answer, and what never changes.
LABELLED = ("question_id", "question_text", "question_kind", "recorded_at", "zone_offset", "name", "digest", "duration")


class TroubleKind(StrEnum):
    """What a trouble is about."""

    ANSWER = "answer"  # its row cannot be read
    DOCUMENT = "document"
    FILE = "file"  # which belongs to nothing
    DATABASE = "database"
    REPORT = "report"
    NOTE = "note"
    RECORDING = "recording"
    COPY = "copy"


@dataclass(frozen=True)
class Trouble:
    """One thing that is damaged or out of place."""

    kind: TroubleKind
    id: str  # of the answer or document, or the name of the file
    sentence: str


@dataclass(frozen=True)
class CheckResult:
    """How much was looked through, and everything that is damaged."""

    answers: int
    reports: int
    recordings: int
    documents: int
    copies: int
    troubles: tuple[Trouble, ...]


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
            reason = _find_result_fault(connection, attempt_id)
            if reason is not None:
                told = RESULT_SENTENCE.format(
                    answer=_name_answer(connection, attempt_id),
                    reason=reason,
                    remedy=_find_remedy(copies, attempt_id),
                )
                yield Trouble(TroubleKind.REPORT, attempt_id, told)


def _find_result_fault(connection: Connection, attempt_id: str) -> str | None:
    try:
        kept = connection.execute(select(results).where(results.c.attempt_id == attempt_id)).first()
        if kept is None:
            return "it's missing"
        if kept.seal not in (None, make_seal(kept.transcript, kept.report, kept.corrected_report)):
            return CHANGED
        result = history.load_result(connection, attempt_id)
        check_fit(result)
        measured = mapping.build_measured_row(result.report)
        row = history.fetch_row(connection, attempt_id)
    except ROW_FAULTS as error:
        if not is_fault_of_row(error):
            raise
        return describe_fault(error)
    has_words = kept.said == mapping.build_search_text(result.report)
    has_all = row.correction_count == len(result.corrections)
    is_same = has_words and has_all and _has_numbers(row, measured)
    return None if is_same else "its numbers differ from those in the list"


def _has_numbers(row: Any, measured: mapping.Values) -> bool:
    """Return whether a row has the numbers of its report; those of earlier formulas are not known any more."""
    if row.formula_version != FORMULA_VERSION:
        return True
    names = ("model", "settings", "word_count", "answer_seconds", "measure_keys", "measure_numbers")
    return all(getattr(row, name) == measured[name] for name in names)


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


def _check_documents(database: Database, looked: Counter[str]) -> Iterator[Trouble]:
    def compare(row: Any) -> None:
        looked["documents"] += 1
        if row.said != "\n".join(document_json.collect_texts(document_json.parse_text(row.body))).casefold():
            raise ValueError("its words differ from those that are searched")

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
    return [name.replace("_", " ") for name in LABELLED if getattr(row, name) != label[name]]


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
        listed = history.read_attempts(connection, Filters()).unreadable
        measured = history.read_measured(connection, Filters()).unreadable
        written = documents.list_unreadable(connection)
    for each in {row.id: row for row in (*measured, *listed)}.values():
        yield Trouble(TroubleKind.ANSWER, each.id, ANSWER_SENTENCE.format(reason=each.reason))
    for each in written:
        yield Trouble(TroubleKind.DOCUMENT, each.id, DOCUMENT_SENTENCE.format(reason=each.reason))


def _find_odd_files(database: Database, recordings: Recordings) -> Iterator[Trouble]:
    for each in list_odd_files(database, recordings):
        told = FILE_SENTENCE.format(name=each.name, reason=each.reason, folder=recordings.where)
        yield Trouble(TroubleKind.FILE, each.name, told)
