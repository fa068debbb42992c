"""Copies of a SQLite database by its own means: before each migration and once a week; three are kept.

What is deleted does not live on in them: a single deletion is carried out in each, and one in which it
cannot be is removed.
"""

from __future__ import annotations

import logging
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from speech.flushing import flush_file
from store.db.database import Database
from store.db.database_files import open_file
from store.db.owner import LOCAL_ID
from store.db.tables import attempts, documents
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.files import flush_folder, write_atomically

LOG = logging.getLogger(__name__)
FOLDER_NAME = "copies"
KEPT_COPIES = 3
WEEK = timedelta(days=7)
NAME_PATTERN = re.compile(r"answers-(\d{8}T\d{12}Z)-([a-z]+)\.sqlite3")
TIME_FORMAT = "%Y%m%dT%H%M%S%fZ"
DAMAGED_PREFIX = "damaged-"
# Where the id of what is deleted stands, in whatever version a copy is of.
ID_COLUMNS = (("attempts", "id"), ("things", "id"), ("versions", "of_id"), ("versions", "id"))


class CopyReason(StrEnum):
    """Why a copy was made."""

    WEEKLY = "weekly"
    MIGRATION = "migration"  # before the tables were changed
    RESTORE = "restore"  # before another copy took its place


@dataclass(frozen=True)
class DatabaseCopy:
    """A copy of the database; size in bytes."""

    path: Path
    made_at: datetime
    reason: CopyReason
    size: int


