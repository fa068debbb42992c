"""Recovery after a crash: reconcile recordings on disk with rows in the database."""

from __future__ import annotations

from sqlalchemy import select

from store.db import attempts
from store.db.database import Database
from store.db.tables import attempts as table
from store.errors import StoreError
from store.files import Recordings
from store.flac_tags import read_tagged_row


def recover(database: Database, recordings: Recordings) -> None:
    """Reconcile files and rows: restore missing rows, delete files that should be gone.

    Changes made by another process at the same time are left alone.
    """
    recordings.remove_abandoned()
    files = set(recordings.list_ids())  # before the rows: a file whose row comes later is looked at once more
    with database.begin_read() as connection:
        rows = connection.execute(select(table.c.id, table.c.has_recording))
        wanted = {row.id: row.has_recording for row in rows}
    for attempt_id in files:
        if attempt_id not in wanted:
            _restore_row(database, recordings, attempt_id)
        elif not wanted[attempt_id]:
            recordings.remove(attempt_id)


def _restore_row(database: Database, recordings: Recordings, attempt_id: str) -> None:
    try:
        row = read_tagged_row(recordings.read(attempt_id))
    except StoreError:
        return  # deleted since it was listed
    if row is not None and row["id"] == attempt_id:
        with database.begin_write() as connection:
            attempts.insert_recorded(connection, row)
