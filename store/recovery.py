"""After a process was killed: recordings without a row get one, and what should not be there any more goes."""

from __future__ import annotations

from sqlalchemy import select

from store.db import attempts
from store.db.database import Database
from store.db.tables import attempts as table
from store.errors import StoreError
from store.files import Recordings
from store.flac_tags import labelled_row


def rescue(database: Database, recordings: Recordings) -> None:
    """Make rows and files agree again; what another process does at the same time is left alone."""
    recordings.remove_abandoned()
    files = set(recordings.ids())  # before the rows: a file whose row comes later is looked at once more
    with database.reading() as connection:
        rows = connection.execute(select(table.c.id, table.c.has_recording))
        wanted = {row.id: row.has_recording for row in rows}
    for attempt_id in files:
        if attempt_id not in wanted:
            _adopt(database, recordings, attempt_id)
        elif not wanted[attempt_id]:
            recordings.remove(attempt_id)


def _adopt(database: Database, recordings: Recordings, attempt_id: str) -> None:
    try:
        row = labelled_row(recordings.read(attempt_id))
    except StoreError:
        return  # deleted since it was listed
    if row is not None and row["id"] == attempt_id:
        with database.writing() as connection:
            attempts.insert_recorded(connection, row)