class Copies:
    """The folder of copies beside the data.

    Args:
        data_folder: The data folder.
        find_key: Returns the key of encrypted copies, None where they are not encrypted; asked each time.
    """

    def __init__(self, data_folder: Path, find_key: Callable[[], str | None] = lambda: None) -> None:
        self.folder = data_folder / FOLDER_NAME
        self._find_key = find_key

    def open_copy(self, path: Path) -> AbstractContextManager[Any]:
        """Open a copy by itself; faults are sqlite3.Error."""
        return open_file(path, self._find_key())

    def find_fault(self, path: Path) -> str | None:
        """Return what is wrong with a copy, or with the database itself; None if nothing."""
        return find_file_fault(path, self._find_key())

    def list_copies(self) -> tuple[DatabaseCopy, ...]:
        """Return the copies, newest first; raises StoreError."""
        found = []
        for path in self.folder.glob("answers-*.sqlite3"):
            match = NAME_PATTERN.fullmatch(path.name)
            if match is None or match[2] not in list(CopyReason):
                continue
            with suppress(FileNotFoundError, ValueError):  # removed just now, or a time that is none
                made_at = datetime.strptime(match[1], TIME_FORMAT).replace(tzinfo=UTC)
                found.append(DatabaseCopy(path, made_at, CopyReason(match[2]), path.stat().st_size))
        return tuple(sorted(found, key=lambda copy: copy.made_at, reverse=True))

    def make(self, database: Database, reason: CopyReason, *, spare: Path | None = None) -> None:
        """Copy the database as it is committed, and remove the oldest copies; raises StoreError.

        Nothing happens with a database that is no file: its server has means of its own.

        Args:
            database: The database. Writers should be held off, so that a deletion and its copy don't cross.
            reason: Why.
            spare: A copy that stays in any case.
        """
        if not database.is_sqlite:
            return
        path = self.folder / f"answers-{datetime.now(UTC).strftime(TIME_FORMAT)}-{reason}.sqlite3"
        part = path.with_suffix(".part")
        with translate_write_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for abandoned in self.folder.glob("*.part"):
                if abandoned.is_file():
                    abandoned.unlink(missing_ok=True)
            part.touch(mode=0o600)
        try:
            database.copy_into(part)
            with translate_write_errors(self.folder):
                with part.open("rb+") as file:
                    flush_file(file.fileno())
                part.replace(path)
                flush_folder(self.folder)
        finally:
            part.unlink(missing_ok=True)
        self._thin_out(spare)

    def make_if_due(self, database: Database) -> bool:
        """Make the weekly copy if the newest is a week old and there is anything to copy; raises StoreError."""
        if not database.is_sqlite or not self._is_due():
            return False
        with database.begin_write() as connection:  # held, so that nothing is deleted meanwhile
            counts = (connection.scalar(select(func.count()).select_from(each)) for each in (attempts, documents))
            if not self._is_due() or not any(counts):
                return False
            self.make(database, CopyReason.WEEKLY)
        return True

    def _is_due(self) -> bool:
        newest = next(iter(self.list_copies()), None)
        return newest is None or datetime.now(UTC) - newest.made_at >= WEEK

    def carry_out_deletion(self, owner: str, thing_ids: Iterable[str]) -> None:
        """Delete attempts or documents of an owner in all copies; one that can't be changed is removed.

        Args:
            owner: Id of the owner.
            thing_ids: Ids of what is deleted.

        Raises:
            StoreError: If a copy can neither be changed nor removed.
        """
        ids = tuple(thing_ids)
        for path in (*self.folder.glob("answers-*.sqlite3"), *self.folder.glob(f"{DAMAGED_PREFIX}*.sqlite3")):
            try:
                with self.open_copy(path) as connection:
                    _delete_rows(connection, owner, ids)
            except sqlite3.Error as error:
                LOG.warning("the copy %s cannot be changed, so it is removed: %s", path.name, error)
                self._remove(path)

    def remove_all(self) -> None:
        """Remove all copies; raises StoreError."""
        with translate_delete_errors(self.folder):
            if self.folder.exists():
                shutil.rmtree(self.folder)

    def restore(self, copy: Path, database: Database) -> None:
        """Put a copy in the place of the database; what is there now is kept as a copy. Raises StoreError."""
        if not database.is_sqlite:
            raise StoreError(
                "Copies are of the database file, and you use a server. Restore it with the server's own tools."
            )
        fault = self.find_fault(copy)
        if fault is not None:
            raise StoreError(f"The copy {copy.name} is damaged ({fault}), so nothing was changed. Choose another one.")
        try:
            self.make(database, CopyReason.RESTORE, spare=copy)
            database.replace_by(copy)
        except StoreError as error:
            if self.find_fault(Path(database.where)) is None:  # it is held, or the disk is full
                raise
            LOG.warning("the database is set aside, because it cannot be copied: %s", error)
            database.close()
            self._set_aside(Path(database.where))
            with translate_write_errors(Path(database.where)), write_atomically(Path(database.where)) as file:
                file.write(copy.read_bytes())

    def _set_aside(self, path: Path) -> None:
        """Move a database that cannot be read, and the files beside it, among the copies."""
        name = f"{DAMAGED_PREFIX}{datetime.now(UTC).strftime(TIME_FORMAT)}.sqlite3"
        with translate_write_errors(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for ending in ("", "-wal", "-shm"):
                beside = path.with_name(path.name + ending)
                if beside.exists():
                    beside.replace(self.folder / (name + ending))

    def _thin_out(self, spare: Path | None) -> None:
        for old in self.list_copies()[KEPT_COPIES:]:
            if old.path != spare:
                self._remove(old.path)

    def _remove(self, path: Path) -> None:
        with translate_delete_errors(self.folder):
            for ending in ("", "-wal", "-shm", "-journal"):
                path.with_name(path.name + ending).unlink(missing_ok=True)


def find_file_fault(path: Path, key: str | None = None) -> str | None:
    """Return what SQLite finds wrong with a database file; None if nothing."""
    try:
        with open_file(path, key, read_only=True) as connection:
            told = [str(row[0]) for row in connection.execute("PRAGMA quick_check(3)")]
    except sqlite3.Error as error:
        return str(error)
    return None if told == ["ok"] else "; ".join(told).replace("\n", " ")


def _delete_rows(connection: Any, owner: str, ids: tuple[str, ...]) -> None:
    for setting in ("journal_mode = DELETE", "secure_delete = ON", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {setting}").fetchall()
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    has_owners = any(row[1] == "owner" for row in connection.execute("PRAGMA table_info(attempts)"))
    if not has_owners and owner != LOCAL_ID:
        return  # it was made before there was anybody else
    whose = f"owner = '{owner}'" if has_owners else "true"
    connection.execute("BEGIN IMMEDIATE")
    for table, column in ID_COLUMNS:
        if table in tables:
            query = f"DELETE FROM {table} WHERE {whose} AND {column} = ?"  # noqa: S608 - names of ours, and digits
            connection.executemany(query, [(each,) for each in ids])
    left = f"SELECT session_id FROM attempts WHERE {whose}"  # noqa: S608
    connection.execute(f"DELETE FROM sessions WHERE {whose} AND id NOT IN ({left})")  # noqa: S608
    if "deletions" in tables:
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        names, marks = ("owner, id, deleted_at", f"'{owner}', ?, ?") if has_owners else ("id, deleted_at", "?, ?")
        query = f"INSERT OR IGNORE INTO deletions ({names}) VALUES ({marks})"  # noqa: S608
        connection.executemany(query, [(each, now) for each in ids])
    connection.execute("COMMIT")
