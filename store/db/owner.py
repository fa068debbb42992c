"""Whose rows these are, and the first wall between owners: no statement on their tables runs without a filter.

The filter isn't written with each query, where it could be forgotten. A connection belongs to one owner, and every
statement that is run on it is rewritten to see, change and add that owner's rows alone. On Postgres row-level security
is the second wall (`row_security`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    Alias,
    ColumnElement,
    Connection,
    Delete,
    FromClause,
    Insert,
    Join,
    Select,
    Table,
    Update,
    insert,
    or_,
    select,
)
from sqlalchemy.sql import visitors

from store.db.tables import (
    GIVEN,
    OWNED,
    PERSONAL,
    SHARED,
    attempts,
    group_questions,
    groups,
    hearings,
    memberships,
    people,
)
from store.errors import PersonGoneError

OPTION = "answer_aloud_owner"  # of a connection: the id of its owner
TASK_OPTION = "answer_aloud_task"  # of a connection without one
WAITING_STATE = "recorded"  # of an attempt: `store.attempt.AttemptState.RECORDED`
LOCAL_ID = "0" * 32
NOBODY = "This person isn't here any more."
NO_COPYING = "Rows are not inserted from a query: nothing would say whose they are."
NO_OWNER = "A connection without an owner can't use {tables}."


@dataclass(frozen=True)
class Owner:
    """A person to whom rows belong, as an identity provider names them.

    Attributes:
        issuer: Who vouches for the person, such as the address of the provider; empty for the single user.
        subject: The name of the person there, which never changes and is given to nobody else.
    """

    issuer: str
    subject: str

    @property
    def id(self) -> str:
        """What stands in every row of theirs: 32 hexadecimal digits."""
        if self == LOCAL_OWNER:
            return LOCAL_ID
        named = b"".join(b"%d:%b" % (len(part), part) for part in (self.issuer.encode(), self.subject.encode()))
        return hashlib.sha256(named).hexdigest()[:32]


class Task(StrEnum):
    """What is done for everybody at once, and sees no more than it needs."""

    QUEUE = "queue"  # which attempts wait to be analysed, and whose they are
    COUNTS = "counts"  # how many members of a group answered what they were given, and nothing of the answers
    PEOPLE = "people"  # who the people are and what they may do; nothing of what they say


LOCAL_OWNER = Owner("", "local")  # of everything on a computer that nobody signs in to


def is_registered(connection: Connection, owner: Owner) -> bool:
    """Return whether a person is among the people of the database."""
    return connection.scalar(select(people.c.id).where(people.c.id == owner.id)) is not None


def find_owner(connection: Connection, owner_id: str) -> Owner:
    """Return the person with an id; raises PersonGoneError if nobody has it, or they can't be seen from here."""
    found = connection.execute(select(people.c.issuer, people.c.subject).where(people.c.id == owner_id)).first()
    if found is None:
        raise PersonGoneError(NOBODY)
    return Owner(found.issuer, found.subject)


def register(connection: Connection, owner: Owner) -> None:
    """Insert a person unless they are known."""
    if not is_registered(connection, owner):
        connection.execute(insert(people).values(id=owner.id, issuer=owner.issuer, subject=owner.subject))


def confine_execution(
    connection: Connection, statement: Any, many: Any, single: Any, _options: Any
) -> tuple[Any, Any, Any]:
    """Confine a statement that is about to run to the owner of its connection; SQLAlchemy's `before_execute`."""
    if not isinstance(statement, Insert | Update | Delete | Select):
        return statement, many, single
    options = connection.get_execution_options()
    owner = options.get(OPTION)
    if owner is None:
        return _confine_to_task(statement, options.get(TASK_OPTION)), many, single
    if isinstance(statement, Insert) and (column := _get_writer_column(statement.table)):
        many = [{**row, column: owner} for row in many]  # what is given beside a statement counts last
        single = {**single, column: owner} if single else single
    return confine(statement, owner), many, single


def confine(statement: Any, owner: str) -> Any:
    """Return a statement that sees, changes or adds rows of one owner only, in what is nested in it too.

    The right sides of outer joins are left to their ON clause: every link between owned tables includes the owner.
    What is shared is seen by both of its people, what a coach gives a group by its members.

    Args:
        statement: An insert, update, delete or select.
        owner: Id of the owner.
    """
    if isinstance(statement, Insert):
        if statement.select is not None:
            raise RuntimeError(NO_COPYING)
        column = _get_writer_column(statement.table)
        return statement.values({column: owner}) if column else statement

    def is_nested(element: Any) -> bool:
        return element is not statement and isinstance(element, Select)

    inner, elements = statement, list(visitors.iterate(statement))
    if any(map(is_nested, elements)):
        inner = visitors.replacement_traverse(
            statement, {}, lambda element, **_: confine(element, owner) if is_nested(element) else None
        )
    if isinstance(inner, Update | Delete):  # what is shared is only changed by whose it is
        return inner.where(inner.table.c.owner == owner) if inner.table in PERSONAL else inner
    for table in _find_single_tables(statement, elements) or _list_required(inner.get_final_froms()):
        if table in SHARED:
            inner = inner.where(or_(table.c.owner == owner, table.c.coach == owner))
        elif table in GIVEN:
            inner = inner.where(or_(table.c.owner == owner, _is_for_member(table, owner)))
        else:
            inner = inner.where(table.c.owner == owner)
    return inner


def _is_for_member(table: FromClause, owner: str) -> ColumnElement[bool]:
    """Return the condition that a row belongs to a group which a person has joined."""
    joined = select(memberships.c.group_id).where(memberships.c.owner == owner)
    return (table.c.id if table is groups else table.c.group_id).in_(joined)


def _get_writer_column(table: FromClause) -> str | None:
    """Return the column that says who adds a row: a coach a hearing, everything else its owner; None for the others."""
    if table is hearings:
        return "coach"
    return "owner" if table in PERSONAL else None


def _find_single_tables(statement: Any, elements: Sequence[Any]) -> list[FromClause]:
    """Return the tables of people's rows in a query without joins or anything nested; none for any other.

    It takes a fiftieth of the time that SQLAlchemy needs to say so, which is as long as that of a short query itself.
    """
    if getattr(statement, "_setup_joins", True) or getattr(statement, "_from_obj", True):
        return []
    named = {getattr(each, "table", each) for each in elements if each is not statement}
    if any(isinstance(each, Select | FromClause) and not isinstance(each, Table) for each in named):
        return []
    return [table for table in PERSONAL if table in named]


def _list_required(froms: Sequence[FromClause]) -> Iterator[FromClause]:
    """Yield the tables of people's rows that are not optional."""
    for each in froms:
        if isinstance(each, Join):
            yield from _list_required([each.left] if each.isouter else [each.left, each.right])
        elif each in PERSONAL or (isinstance(each, Alias) and each.element in OWNED):
            yield each


def _confine_to_task(statement: Any, task: str | None) -> Any:
    """Return a statement of a connection without an owner, which may see what its task needs of everybody."""
    named = {getattr(each, "table", each) for each in visitors.iterate(statement)}
    used = {table for table in PERSONAL if table in named}
    if task == Task.QUEUE and used == {attempts} and isinstance(statement, Select):
        return statement.where(attempts.c.state == WAITING_STATE)
    if task == Task.COUNTS and used == {attempts, memberships, group_questions} and isinstance(statement, Select):
        return statement
    if used:
        raise RuntimeError(NO_OWNER.format(tables=", ".join(sorted(table.name for table in used))))
    return statement
