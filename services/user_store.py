"""Open the user's store, migrating data of earlier versions; export, import, restore and empty it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.wording import format_count
from services import legacy_takes
from services.live.live_takes import live_takes
from store.copies import Copies, DatabaseCopy
from store.db.database import Database
from store.errors import StoreError, translate_delete_errors, translate_write_errors
from store.health import CheckResult
from store.locations import build_database_url, get_data_folder, get_named_database, parse_database_url
from store.setting_values import DEFAULTS, SETTING_NAMES, from_plain, to_plain
from store.settings import read_file_settings, write_settings
from store.store import Store, open_store
from store.transfer.exporter import ArchiveExport
from store.transfer.importer import ArchiveImport

TRAVELLING = tuple(name for name in SETTING_NAMES if name not in ("data_folder", "database"))


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
        return replace(imported, damaged=(*imported.damaged, f"The settings did not come along. {error}"))
    return imported


def list_copies(folder: Path) -> tuple[DatabaseCopy, ...]:
    """Return the automatic copies of the database, newest first; raises StoreError."""
    return Copies(folder).list_copies()


def restore_copy(location: Location, copy: DatabaseCopy) -> None:
    """Put a copy in the place of the database; what was there is kept as a copy. Raises StoreError.

    Stores that are open there have to be opened anew.
    """
    address = parse_database_url(location.database) if location.database else build_database_url(location.folder)
    database = Database(address)
    try:
        Copies(location.folder).restore(copy.path, database)
    finally:
        database.close()
    with closing(location.open()) as store:
        store.list_interrupted()  # recordings that are newer than the copy


def check_location(location: Location) -> CheckResult:
    """Look through everything stored at a location; raises StoreError if it cannot be opened."""
    with closing(location.open()) as store:
        return store.check()


def describe_check(checked: CheckResult) -> str:
    """Return in a sentence how much was looked through and how much of it is damaged."""
    looked = (
        f"{format_count(checked.answers, 'answer')}, {format_count(checked.reports, 'report')}, "
        f"{format_count(checked.recordings, 'recording')} and {format_count(checked.documents, 'other thing')} checked"
    )
    count = len(checked.troubles)
    found = f"{format_count(count, 'problem')} found." if count else "Everything is whole."
    return f"{looked}. {found}"


def print_check() -> int:
    """Check the user's data and print what is damaged; return 0 if nothing is, else 1."""
    try:
        checked = check_location(Location(get_named_database(), get_data_folder()))
    except StoreError as error:
        print(error)
        return 1
    for trouble in checked.troubles:
        print(trouble.sentence)
    print(describe_check(checked))
    return 1 if checked.troubles else 0


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
