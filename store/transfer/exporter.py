"""Export of all data as one zip file: JSON and a CSV table of attempts, recordings as FLAC.

Each recording is compared with its check sum on the way out. What is damaged is named and marked; the
rest is exported all the same.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import Connection, Table, or_, select

from analysis.csv_table import CSV_ENCODING, escape_formulas
from analysis.measures.registry import MEASURES
from codec.adapters import dump_json, to_plain
from store.attempt import Filters
from store.db import deletions, history, mapping
from store.db.database import Database
from store.db.documents import list_belonging
from store.db.tables import attempts, corrections, documents, notes, results, sessions
from store.db.tolerant import ROW_FAULTS, VALUE_FAULTS, describe_fault, is_fault_of_row, read_each
from store.errors import StoreError, translate_write_errors
from store.files import EXPORT_PREFIX, Recordings, remove_unfinished_exports, write_atomically
from store.transfer import kept_versions
from store.transfer.archive import ABOUT_FILE, DOCUMENTS_FILE, FORMAT, HISTORY_FILE, TABLE_FILE, VERSION
from store.transfer.export_format import build_document, dump_revision, get_recording_path
from store.transfer.sounds import describe_answer, read_sound, seal_recordings

COMPRESSION = 3  # of the texts: a fifth less time for an export than with zlib's default, for 15 % more bytes of text
MAX_ATTEMPTS_IN_MEMORY = 100  # attempts in memory
COLUMNS = (
    *("id", "session", "question", "question_text", "kind", "take", "recorded_at", "state", "failure", "name"),
    *("duration", "model", "settings", "formula_version", "answer_seconds", "words", "corrections", *MEASURES),
)
LEFT_OUT_SENTENCE = "We can't read one of your answers ({reason}), so it was left out."

Json = dict[str, Any]


@dataclass(frozen=True)
class ArchiveExport:
    """What an export holds, and a sentence for each thing that is damaged."""

    attempts: int
    damaged: tuple[str, ...] = ()


def write_archive(
    database: Database, recordings: Recordings, path: Path, settings: Mapping[str, Any] | None = None
) -> ArchiveExport:
    """Write the export atomically; raises StoreError.

    Args:
        database: The database.
        recordings: The recordings beside it.
        path: The zip file; one that is there is replaced.
        settings: Settings that go along, as plain values; None: none do.
    """
    remove_unfinished_exports(path.parent)
    with translate_write_errors(path), write_atomically(path, EXPORT_PREFIX) as file:
        told = _write(database, recordings, file, settings, None)
    return _finish(database, told)


def pack_everything(database: Database, recordings: Recordings) -> tuple[bytes, ArchiveExport]:
    """Return an export in memory, of which nothing comes to the disk; raises StoreError."""
    file = io.BytesIO()
    told = _write(database, recordings, file, None, None)
    return file.getvalue(), _finish(database, told)


def pack(database: Database, recordings: Recordings, only: Collection[str]) -> bytes | None:
    """Return some attempts and documents as an export in memory, of which nothing is on the disk; raises StoreError.

    Args:
        database: The database.
        recordings: The recordings beside it.
        only: Their ids; what belongs to them comes along, and nothing else.

    Returns:
        The export; None if something cannot be read and was left out. A damaged recording is in it as it is.
    """
    file = io.BytesIO()
    told = _write(database, recordings, file, None, only)
    return None if told.left_out else file.getvalue()


def _finish(database: Database, told: _Telling) -> ArchiveExport:
    with suppress(StoreError):  # the export is there; the next one decodes them again
        seal_recordings(database, told.found_whole)
    return ArchiveExport(told.count, tuple(told.sentences))


def _write(
    database: Database,
    recordings: Recordings,
    file: BinaryIO,
    settings: Mapping[str, Any] | None,
    only: Collection[str] | None,
) -> _Telling:
    told = _Telling()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as out:
        with database.begin_read() as connection:
            for each in _read_attempts(connection, told, only):
                try:
                    _write_attempt(out, recordings, each, told)
                except VALUE_FAULTS as error:  # a value that no file can hold, such as bytes in place of a text
                    told.leave_out(LEFT_OUT_SENTENCE.format(reason=describe_fault(error)))
            out.writestr(DOCUMENTS_FILE, dump_json(_read_documents(connection, told, only)))
            if only is None:
                out.writestr(TABLE_FILE, build_csv(connection).encode(CSV_ENCODING))
                out.writestr(HISTORY_FILE, dump_json(_read_history(connection, told, settings)))
        about = {"format": FORMAT, "version": VERSION, "attempts": told.count, "exported_at": _format_now()}
        out.writestr(ABOUT_FILE, dump_json(about | {"damaged": told.sentences}))
    return told


class _Telling:
    """Counts what was written and collects sentences about what is damaged."""

    def __init__(self) -> None:
        self.count = 0
        self.sentences: list[str] = []
        self.found_whole: list[tuple[str, str]] = []  # attempts whose recording had no digest yet, and that
        self.left_out = 0  # attempts and documents

    def leave_out(self, *sentences: str) -> None:
        """Note what cannot be read, each in a sentence."""
        self.sentences += sentences
        self.left_out += len(sentences)


def _write_attempt(out: zipfile.ZipFile, recordings: Recordings, found: tuple[Any, Json], told: _Telling) -> None:
    row, data = found
    sound, fault = read_sound(recordings, row.id, row.sound_digest) if row.has_recording else (None, None)
    data |= {"recording": None if sound is None else get_recording_path(row.id), "recording_fault": fault}
    document = dump_json(data)
    if fault is not None:
        told.sentences.append(f"The recording of {describe_answer(row)} {fault}.")
    if sound is not None and fault is None and row.sound_digest is None:
        told.found_whole.append((row.id, hashlib.sha256(sound).hexdigest()))
    out.writestr(f"attempts/{row.id}.json", document)
    if sound is not None:
        name = zipfile.ZipInfo(get_recording_path(row.id), (1980, 1, 1, 0, 0, 0))
        out.writestr(name, sound)  # stored: it is compressed already
    told.count += 1


def _read_attempts(connection: Connection, told: _Telling, only: Collection[str] | None) -> Iterator[tuple[Any, Json]]:
    chosen = (
        select(attempts, results.c.transcript, results.c.report, results.c.corrected_report)
        .join_from(attempts, results, isouter=True)
        .order_by(attempts.c.recorded_at, attempts.c.id)
    )
    begun = _read_sessions(connection, told)
    every = connection.scalars(select(attempts.c.id).order_by(attempts.c.recorded_at, attempts.c.id))
    ids = [each for each in every if only is None or each in only]
    for first in range(0, len(ids), MAX_ATTEMPTS_IN_MEMORY):
        some = ids[first : first + MAX_ATTEMPTS_IN_MEMORY]
        corrected = _group_by_attempt(connection, corrections, "position", some)
        noted = _group_by_attempt(connection, notes, "written_at", some)

        def build(row: Any, corrected: Any = corrected, noted: Any = noted) -> tuple[Any, Json]:
            if (made := corrected.get(row.id, ())) is None:
                raise ValueError("its corrections can't be read")
            session = begun.get(row.session_id, (row.recorded_at, row.zone_offset))
            return row, build_document(row, session, made, noted.get(row.id) or ())

        found = read_each(connection, chosen.where(attempts.c.id.in_(some)), attempts.c.id, build)
        yield from found.values
        told.sentences += [
            f"The notes of {describe_answer(row)} can't be read, so they were left out."
            for row, _ in found.values
            if noted.get(row.id, ()) is None
        ]
        told.leave_out(*(LEFT_OUT_SENTENCE.format(reason=each.reason) for each in found.unreadable))


def _read_sessions(connection: Connection, told: _Telling) -> dict[str, tuple[datetime, int]]:
    """Return when each session began, with its zone offset; an answer of one that can't be read says when it did."""
    found = read_each(connection, select(sessions), sessions.c.id, read_session)
    told.sentences += [
        f"We can't read when one of your practice sessions began ({each.reason}), so its answers say when they were "
        "recorded instead."
        for each in found.unreadable
    ]
    return dict(found.values)


