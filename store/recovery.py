"""Recovery after a crash: reconcile recordings on disk with rows in the database."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import select

from store.db import attempts, deletions, history
from store.db.database import Database
from store.db.mapping import Values
from store.db.tables import attempts as table
from store.db.tolerant import VALUE_FAULTS, read_each
from store.errors import StoreError
from store.files import Recordings
from store.flac_tags import read_tagged_row

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class OddFile:
    """A file among the recordings that belongs to no answer, and why it cannot become one."""

    name: str
    reason: str  # continues a sentence after the name


def recover(database: Database, recordings: Recordings) -> None:
    """Reconcile files and rows: restore missing rows, delete files that should be gone.

    Changes made by another process at the same time are left alone. A file that cannot become an
    answer is logged and left; `list_odd_files` names it.
    """
    _remove_if_possible(recordings.remove_abandoned)
    files = set(recordings.list_ids())  # before the rows: a file whose row comes later is looked at once more
    wanted = _list_wanted(database)
    with database.begin_read() as connection:
        deleted = deletions.list_deleted(connection)
    for attempt_id in files:
        if attempt_id not in wanted and attempt_id in deleted:
            _remove_if_possible(partial(recordings.remove, attempt_id))  # it was to go with its answer
        elif attempt_id not in wanted:
            _restore_row(database, recordings, attempt_id)
        elif not wanted[attempt_id]:
            _remove_if_possible(partial(recordings.remove, attempt_id))


def _remove_if_possible(remove: Callable[[], None]) -> None:
    """Remove what should be gone; what cannot be, such as a folder of that name, is no reason to open nothing."""
    try:
        remove()
    except StoreError as error:
        LOG.warning("%s", error)


def list_odd_files(database: Database, recordings: Recordings) -> tuple[OddFile, ...]:
    """Return the files among the recordings that belong to no answer and cannot become one, by name."""
    files = sorted(recordings.list_ids())
    wanted = _list_wanted(database)
    named = tuple(OddFile(name, "wasn't recorded by Answer Aloud") for name in recordings.list_foreign_names())
    lost = ((each, _find_fault(recordings, each)) for each in files if each not in wanted)
    return (*named, *(OddFile(f"{each}.flac", fault) for each, fault in lost if fault is not None))


def _list_wanted(database: Database) -> dict[str, bool]:
    """Return whether the recording of an attempt may be there, by its id; it may where that can't be told for sure."""
    with database.begin_read() as connection:
        chosen = select(table.c.id, table.c.has_recording, table.c.keep_recording)
        found = read_each(connection, chosen, table.c.id, tuple)
    wanted = {attempt_id: has or keeps for attempt_id, has, keeps in found.values}
    return wanted | {each.id: True for each in found.unreadable}


def _find_fault(recordings: Recordings, attempt_id: str) -> str | None:
    try:
        _read_row(recordings, attempt_id)
    except StoreError as error:
        is_there = attempt_id in recordings.list_ids()  # else it was deleted since it was listed
        return str(error) if is_there else None
    return None


def _read_row(recordings: Recordings, attempt_id: str) -> Values:
    """Return the row that a recording's label describes; raises StoreError, whose sentence continues after its name."""
    try:
        data = recordings.read(attempt_id)
    except StoreError as error:
        raise StoreError("can't be read") from error
    return read_tagged_row(data, attempt_id)


def _restore_row(database: Database, recordings: Recordings, attempt_id: str) -> None:
    try:
        row = _read_row(recordings, attempt_id)
        with database.begin_write() as connection:
            attempts.insert_recorded(connection, row)
            history.load_attempt(connection, attempt_id)  # what cannot be read again is not committed
    except (StoreError, *VALUE_FAULTS) as error:  # of this file, or of an answer beside which it would be put
        LOG.warning("the recording %s.flac belongs to no answer: it %s", attempt_id, error)
