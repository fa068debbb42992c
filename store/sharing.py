"""What a person shares with a coach, and each time the coach heard it; both see the rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from interview.ids import make_id
from store.db.database import Database
from store.db.tables import hearings, shares
from store.errors import StoreError

TAKEN_BACK = "This isn't shared with you any more."
SHARED_ALREADY = "You share this with them already."


class SharedKind(StrEnum):
    """What can be shared."""

    ANSWER = "attempt"
    MOCK_INTERVIEW = "mock_run"


@dataclass(frozen=True)
class Share:
    """That a person shares something with a coach."""

    id: str
    owner: str  # id of whose it is
    coach: str  # id of the coach
    kind: SharedKind
    thing_id: str  # of the answer or mock interview
    shared_at: datetime
    taken_back_at: datetime | None

    @property
    def is_held(self) -> bool:
        """Whether the coach may still hear it."""
        return self.taken_back_at is None


@dataclass(frozen=True)
class Hearing:
    """That a coach was given the sound of an answer."""

    share_id: str
    coach: str  # id
    attempt_id: str
    heard_at: datetime


class Sharing:
    """What one person shares, or is let hear as a coach. Methods raise StoreError.

    Args:
        database: The database, for that person.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def _me(self) -> str:
        return self._database.owner.id

    def share(self, coach: str, kind: SharedKind, thing_id: str, at: datetime) -> Share:
        """Share something of one's own with a coach; whether it is one's own is the caller's to know."""
        made = Share(make_id(), self._me, coach, kind, thing_id, at, None)
        with self._database.begin_write() as connection:
            same = (shares.c.owner == self._me, shares.c.coach == coach, shares.c.thing_id == thing_id)
            if connection.scalar(select(shares.c.id).where(*same, shares.c.taken_back_at.is_(None))) is not None:
                raise StoreError(SHARED_ALREADY)
            row = {"id": made.id, "coach": coach, "kind": kind.value, "thing_id": thing_id, "shared_at": at}
            connection.execute(insert(shares).values(row))
        return made

    def take_back(self, share_id: str, at: datetime) -> None:
        """Take something back; the coach hears nothing of it from now on, and what they heard stays on record."""
        held = (shares.c.id == share_id, shares.c.taken_back_at.is_(None))
        with self._database.begin_write() as connection:
            connection.execute(update(shares).where(*held).values(taken_back_at=at))

    def list_given(self, thing_id: str | None = None) -> tuple[Share, ...]:
        """Return what the person shares or shared, or that of one thing, oldest first."""
        chosen = select(shares).where(shares.c.owner == self._me)
        if thing_id is not None:
            chosen = chosen.where(shares.c.thing_id == thing_id)
        with self._database.begin_read() as connection:
            return tuple(map(_to_share, connection.execute(chosen.order_by(shares.c.shared_at, shares.c.id))))

    def list_received(self) -> tuple[Share, ...]:
        """Return what is shared with the person now, the newest first."""
        chosen = select(shares).where(shares.c.coach == self._me, shares.c.taken_back_at.is_(None))
        with self._database.begin_read() as connection:
            newest = chosen.order_by(shares.c.shared_at.desc(), shares.c.id)
            return tuple(map(_to_share, connection.execute(newest)))

    def load_received(self, share_id: str) -> Share:
        """Return what is shared with the person now."""
        found = next((each for each in self.list_received() if each.id == share_id), None)
        if found is None:
            raise StoreError(TAKEN_BACK)
        return found

    def note_hearing(self, share: Share, attempt_id: str, at: datetime) -> None:
        """Save that the person, as a coach, is given the sound of an answer; before they get it."""
        with self._database.begin_write() as connection:
            held = (shares.c.id == share.id, shares.c.coach == self._me, shares.c.taken_back_at.is_(None))
            if connection.scalar(select(shares.c.owner).where(*held)) is None:
                raise StoreError(TAKEN_BACK)
            row = {"id": make_id(), "share_id": share.id, "owner": share.owner, "attempt_id": attempt_id}
            connection.execute(insert(hearings).values(row | {"heard_at": at}))

    def list_hearings(self, attempt_id: str | None = None) -> tuple[Hearing, ...]:
        """Return when coaches heard the person's answers, or one of them, oldest first."""
        chosen = select(hearings).where(hearings.c.owner == self._me)
        if attempt_id is not None:
            chosen = chosen.where(hearings.c.attempt_id == attempt_id)
        with self._database.begin_read() as connection:
            rows = connection.execute(chosen.order_by(hearings.c.heard_at, hearings.c.id))
            return tuple(Hearing(row.share_id, row.coach, row.attempt_id, row.heard_at) for row in rows)


def _to_share(row: Any) -> Share:
    return Share(row.id, row.owner, row.coach, SharedKind(row.kind), row.thing_id, row.shared_at, row.taken_back_at)
