"""Import of an export: checked completely before anything is written; importing twice changes nothing."""

from __future__ import annotations

import re
import shutil
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import IntegrityError

from codec.adapters import read_json
from codec.refusals import Refusal
from store.db import attempts as writing
from store.db.database import Database
from store.db.mapping import Values
from store.db.tables import attempts, corrections, notes, results, sessions
from store.errors import StoreError, translate_write_errors
from store.files import Recordings
from store.transfer import document_importer
from store.transfer.export_format import AttemptRows, get_recording_path, parse_rows
from store.transfer.exporter import ABOUT_FILE, DOCUMENTS_FILE, FORMAT, TABLE_FILE, VERSION

MEMBER_PATTERN = re.compile(r"attempts/[0-9a-f]{32}\.json|recordings/[0-9a-f]{32}\.flac")
MAX_RECORDING_BYTES = 200_000_000  # bytes of one recording in an export; half an hour of sound is less
MAX_JSON_BYTES = 20_000_000  # bytes of JSON in one file; half an hour of words is two million
FLAC_MAGIC = b"fLaC"
NOTHING_IMPORTED = "Nothing was imported."


@dataclass(frozen=True)
class ArchiveImport:
    """Counts of what an import added."""

    added: int  # attempts
    known: int  # attempts that were here already and stayed as they were
    documents: int = 0  # what the user wrote or planned, added


def import_archive(database: Database, recordings: Recordings, path: Path) -> ArchiveImport:
    """Add what an export contains and the store does not.

    Raises:
        StoreError: If the export cannot be used; then nothing has been changed.
    """
    with _open_archive(path) as archive:
        names = _check_members(archive, path)
        _check_free_space(archive, recordings)
        sounds = {
            each.attempt["id"]
            for each in (_read_rows(archive, name) for name in names)
            if each.attempt["has_recording"]
        }
        written = _read_documents(archive)
        with (
            _translate_row_errors(path),
            database.begin_write() as connection,
        ):  # all or nothing: the database may refuse what looks right
            added = [_add_attempt(connection, _read_rows(archive, name)) for name in names]
            new = sum(document_importer.add_document(connection, row) for row in written)
        _add_recordings(database, recordings, archive, sounds)
    return ArchiveImport(sum(added), len(added) - sum(added), new)


