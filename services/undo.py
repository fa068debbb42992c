"""Keep what is deleted in memory, so that it can come back; nothing of it is written to the disk meanwhile."""

from __future__ import annotations

from collections.abc import Collection

from store.errors import StoreError
from store.store import Store

NOT_ALL = "We couldn't bring all of it back, because what it belongs to has been deleted too."


def pack(store: Store, ids: Collection[str]) -> bytes | None:
    """Return attempts and documents with all that is deleted with them.

    Args:
        store: where they are.
        ids: of attempts and documents.

    Returns:
        What `bring_back` takes; None if something of it cannot be read. It must be deletable all the same.
    """
    try:
        return store.pack(ids)
    except StoreError:
        return None


def bring_back(store: Store, packed: bytes) -> None:
    """Store what `pack` returned, though it was deleted.

    Raises:
        StoreError: some of it or all cannot be stored.
    """
    brought = store.import_archive(packed, restore_deleted=True)
    if brought.left_deleted:
        raise StoreError(NOT_ALL)
    if brought.damaged and not (brought.added or brought.known or brought.documents):
        raise StoreError(brought.damaged[0])
