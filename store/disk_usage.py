"""Where the user's data is stored, and how much disk space it takes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import func, select

from store.db.database import Database
from store.db.tables import documents
from store.errors import StoreError
from store.files import Recordings

SQLITE_FILE_SUFFIXES = ("", "-wal", "-shm")  # what SQLite writes: its file, and two beside it while it works


@dataclass(frozen=True)
class DiskUsage:
    """Locations and sizes of the stored data.

    Sizes are in bytes; None where only the database server knows.
    """

    recordings: Path  # folder
    recording_count: int
    recording_bytes: int
    database: str  # a path, or an address without its password
    database_bytes: int | None
    document_count: int  # what the user wrote or planned, besides answers


def measure_disk_usage(database: Database, recordings: Recordings) -> DiskUsage:
    """Count and measure the stored data.

    Returns:
        Locations, counts, and sizes in bytes.

    Raises:
        StoreError: If the folder cannot be read.
    """
    with database.begin_read() as connection:
        count = connection.scalar(select(func.count()).select_from(documents)) or 0
    try:
        sizes = [_get_size(path) for path in recordings.folder.glob("*.flac")]
        used = (
            sum(_get_size(Path(database.where + end)) for end in SQLITE_FILE_SUFFIXES) if database.is_sqlite else None
        )
    except OSError as error:
        raise StoreError(
            f"The folder {recordings.folder} cannot be looked at ({error.strerror}). Check that you may open it."
        ) from error
    return DiskUsage(recordings.folder, len(sizes), sum(sizes), database.where, used, count)


def _get_size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # not there, or deleted just now
        return 0
