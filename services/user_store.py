"""Open the user's store, with what an earlier version kept brought into it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from services import legacy_takes
from store.errors import StoreError
from store.store import Store, open_store


@dataclass(frozen=True)
class OpenedStore:
    """A store, and what could not be brought into it from an earlier version, as a sentence."""

    store: Store
    left_behind: str | None


def open_user_store(folder: Path, database: str | None = None) -> OpenedStore:
    """Open the store in a data folder and migrate the takes of earlier versions.

    Args:
        folder: holds the recordings, and the database unless that is named.
        database: its SQLAlchemy address; None for the file in the folder.

    Raises:
        StoreError: the store cannot be opened.
    """
    store = open_store(database, folder)
    try:
        legacy_takes.move(folder, store)
    except StoreError as error:
        return OpenedStore(store, str(error))
    return OpenedStore(store, None)
