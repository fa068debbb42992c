"""What was deleted, by id alone, so that a merge does not bring it back."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from store.db.mapping import ID_PATTERN
from store.db.tables import deletions, hearings, shares
from store.db.tolerant import ReadRows, read_each


@dataclass(frozen=True)
class Deletion:
    """The deletion of an attempt or document; it was brought back on purpose if `restored_at` is the later time."""

    id: str
    deleted_at: datetime
    restored_at: datetime | None = None

    def __post_init__(self) -> None:
        if ID_PATTERN.fullmatch(self.id) is None:
            raise ValueError(f"not an id: {self.id!r}")
        for at in (self.deleted_at, *filter(None, (self.restored_at,))):
            at.astimezone(UTC)


def remember(connection: Connection, thing_id: str) -> None:
    """Note that an attempt or document is deleted now."""
    connection.execute(delete(deletions).where(deletions.c.id == thing_id))
    connection.execute(insert(deletions).values(id=thing_id, deleted_at=datetime.now(UTC)))


def restore(connection: Connection, thing_ids: Iterable[str]) -> None:
    """Note that what was deleted is wanted again; does nothing for what was not."""
    for each in thing_ids:
        connection.execute(update(deletions).where(deletions.c.id == each).values(restored_at=datetime.now(UTC)))


def list_deletions(connection: Connection) -> tuple[Deletion, ...]:
    """Return all that is remembered and can be read, by id."""
    return read_deletions(connection).values


def read_deletions(connection: Connection) -> ReadRows[Deletion]:
    """Return all that is remembered, by id, and the rows that cannot be read."""
    chosen = select(deletions.c.id, deletions.c.deleted_at, deletions.c.restored_at).order_by(deletions.c.id)
    return read_each(connection, chosen, deletions.c.id, _to_deletion)


def _to_deletion(row: Any) -> Deletion:
    return Deletion(*row)


def list_deleted(connection: Connection) -> frozenset[str]:
    """Return the ids of what is deleted and was not brought back."""
    is_deleted = or_(deletions.c.restored_at.is_(None), deletions.c.restored_at <= deletions.c.deleted_at)
    return frozenset(connection.scalars(select(deletions.c.id).where(is_deleted)))


def merge(connection: Connection, others: Iterable[Deletion]) -> None:
    """Add what another store remembers; of each the later times count."""
    ours = {each.id: each for each in list_deletions(connection)}
    for theirs in others:
        here = ours.get(theirs.id, theirs)
        restored = [at for at in (here.restored_at, theirs.restored_at) if at is not None]
        row = {
            "id": theirs.id,
            "deleted_at": max(here.deleted_at, theirs.deleted_at),
            "restored_at": max(restored, default=None),
        }
        connection.execute(delete(deletions).where(deletions.c.id == theirs.id))
        connection.execute(insert(deletions).values(row))


def forget_all(connection: Connection) -> None:
    """Forget all deletions, as a new store."""
    connection.execute(delete(deletions))


def forget_shares(connection: Connection, thing_ids: Collection[str] | None) -> None:
    """Remove what the owner shares of some attempts or documents, with every hearing of them; None: of all."""
    for table, column in ((hearings, hearings.c.attempt_id), (shares, shares.c.thing_id)):
        chosen = delete(table)
        connection.execute(chosen if thing_ids is None else chosen.where(column.in_(thing_ids)))
