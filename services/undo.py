"""Keep in memory what is about to be deleted, so that it can come back."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from store.errors import StoreError
from store.store import Store

_FILE = Path("deleted.zip")  # what messages call it; nothing of it comes to the disk
NOT_ALL = "We couldn't bring all of it back, because what it belongs to has been deleted too."


def pack(store: Store, ids: Collection[str]) -> bytes | None:
    """Return attempts and documents with all that is deleted with them.

    Args:
        store: where they are.
        ids: of attempts and documents.

    Returns:
        What `bring_back` takes; None if it cannot be read, which may be why it is deleted.
    """
    try:
        return store.pack(ids)[0]
    except StoreError:
        return None


def bring_back(store: Store, packed: bytes) -> None:
    """Store what `pack` returned, though it was deleted.

    Raises:
        StoreError: some of it or all cannot be stored.
    """
    brought = store.import_archive(_FILE, data=packed, restore_deleted=True)
    if brought.left_deleted or brought.damaged:
        raise StoreError(brought.damaged[0] if brought.damaged else NOT_ALL)
