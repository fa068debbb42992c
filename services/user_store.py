"""Open the user's store; export, import, restore, empty it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from services.live.live_takes import live_takes
from services.old_takes import find_old_folders, migrate_takes
from store.copies import Copies, DatabaseCopy
from store.db.database import Database
from store.encryption.vault import find_database_key, find_keys
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.files import open_transfer_folder, remove_transfer_folders
from store.locations import build_database_url, parse_database_url
from store.setting_values import DEFAULTS, SETTING_NAMES, from_plain, to_plain
from store.settings import make_settings_private, read_file_settings, write_settings
from store.store import Store, open_store
from store.transfer.exporter import ArchiveExport
from store.transfer.importer import ArchiveImport

TRAVELLING = tuple(name for name in SETTING_NAMES if name not in ("data_folder", "database"))
WHOLE_NAME = "everything.zip"


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
    """Open a store and migrate the takes of earlier versions in its folder; raises StoreError.

    What exports and imports left behind that were killed goes.
    """
    remove_transfer_folders()
    make_settings_private()
    store = location.open()
    try:
        migrate_takes(location.folder, store)
    except StoreError as error:
        return OpenedStore(store, str(error))
    return OpenedStore(store, None)


def count_answers(location: Location) -> int:
    """Return the number of answers stored at a location; raises StoreError."""
    with closing(location.open()) as store:
        return len(store.load_history())


def copy_answers(old: Location, new: Store) -> ArchiveImport:
    """Copy everything from a location into a store; the location is unchanged. Raises StoreError.

    What is damaged at either end is named in what is returned.
    """
    with closing(old.open()) as earlier:
        if find_keys(old.folder) is not None:  # an export isn't encrypted, so it has no place on the disk
            data, exported = earlier.pack_everything()
            imported = new.import_archive(data)
        else:
            with translate_write_errors(Path(tempfile.gettempdir())), open_transfer_folder() as folder:
                exported = earlier.export(folder / WHOLE_NAME)
                imported = new.import_archive(folder / WHOLE_NAME)
    return replace(imported, damaged=(*exported.damaged, *imported.damaged))


def export_everything(store: Store, path: Path) -> ArchiveExport:
    """Export a store with the user's settings, but for addresses and what may be secret; raises StoreError."""
    return store.export(path, to_plain(replace(read_file_settings(), data_folder=None, database=None)))


def import_everything(store: Store, path: Path, *, restore_deleted: bool = False) -> ArchiveImport:
    """Merge an export into a store, and its settings into those here; raises StoreError.

    A setting at its default takes the value of the export; one that the user changed here stays.

    Args:
        store: The store.
        path: The export.
        restore_deleted: Whether what was deleted here comes back if the export holds it.
    """
    imported = store.import_archive(path, restore_deleted=restore_deleted)
    if not imported.settings:
        return imported
    try:
        found, here = from_plain(imported.settings), read_file_settings()
        taken = {name: getattr(found, name) for name in TRAVELLING if getattr(here, name) == getattr(DEFAULTS, name)}
        write_settings(replace(here, **taken), here)
    except StoreError as error:  # the answers are in
        return replace(imported, damaged=(*imported.damaged, f"Your settings weren't imported. {error}"))
    return imported


def list_copies(folder: Path) -> tuple[DatabaseCopy, ...]:
    """Return the automatic copies of the database, newest first; raises StoreError."""
    return Copies(folder).list_copies()


def restore_copy(location: Location, copy: DatabaseCopy) -> None:
    """Put a copy in the place of the database; what was there is kept as a copy. Raises StoreError.

    Stores that are open there have to be opened anew.
    """
    address = parse_database_url(location.database) if location.database else build_database_url(location.folder)
    find_key = partial(find_database_key, location.folder)
    database = Database(address, find_key)
    try:
        Copies(location.folder, find_key).restore(copy.path, database)
    finally:
        database.close()
    with closing(location.open()) as store:
        store.list_interrupted()  # recordings that are newer than the copy


def delete_everything(store: Store, folder: Path | None) -> None:
    """Delete all data, including that of earlier versions in the data folder; raises StoreError.

    Args:
        store: the store to empty.
        folder: the data folder; None for a store without one, such as that of the demo.
    """
    store.delete_all()
    if folder is not None:
        remove_transfer_folders(age=0.0)
    for path in find_old_folders(folder):
        with translate_delete_errors(path):
            shutil.rmtree(path)
    if folder is not None:
        live_takes(folder).delete_all()


def has_anything(store: Store, folder: Path | None) -> bool:
    """Whether there is anything to delete, even a recording without its answer; as for `delete_everything`."""
    used = store.get_disk_usage()
    has_takes = folder is not None and any(live_takes(folder).files.all())
    is_used = store.load_history() or used.document_count or used.recording_count
    return bool(is_used or has_takes or find_old_folders(folder))
