"""Open the user's store, migrating data of earlier versions; copy it elsewhere, and empty it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from services import legacy_takes
from services.live.live_takes import live_takes
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.store import Store, open_store
from store.transfer.importer import ArchiveImport


@dataclass(frozen=True)
class OpenedStore:
    """A store; `migration_failure` says what could not be migrated from an earlier version, or is None."""

    store: Store
    migration_failure: str | None


@dataclass(frozen=True)
class Location:
    """Where a store is; without an address its database is a file in the folder."""

    database: str | None  # SQLAlchemy address
    folder: Path

    def open(self) -> Store:
        """Open the store there; raises StoreError."""
        return open_store(self.database, self.folder)


def open_user_store(location: Location) -> OpenedStore:
    """Open a store and migrate the takes of earlier versions in its folder; raises StoreError."""
    store = location.open()
    try:
        legacy_takes.migrate_takes(location.folder, store)
    except StoreError as error:
        return OpenedStore(store, str(error))
    return OpenedStore(store, None)


def count_answers(location: Location) -> int:
    """Return the number of answers stored at a location; raises StoreError."""
    with closing(location.open()) as store:
        return len(store.load_history())


def copy_answers(old: Location, new: Store) -> ArchiveImport:
    """Copy everything from a location into a store; the location is unchanged. Raises StoreError."""
    temporary = translate_write_errors(Path(tempfile.gettempdir()))
    with closing(old.open()) as earlier, temporary, tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "everything.zip"
        earlier.export(whole)
        return new.import_archive(whole)


def delete_everything(store: Store, folder: Path | None) -> None:
    """Delete all data, including that of earlier versions in the data folder; raises StoreError.

    Args:
        store: the store to empty.
        folder: the data folder; None for a store without one, such as that of the demo.
    """
    store.delete_all()
    for path in legacy_takes.find_old_folders(folder):
        with translate_delete_errors(path):
            shutil.rmtree(path)
    if folder is not None:
        live_takes(folder).delete_all()


def has_anything(store: Store, folder: Path | None) -> bool:
    """Whether there is anything to delete, even a recording without its answer; as for `delete_everything`."""
    used = store.get_disk_usage()
    has_takes = folder is not None and any(live_takes(folder).files.all())
    is_used = store.load_history() or used.document_count or used.recording_count
    return bool(is_used or has_takes or legacy_takes.find_old_folders(folder))
