"""Open the user's store with what an earlier version kept brought into it, copy it to another place, and empty it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from services import legacy_takes
from services.live.live_takes import live_takes
from store.errors import StoreError, deleting_told, files_told
from store.store import Store, open_store
from store.transfer.importer import Imported


@dataclass(frozen=True)
class OpenedStore:
    """A store, and what could not be brought into it from an earlier version, as a sentence."""

    store: Store
    left_behind: str | None


@dataclass(frozen=True)
class Location:
    """Where a store lies; without an address its database is a file in the folder."""

    database: str | None  # SQLAlchemy address
    folder: Path

    def open(self) -> Store:
        """Open the store there; raises StoreError."""
        return open_store(self.database, self.folder)


def open_user_store(location: Location) -> OpenedStore:
    """Open a store and migrate the takes of earlier versions in its folder; raises StoreError."""
    store = location.open()
    try:
        legacy_takes.move(location.folder, store)
    except StoreError as error:
        return OpenedStore(store, str(error))
    return OpenedStore(store, None)


def count_answers(location: Location) -> int:
    """Return how many answers are kept at a place; raises StoreError."""
    with closing(location.open()) as store:
        return len(store.history())


def copy_answers(old: Location, new: Store) -> Imported:
    """Copy everything of one place into a store; the old place is left as it is. Raises StoreError."""
    temporary = files_told(Path(tempfile.gettempdir()))
    with closing(old.open()) as earlier, temporary, tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "everything.zip"
        earlier.export(whole)
        return new.import_export(whole)


def delete_everything(store: Store, folder: Path | None) -> None:
    """Delete all that is kept, and what an earlier version kept in the data folder; raises StoreError.

    `folder` is None for a store that has no data folder of the user, as that of the demo.
    """
    store.delete_all()
    for path in legacy_takes.old_folders(folder):
        with deleting_told(path):
            shutil.rmtree(path)
    if folder is not None:
        live_takes(folder).delete_all()


def has_anything(store: Store, folder: Path | None) -> bool:
    """Whether there is anything to delete, a recording without its answer too; arguments and errors as above."""
    used = store.usage()
    has_takes = folder is not None and any(live_takes(folder).files.all())
    is_used = store.history() or used.thing_count or used.recording_count
    return bool(is_used or has_takes or legacy_takes.old_folders(folder))