def read_session(row: Any) -> tuple[str, tuple[datetime, int]]:
    """Return the id of a session, when it began, and its zone offset; a damaged row raises one of VALUE_FAULTS."""
    mapping.localize(row.started_at, row.zone_offset)
    return row.id, (row.started_at, row.zone_offset)


def _read_documents(connection: Connection, told: _Telling, only: Collection[str] | None) -> Sequence[Json]:
    """Return all documents, or some with those of some attempts and interviews, interviews first."""
    chosen = select(documents).order_by(documents.c.interview_id.is_not(None), documents.c.kept_at, documents.c.id)
    if only is not None:
        named = {*only, *list_belonging(connection, only)}
        chosen = chosen.where(or_(documents.c.id.in_(sorted(named)), documents.c.interview_id.in_(sorted(only))))

    def build(row: Any) -> Json:
        kept_at = mapping.localize(row.kept_at, row.zone_offset).isoformat()
        return {"kind": row.kind, "kept_at": kept_at, "thing": json.loads(row.body), **dump_revision(row)}

    found = read_each(connection, chosen, documents.c.id, build)
    told.leave_out(
        *(
            f"We can't read something you wrote or planned ({each.reason}), so it was left out."
            for each in found.unreadable
        )
    )
    return found.values


def _read_history(connection: Connection, told: _Telling, settings: Mapping[str, Any] | None) -> Json:
    """Return what a merge needs besides: deletions, other versions, settings."""
    beside = kept_versions.read_versions(connection)
    told.sentences += [
        f"We can't read another version of something you changed on two computers ({each.reason}), so it was left out."
        for each in beside.unreadable
    ]
    deleted = deletions.read_deletions(connection)
    told.sentences += [
        f"We can't read when something was deleted ({each.reason}), so an import of this file won't delete it there."
        for each in deleted.unreadable
    ]
    return {
        "deletions": [to_plain(deletions.Deletion, each) for each in deleted.values],
        "versions": [to_plain(kept_versions.ExportedVersion, each) for each in beside.values],
        "settings": None if settings is None else dict(settings),
    }


