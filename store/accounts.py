"""Who the people are: their own account, the coaches whom anybody may choose, and for administration everybody's.

An account holds nothing of what somebody said or wrote.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update

from store.db.database import Database
from store.db.owner import NOBODY, Owner, Task
from store.db.tables import attempts, groups, memberships, people
from store.errors import StoreError

COLUMNS = tuple(each for each in people.c if each.name != "settings")


class Role(StrEnum):
    """What a person may do besides practising."""

    MEMBER = "member"
    COACH = "coach"  # hears what members share with them
    ADMINISTRATOR = "administrator"  # says who is what; sees nothing that anybody else recorded or wrote


@dataclass(frozen=True)
class Consent:
    """That a person agreed to a text, and when."""

    version: int  # of the text
    at: datetime


@dataclass(frozen=True)
class Account:
    """A person who may sign in."""

    owner: Owner
    name: str  # as the issuer gave it last
    email: str
    role: Role
    joined_at: datetime | None  # first sign-in
    consent: Consent | None
    keep_days: int | None  # d after which recordings go; None: as long as anybody's

    @property
    def id(self) -> str:
        """Id of the person."""
        return self.owner.id

    @property
    def shown_name(self) -> str:
        """How the person is named to others."""
        return self.name or self.email or self.owner.subject


@dataclass(frozen=True)
class Waiting:
    """An attempt that waits to be analysed, and whose it is."""

    owner: str  # id
    attempt_id: str
    recorded_at: datetime
    duration: float  # s
    session_id: str  # of one sitting


class Accounts:
    """The accounts as one person may see and change them. Methods raise StoreError.

    Args:
        database: The database, for that person.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> Account:
        """Return the person's own account."""
        return self.find(self._database.owner.id)

    def find(self, person_id: str) -> Account:
        """Return the account of somebody whom this person may see: themselves, a coach, or who shared with them."""
        with self._database.begin_read() as connection:
            found = connection.execute(select(*COLUMNS).where(people.c.id == person_id)).first()
        if found is None:
            raise StoreError(NOBODY)
        return _to_account(found)

    def note_sign_in(self, name: str, email: str, at: datetime) -> None:
        """Save what the issuer says of the person, and when they first came."""
        with self._database.begin_write() as connection:
            own = people.c.id == self._database.owner.id
            connection.execute(update(people).where(own).values(name=name, email=email))
            connection.execute(update(people).where(own, people.c.joined_at.is_(None)).values(joined_at=at))

    def give_consent(self, consent: Consent) -> None:
        """Save that the person agreed."""
        self._change(consent_version=consent.version, consented_at=consent.at)

    def set_keep_days(self, days: int | None) -> None:
        """Save after how many days the person's recordings go; None: as everybody's."""
        self._change(keep_days=days)

    def load_settings(self) -> Mapping[str, Any] | None:
        """Return the person's settings as plain values; None without any."""
        with self._database.begin_read() as connection:
            found = connection.scalar(select(people.c.settings).where(people.c.id == self._database.owner.id))
        return None if found is None else json.loads(found)

    def save_settings(self, plain: Mapping[str, Any]) -> None:
        """Save the person's settings, given as plain values."""
        self._change(settings=json.dumps(dict(plain), ensure_ascii=False))

    def list_coaches(self) -> tuple[Account, ...]:
        """Return everybody who is a coach, by name."""
        with self._database.begin_read() as connection:
            found = connection.execute(select(*COLUMNS).where(people.c.role == Role.COACH.value)).all()
        return _sort(map(_to_account, found))

    def remove(self) -> None:
        """Remove the person's own account, with the groups they are in or made; what else they own goes before."""
        with self._database.begin_write() as connection:
            connection.execute(delete(memberships).where(memberships.c.owner == self._database.owner.id))
            connection.execute(delete(groups).where(groups.c.owner == self._database.owner.id))
            connection.execute(delete(people).where(people.c.id == self._database.owner.id))

    def list_everybody(self) -> tuple[Account, ...]:
        """Return all accounts by name, for administration."""
        with self._database.begin_task(Task.PEOPLE) as connection:
            found = connection.execute(select(*COLUMNS).where(people.c.joined_at.is_not(None))).all()
        return _sort(map(_to_account, found))

    def set_role(self, person_id: str, role: Role) -> None:
        """Say what a person may do, for administration."""
        with self._database.begin_task(Task.PEOPLE) as connection:
            changed = connection.execute(update(people).where(people.c.id == person_id).values(role=role.value))
            if not changed.rowcount:
                raise StoreError(NOBODY)

    def list_waiting(self) -> tuple[Waiting, ...]:
        """Return the attempts of everybody that wait to be analysed, oldest first, for the queue."""
        names = ("owner", "id", "recorded_at", "duration", "session_id")
        with self._database.begin_task(Task.QUEUE) as connection:
            chosen = select(*(attempts.c[name] for name in names)).order_by(attempts.c.recorded_at, attempts.c.id)
            return tuple(Waiting(*row) for row in connection.execute(chosen))

    def _change(self, **values: Any) -> None:
        with self._database.begin_write() as connection:
            connection.execute(update(people).where(people.c.id == self._database.owner.id).values(values))


def _to_account(row: Any) -> Account:
    has_agreed = row.consent_version is not None and row.consented_at is not None
    return Account(
        owner=Owner(row.issuer, row.subject),
        name=row.name,
        email=row.email,
        role=Role(row.role),
        joined_at=row.joined_at,
        consent=Consent(row.consent_version, row.consented_at) if has_agreed else None,
        keep_days=row.keep_days,
    )


def _sort(accounts: Any) -> tuple[Account, ...]:
    return tuple(sorted(accounts, key=lambda each: (each.shown_name.casefold(), each.id)))
