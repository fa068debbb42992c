"""Where everything lies that is kept, and how much room it takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from store.db.database import Database
from store.db.tables import things
from store.errors import StoreError
from store.files import Recordings

BESIDE = ("", "-wal", "-shm")  # what SQLite writes: its file, and two beside it while it works


@dataclass(frozen=True)
class Usage:
    """Places and sizes; sizes in bytes, None where only the database's server knows."""

    recordings: Path  # folder
    recording_count: int
    recording_bytes: int
    database: str  # a path, or an address without its password
    database_bytes: int | None
    thing_count: int  # what the user wrote or planned, besides answers


def usage(database: Database, recordings: Recordings) -> Usage:
    """Look at the disk and count; raises StoreError when that cannot be done."""
    with database.reading() as connection:
        count = connection.scalar(select(func.count()).select_from(things)) or 0
    try:
        sizes = [_size(path) for path in recordings.folder.glob("*.flac")]
        used = sum(_size(Path(database.where + end)) for end in BESIDE) if database.is_sqlite else None
    except OSError as error:
        raise StoreError(
            f"The folder {recordings.folder} cannot be looked at ({error.strerror}). Check that you may open it."
        ) from error
    return Usage(recordings.folder, len(sizes), sum(sizes), database.where, used, count)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # not there, or deleted just now
        return 0
