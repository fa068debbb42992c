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
from typing import Any

from sqlalchemy import Connection, Table, select, update

from analysis.csv_table import CSV_ENCODING, escape_formulas
from analysis.measures.registry import MEASURES
from codec.adapters import dump_json, to_plain
from speech.audio.encoding import Damage, find_damage
from store.attempt import Filters
from store.db import deletions, history, mapping
from store.db.database import Database
from store.db.documents import list_belonging
from store.db.tables import attempts, corrections, documents, notes, results, sessions, versions
from store.db.tolerant import ROW_FAULTS, VALUE_FAULTS, describe_fault, is_fault_of_row, read_each
from store.errors import StoreError, translate_write_errors
from store.files import EXPORT_PREFIX, Recordings, remove_unfinished_exports, write_atomically
from store.transfer.export_format import build_document, dump_revision, get_recording_path

FORMAT, VERSION = "answer-aloud", 3
ABOUT_FILE, TABLE_FILE, DOCUMENTS_FILE, HISTORY_FILE = "export.json", "attempts.csv", "things.json", "history.json"
COMPRESSION = 3  # of the texts: a fifth less time for an export than with zlib's default, for 15 % more bytes of text
MAX_ATTEMPTS_IN_MEMORY = 100  # attempts in memory
COLUMNS = (
    *("id", "session", "question", "question_text", "kind", "take", "recorded_at", "state", "failure", "name"),
    *("duration", "model", "settings", "formula_version", "answer_seconds", "words", "corrections", *MEASURES),
)
MISSING = "is gone"
RELABELLED = "has changed since it was made, outside of its sound, which is whole"
LEFT_OUT_SENTENCE = "We can't read one of your answers ({reason}), so it was left out."
MAX_QUESTION_CHARACTERS = 60  # of a question in a sentence

Json = dict[str, Any]


@dataclass(frozen=True)
class ArchiveExport:
    """What an export holds, and a sentence for each thing that is damaged."""

    attempts: int
    damaged: tuple[str, ...] = ()


def write_archive(
    database: Database,
    recordings: Recordings,
    path: Path,
    settings: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
) -> ArchiveExport:
    """Write the export atomically; raises StoreError.

    Args:
        database: The database.
        recordings: The recordings beside it.
        path: The zip file; one that is there is replaced.
        settings: Settings that go along, as plain values; None: none do.
        only: Ids of attempts, to export them with their documents and nothing else; None: everything.
    """
    remove_unfinished_exports(path.parent)
    with (
        translate_write_errors(path),
        write_atomically(path, EXPORT_PREFIX) as file,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=COMPRESSION) as out,
    ):
        with database.begin_read() as connection:
            told = _Telling()
            for each in _read_attempts(connection, told, only):
                try:
                    _write_attempt(out, recordings, each, told)
                except VALUE_FAULTS as error:  # a value that no file can hold, such as bytes in place of a text
                    told.sentences.append(LEFT_OUT_SENTENCE.format(reason=describe_fault(error)))
            out.writestr(DOCUMENTS_FILE, dump_json(_read_documents(connection, told, only)))
            if only is None:
                out.writestr(TABLE_FILE, build_csv(connection).encode(CSV_ENCODING))
                out.writestr(HISTORY_FILE, dump_json(_read_history(connection, settings)))
        about = {"format": FORMAT, "version": VERSION, "attempts": told.count, "exported_at": _format_now()}
        out.writestr(ABOUT_FILE, dump_json(about | {"damaged": told.sentences}))
    with suppress(StoreError):  # the export is there; the next one decodes them again
        seal_recordings(database, told.found_whole)
    return ArchiveExport(told.count, tuple(told.sentences))


def seal_recordings(database: Database, found_whole: Sequence[tuple[str, str]]) -> None:
    """Note the digests of recordings that were found whole, so that they need not be decoded again.

    Args:
        database: The database.
        found_whole: Ids of attempts, and the SHA-256 of their recordings' files.
    """
    if not found_whole:
        return
    with database.begin_write() as connection:
        for attempt_id, digest in found_whole:
            connection.execute(update(attempts).where(attempts.c.id == attempt_id).values(sound_digest=digest))


class _Telling:
    """Counts what was written and collects sentences about what is damaged."""

    def __init__(self) -> None:
        self.count = 0
        self.sentences: list[str] = []
        self.found_whole: list[tuple[str, str]] = []  # attempts whose recording had no digest yet, and that