@contextmanager
def _open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        raise StoreError(f"We can't read {path} ({error.strerror}). Check that you're allowed to open it.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StoreError(f"{path.name} isn't an Answer Aloud export, or it's damaged ({error}).") from error


@contextmanager
def _translate_row_errors(path: Path) -> Iterator[None]:
    """Turn conflicts between the rows of an export into a StoreError."""
    try:
        yield
    except StoreError as error:
        if isinstance(error.__cause__, IntegrityError):
            raise StoreError(
                f"{path.name} contains a note or a correction twice, so it's damaged. {NOTHING_IMPORTED}"
            ) from error
        raise
    except OverflowError as error:  # SQLite's driver says it itself
        raise StoreError(
            f"{path.name} contains a number too large to save, so it's damaged. {NOTHING_IMPORTED}"
        ) from error


def _check_members(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """Check the members of an export and return the names of its attempts."""
    names = archive.namelist()
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise StoreError(f"{path.name} contains {twice!r} more than once. {NOTHING_IMPORTED}")
    for member in archive.infolist():
        if (
            member.filename not in (ABOUT_FILE, TABLE_FILE, DOCUMENTS_FILE)
            and MEMBER_PATTERN.fullmatch(member.filename) is None
        ):
            raise StoreError(
                f"{path.name} contains {member.filename!r}, which doesn't belong in an export. {NOTHING_IMPORTED}"
            )
        if member.file_size > (MAX_JSON_BYTES if member.filename.endswith(".json") else MAX_RECORDING_BYTES):
            raise StoreError(f"{member.filename} in {path.name} is too large to be an answer. {NOTHING_IMPORTED}")
    about = _read_about(archive) if ABOUT_FILE in names else {}
    if about.get("format") != FORMAT:
        raise StoreError(f"{path.name} isn't an Answer Aloud export. {NOTHING_IMPORTED}")
    if about.get("version") not in range(1, VERSION + 1):
        raise StoreError(
            f"{path.name} was made by a newer version. Update Answer Aloud and try again. {NOTHING_IMPORTED}"
        )
    return [name for name in names if name.startswith("attempts/")]


def _check_free_space(archive: zipfile.ZipFile, recordings: Recordings) -> None:
    """Refuse an export that would fill the disk: a small archive can expand to a huge size."""
    folder = recordings.folder
    needed = sum(member.file_size for member in archive.infolist() if not _is_stored_recording(member, recordings))
    with translate_write_errors(folder):
        there = shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
    if needed > there:
        raise StoreError(
            f"This export takes {needed / 1e6:,.0f} MB and {there / 1e6:,.0f} MB are free. Make some room on the disk "
            f"and try again. {NOTHING_IMPORTED}"
        )


def _is_stored_recording(member: zipfile.ZipInfo, recordings: Recordings) -> bool:
    """Return whether a member is a recording that is stored already, so it is not written again."""
    kind, _, name = member.filename.partition("/")
    return kind == "recordings" and recordings.has(Path(name).stem)


def _read_rows(archive: zipfile.ZipFile, name: str) -> AttemptRows:
    found = parse_rows(archive.read(name))
    attempt_id = found.attempt["id"]
    if name != f"attempts/{attempt_id}.json":
        raise StoreError(f"{name} contains a different answer from the one in its name. {NOTHING_IMPORTED}")
    if found.attempt["has_recording"]:
        _read_flac(archive, attempt_id)
    return found


def _read_documents(archive: zipfile.ZipFile) -> list[Values]:
    return (
        document_importer.parse_documents(archive.read(DOCUMENTS_FILE)) if DOCUMENTS_FILE in archive.NameToInfo else []
    )


def _read_about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """Return the description in an export; a newer version may add fields to it."""
    try:
        return read_json(dict[str, Any], archive.read(ABOUT_FILE))
    except Refusal as refusal:
        raise StoreError(f"{ABOUT_FILE} in this export is damaged ({refusal}). {NOTHING_IMPORTED}") from refusal


def _read_flac(archive: zipfile.ZipFile, attempt_id: str) -> bytes:
    name = get_recording_path(attempt_id)
    data = archive.read(name) if name in archive.NameToInfo else b""
    if not data.startswith(FLAC_MAGIC):
        raise StoreError(f"The recording {name} is missing from this export or isn't a FLAC file. {NOTHING_IMPORTED}")
    return data


def _add_attempt(connection: Connection, found: AttemptRows) -> bool:
    """Insert one attempt unless it exists; return whether it was inserted."""
    is_new = not writing.is_known(connection, found.attempt["id"])
    if is_new:
        _insert_rows(connection, found)
    return is_new


def _add_recordings(database: Database, recordings: Recordings, archive: zipfile.ZipFile, sounds: set[str]) -> None:
    """Write the missing recordings, after their rows: a recording never comes without its report.

    Those of attempts that existed before are included: if one could not be written, a second import
    adds the rest.
    """
    with database.begin_read() as connection:
        wanted = connection.scalars(select(attempts.c.id).where(attempts.c.has_recording)).all()
    for attempt_id in wanted:
        if attempt_id in sounds and not recordings.has(attempt_id):
            recordings.save(attempt_id, _read_flac(archive, attempt_id))


def _insert_rows(connection: Connection, found: AttemptRows) -> None:
    session = select(sessions.c.id).where(sessions.c.id == found.session["id"])
    if connection.scalar(session) is None:
        connection.execute(insert(sessions).values(found.session))
    connection.execute(insert(attempts).values(found.attempt | {"take": _choose_take(connection, found.attempt)}))
    if found.result is not None:
        connection.execute(insert(results).values(found.result))
    for table, many in ((corrections, found.corrections), (notes, found.notes)):
        if many:
            connection.execute(insert(table), many)


def _choose_take(connection: Connection, attempt: dict[str, Any]) -> int:
    """Return the attempt's own take, or the next one if that number is taken here."""
    question, take = attempt["question_id"], int(attempt["take"])
    same = select(attempts.c.id).where(attempts.c.question_id == question, attempts.c.take == take)
    return writing.get_next_take(connection, question) if connection.scalar(same) else take