def _group_by_attempt(
    connection: Connection, table: Table, order: str, some: Sequence[str]
) -> dict[str, list[Any] | None]:
    """Return the rows of a table that belong to some attempts, in order; None for one of which they can't be read."""
    key = table.c.id if "id" in table.c else table.c.position
    chosen = select(table).order_by(table.c.attempt_id, table.c[order], key)
    found: dict[str, list[Any] | None] = {}
    try:
        for row in connection.execute(chosen.where(table.c.attempt_id.in_(some))):
            found.setdefault(row.attempt_id, []).append(row)  # type: ignore[union-attr]
    except ROW_FAULTS as error:
        if len(some) > 1 and is_fault_of_row(error):
            return {each: _group_by_attempt(connection, table, order, [each]).get(each, []) for each in some}
        if not is_fault_of_row(error):
            raise
        return dict.fromkeys(some)
    return found


def build_csv(connection: Connection) -> str:
    """Return the attempts as CSV, one row each, with the values of their measures."""
    out = io.StringIO()
    # A measure that is not known here, of another version or by damage, has no column.
    writer = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    values = {attempt.id: attempt.values for attempt in history.load_measured(connection, Filters())}
    chosen = select(attempts).order_by(attempts.c.recorded_at, attempts.c.take, attempts.c.id)
    for cells in read_each(connection, chosen, attempts.c.id, _build_cells).values:
        writer.writerow(escape_formulas({**cells, **values.get(str(cells["id"]), {})}))
    return out.getvalue()


def _build_cells(row: Any) -> Json:
    return {
        **{name: getattr(row, name) for name in COLUMNS if name in attempts.c},
        "session": row.session_id,
        "question": row.question_id,
        "kind": row.question_kind,
        "recorded_at": mapping.localize(row.recorded_at, row.zone_offset).isoformat(),
        "words": row.word_count,
        "corrections": row.correction_count,
    }


def _format_now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