def describe_answer(row: Any) -> str:
    """Return the row of an attempt as it is named in a sentence."""
    question = str(row.question_text)
    shortened = question if len(question) <= MAX_QUESTION_CHARACTERS else f"{question[:MAX_QUESTION_CHARACTERS]}…"
    at = mapping.localize(row.recorded_at, row.zone_offset)
    return f"your answer of {at.day} {at:%B %Y, %H:%M} to “{shortened}”"


def find_sound_fault(recordings: Recordings, attempt_id: str, sound_digest: str | None) -> str | None:
    """Return what is wrong with a recording, worded to follow "the recording"; None if it is whole.

    Args:
        recordings: The recordings.
        attempt_id: The attempt.
        sound_digest: SHA-256 of the file when it was whole; None if that is not known.
    """
    return read_sound(recordings, attempt_id, sound_digest)[1]


def read_sound(recordings: Recordings, attempt_id: str, sound_digest: str | None) -> tuple[bytes | None, str | None]:
    """Return a recording and what is wrong with it: no bytes if nothing of it can be read, no words if it is whole."""
    if not recordings.has(attempt_id):
        return None, MISSING
    try:
        data = recordings.read(attempt_id)
    except StoreError:
        return None, Damage.UNREADABLE.value
    if sound_digest is not None and hashlib.sha256(data).hexdigest() == sound_digest:
        return data, None  # hundreds of times faster than to decode it
    damage = find_damage(data)
    if damage is None and sound_digest is not None:
        return data, RELABELLED
    return (None if damage is Damage.UNREADABLE else data), damage and damage.value


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
        select(attempts, sessions.c.started_at, sessions.c.zone_offset.label("session_zone"))
        .add_columns(results.c.transcript, results.c.report, results.c.corrected_report)
        .join_from(attempts, sessions)
        .outerjoin(results)
        .order_by(attempts.c.recorded_at, attempts.c.id)
    )
    every = connection.scalars(select(attempts.c.id).order_by(attempts.c.recorded_at, attempts.c.id))
    ids = [each for each in every if only is None or each in only]
    for first in range(0, len(ids), MAX_ATTEMPTS_IN_MEMORY):
        some = ids[first : first + MAX_ATTEMPTS_IN_MEMORY]
        corrected = _group_by_attempt(connection, corrections, "position", some)
        noted = _group_by_attempt(connection, notes, "written_at", some)

        def build(row: Any, corrected: Any = corrected, noted: Any = noted) -> tuple[Any, Json]:
            if (made := corrected.get(row.id, ())) is None:
                raise ValueError("its corrections can't be read")
            return row, build_document(row, made, noted.get(row.id) or (), row.has_recording)

        found = read_each(connection, chosen.where(attempts.c.id.in_(some)), attempts.c.id, build)
        yield from found.values
        told.sentences += [
            f"The notes of {describe_answer(row)} can't be read, so they were left out."
            for row, _ in found.values
            if noted.get(row.id, ()) is None
        ]
        told.sentences += [LEFT_OUT_SENTENCE.format(reason=each.reason) for each in found.unreadable]


def _read_documents(connection: Connection, told: _Telling, only: Collection[str] | None) -> Sequence[Json]:
    """Return all documents, or those of some attempts, interviews before what belongs to them."""
    chosen = select(documents).order_by(documents.c.interview_id.is_not(None), documents.c.kept_at, documents.c.id)
    if only is not None:
        chosen = chosen.where(documents.c.id.in_(list_belonging(connection, only)))

    def build(row: Any) -> Json:
        kept_at = mapping.localize(row.kept_at, row.zone_offset).isoformat()
        return {"kind": row.kind, "kept_at": kept_at, "thing": json.loads(row.body), **dump_revision(row)}

    found = read_each(connection, chosen, documents.c.id, build)
    told.sentences += [
        f"We can't read something you wrote or planned ({each.reason}), so it was left out."
        for each in found.unreadable
    ]
    return found.values


def _read_history(connection: Connection, settings: Mapping[str, Any] | None) -> Json:
    """Return what a merge needs besides: deletions, other versions, settings."""
    chosen = select(*(versions.c[name] for name in ("id", "of_id", "kind", "changed_at", "body")))
    beside = [
        {**row._mapping, "changed_at": row.changed_at.isoformat()}
        for row in connection.execute(chosen.order_by(versions.c.id))
    ]
    deleted = [to_plain(deletions.Deletion, each) for each in deletions.list_deletions(connection)]
    return {"deletions": deleted, "versions": beside, "settings": None if settings is None else dict(settings)}


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
