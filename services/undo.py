"""Keep in memory what is about to be deleted, so that it can come back."""

from __future__ import annotations

import tempfile
from collections.abc import Collection
from pathlib import Path

from store.errors import StoreError, translate_write_errors
from store.files import open_transfer_folder
from store.store import Store

_FILE = "deleted.zip"
NOT_ALL = "We couldn't bring all of it back, because what it belongs to has been deleted too."


def pack(store: Store, ids: Collection[str]) -> bytes | None:
    """Return attempts and documents with all that is deleted with them.

    Args:
        store: where they are.
        ids: of attempts and documents.

    Returns:
        What `bring_back` takes; None if it cannot be kept, such as on a full disk, which may be why it is deleted.
    """
    try:
        with translate_write_errors(Path(tempfile.gettempdir())), open_transfer_folder() as folder:
            store.export(folder / _FILE, only=ids)
            return (folder / _FILE).read_bytes()
    except StoreError:
        return None


def bring_back(store: Store, packed: bytes) -> None:
    """Store what `pack` returned, though it was deleted.

    Raises:
        StoreError: some of it or all cannot be stored.
    """
    with translate_write_errors(Path(tempfile.gettempdir())), open_transfer_folder() as folder:
        (folder / _FILE).write_bytes(packed)
        brought = store.import_archive(folder / _FILE, restore_deleted=True)
    if brought.left_deleted or brought.damaged:
        raise StoreError(brought.damaged[0] if brought.damaged else NOT_ALL)
