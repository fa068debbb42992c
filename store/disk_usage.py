"""Where the user's data is stored, and how much disk space it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from store.db.database import Database
from store.db.tables import documents
from store.db.tolerant import read_each
from store.errors import StoreError
from store.files import Recordings

SQLITE_FILE_SUFFIXES = ("", "-wal", "-shm")  # what SQLite writes: its file, and two beside it while it works


@dataclass(frozen=True)
class DiskUsage:
    """Locations and sizes of the stored data.

    Sizes are in bytes; None where only the database server knows.
    """

    recordings: Path | str  # folder, or address of a storage
    recording_count: int
    recording_bytes: int
    database: str  # a path, or an address without its password
    database_bytes: int | None
    document_counts: Mapping[str, int]  # of what the user wrote or planned, by the names of its kinds

    @property
    def document_count(self) -> int:
        """How many things the user wrote or planned, besides answers."""
        return sum(self.document_counts.values())


def measure_disk_usage(database: Database, recordings: Recordings) -> DiskUsage:
    """Count and measure the stored data.

    Returns:
        Locations, counts, and sizes in bytes.

    Raises:
        StoreError: If the folder cannot be read.
    """
    with database.begin_read() as connection:
        chosen = select(documents.c.id, documents.c.kind).order_by(documents.c.kind)
        counts = Counter(read_each(connection, chosen, documents.c.id, lambda row: str(row.kind)).values)
    try:
        sizes = recordings.list_sizes()
        used = (
            sum(_get_size(Path(database.where + end)) for end in SQLITE_FILE_SUFFIXES) if database.is_sqlite else None
        )
    except OSError as error:
        raise StoreError(
            f"We can't read the folder {recordings.where} ({error.strerror}). Check that you're allowed to open it."
        ) from error
    return DiskUsage(recordings.where, len(sizes), sum(sizes), database.where, used, counts)


def _get_size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:  # not there, or deleted just now
        return 0
