"""Takes an export in: all of it is looked at before anything is written, and doing it twice changes nothing."""

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
from store.errors import StoreError, files_told
from store.files import Recordings
from store.transfer import document_importer
from store.transfer.export_format import Rows, recording_place, rows_of
from store.transfer.exporter import ABOUT, FORMAT, TABLE, THINGS, VERSION

MEMBER = re.compile(r"attempts/[0-9a-f]{32}\.json|recordings/[0-9a-f]{32}\.flac")
LARGEST = 200_000_000  # bytes of one recording in an export; half an hour of sound is less
LARGEST_TEXT = 20_000_000  # bytes of JSON in one file; half an hour of words is two million
FLAC = b"fLaC"
NOTHING = "Nothing was imported."


@dataclass(frozen=True)
class Imported:
    """What came of an import."""

    added: int  # attempts
    known: int  # attempts that were here already and stayed as they were
    things: int = 0  # what the user wrote or planned, added


def read(database: Database, recordings: Recordings, path: Path) -> Imported:
    """Add what an export holds and is not here yet; raises StoreError, having changed nothing, if it cannot be used."""
    with _opened(path) as archive:
        names = _checked(archive, path)
        _find_room(archive, recordings)
        sounds = {
            each.attempt["id"] for each in (_rows(archive, name) for name in names) if each.attempt["has_recording"]
        }
        written = _things(archive)
        with _whole(path), database.writing() as connection:  # all or nothing: the database may refuse what looks right
            added = [_add(connection, _rows(archive, name)) for name in names]
            new = sum(document_importer.add(connection, row) for row in written)
        _add_sounds(database, recordings, archive, sounds)
    return Imported(sum(added), len(added) - sum(added), new)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with path.open("rb") as file, zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}). Check that it is a file you may open.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise StoreError(f"{path.name} is not an export of Answer Aloud, or it is damaged ({error}).") from error


@contextmanager
def _whole(path: Path) -> Iterator[None]:
    """Say what it means that the rows of an export do not fit together."""
    try:
        yield
    except StoreError as error:
        if isinstance(error.__cause__, IntegrityError):
            raise StoreError(f"{path.name} holds a note or a correction twice, so it is damaged. {NOTHING}") from error
        raise
    except OverflowError as error:  # SQLite's driver says it itself
        raise StoreError(f"{path.name} holds a number too large to be kept, so it is damaged. {NOTHING}") from error


def _checked(archive: zipfile.ZipFile, path: Path) -> list[str]:
    """The names of the attempts in an export that holds nothing strange."""
    names = archive.namelist()
    twice = next((name for name, times in Counter(names).items() if times > 1), None)
    if twice is not None:
        raise StoreError(f"{path.name} holds {twice!r} more than once. {NOTHING}")
    for member in archive.infolist():
        if member.filename not in (ABOUT, TABLE, THINGS) and MEMBER.fullmatch(member.filename) is None:
            raise StoreError(f"{path.name} holds {member.filename!r}, which belongs in no export. {NOTHING}")
        if member.file_size > (LARGEST_TEXT if member.filename.endswith(".json") else LARGEST):
            raise StoreError(f"{member.filename} in {path.name} is too large to be an answer. {NOTHING}")
    about = _about(archive) if ABOUT in names else {}
    if about.get("format") != FORMAT:
        raise StoreError(f"{path.name} is not an export of Answer Aloud. {NOTHING}")
    if about.get("version") not in range(1, VERSION + 1):
        raise StoreError(f"{path.name} was exported by a newer version. Update Answer Aloud and try again. {NOTHING}")
    return [name for name in names if name.startswith("attempts/")]


def _find_room(archive: zipfile.ZipFile, recordings: Recordings) -> None:
    """Refuse what would fill the disk: a small archive can hold a great deal of nothing."""
    folder = recordings.folder
    needed = sum(member.file_size for member in archive.infolist() if not _is_here(member, recordings))
    with files_told(folder):
        there = shutil.disk_usage(next(each for each in (folder, *folder.parents) if each.exists())).free
    if needed > there:
        raise StoreError(
            f"This export takes {needed / 1e6:,.0f} MB and {there / 1e6:,.0f} MB are free. Make room on the disk and "
            f"try again. {NOTHING}"
        )


def _is_here(member: zipfile.ZipInfo, recordings: Recordings) -> bool:
    """Whether it is the sound of an answer that is kept already, and is not written again."""
    kind, _, name = member.filename.partition("/")
    return kind == "recordings" and recordings.has(Path(name).stem)


def _rows(archive: zipfile.ZipFile, name: str) -> Rows:
    found = rows_of(archive.read(name))
    attempt_id = found.attempt["id"]
    if name != f"attempts/{attempt_id}.json":
        raise StoreError(f"{name} holds another answer than its name says. {NOTHING}")
    if found.attempt["has_recording"]:
        _flac(archive, attempt_id)
    return found


def _things(archive: zipfile.ZipFile) -> list[Values]:
    return document_importer.rows_of(archive.read(THINGS)) if THINGS in archive.NameToInfo else []


def _about(archive: zipfile.ZipFile) -> dict[str, Any]:
    """What an export says of itself; a newer version may say more."""
    try:
        return read_json(dict[str, Any], archive.read(ABOUT))
    except Refusal as refusal:
        raise StoreError(f"{ABOUT} in this export is damaged ({refusal}). {NOTHING}") from refusal


def _flac(archive: zipfile.ZipFile, attempt_id: str) -> bytes:
    name = recording_place(attempt_id)
    data = archive.read(name) if name in archive.NameToInfo else b""
    if not data.startswith(FLAC):
        raise StoreError(f"The recording {name} is missing in this export or is no FLAC file. {NOTHING}")
    return data


def _add(connection: Connection, found: Rows) -> bool:
    """Write one attempt, unless it is here."""
    is_new = not writing.is_known(connection, found.attempt["id"])
    if is_new:
        _insert(connection, found)
    return is_new


def _add_sounds(database: Database, recordings: Recordings, archive: zipfile.ZipFile, sounds: set[str]) -> None:
    """Write the recordings that are missing here, after their rows: a recording never comes without its report.

    All that are missing, of known attempts too: where one could not be written, a second import brings the rest.
    """
    with database.reading() as connection:
        wanted = connection.scalars(select(attempts.c.id).where(attempts.c.has_recording)).all()
    for attempt_id in wanted:
        if attempt_id in sounds and not recordings.has(attempt_id):
            recordings.put(attempt_id, _flac(archive, attempt_id))


def _insert(connection: Connection, found: Rows) -> None:
    session = select(sessions.c.id).where(sessions.c.id == found.session["id"])
    if connection.scalar(session) is None:
        connection.execute(insert(sessions).values(found.session))
    connection.execute(insert(attempts).values(found.attempt | {"take": _free_take(connection, found.attempt)}))
    if found.result is not None:
        connection.execute(insert(results).values(found.result))
    for table, many in ((corrections, found.corrections), (notes, found.notes)):
        if many:
            connection.execute(insert(table), many)


def _free_take(connection: Connection, attempt: dict[str, Any]) -> int:
    """The attempt's own take, or the next one when another machine gave the same number."""
    question, take = attempt["question_id"], int(attempt["take"])
    same = select(attempts.c.id).where(attempts.c.question_id == question, attempts.c.take == take)
    return writing.next_take(connection, question) if connection.scalar(same) else take
