"""Reading of many rows where one that is damaged costs only itself."""

from __future__ import annotations

import logging
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, Connection, Select
from sqlalchemy.exc import DBAPIError

from codec.refusals import Refusal
from speech.errors import AnswerAloudError

LOG = logging.getLogger(__name__)
SQLITE_DRIVERS = ("sqlite3", "sqlcipher3")
Value = TypeVar("Value")
# What a damaged value can raise on its way from a column to a field.
VALUE_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, struct.error)
ROW_FAULTS = (*VALUE_FAULTS, AnswerAloudError, Refusal, DBAPIError)


@dataclass(frozen=True)
class UnreadableRow:
    """A row that cannot be read, with the reason as its error says it."""

    id: str
    reason: str


@dataclass(frozen=True)
class ReadRows(Generic[Value]):
    """What could be read, in the order of the query, and the rows that could not."""

    values: tuple[Value, ...]
    unreadable: tuple[UnreadableRow, ...] = ()


def read_each(
    connection: Connection, query: Select[Any], key: Column[Any], convert: Callable[[Any], Value]
) -> ReadRows[Value]:
    """Convert the rows of a query; if that fails, read them one by one and leave out those that fail.

    Args:
        connection: An open transaction.
        query: A query of one table.
        key: The primary key of that table.
        convert: Makes the value of a row.

    Raises:
        DBAPIError: The database cannot be used, or is damaged where even the keys cannot be read.
    """
    try:
        return ReadRows(tuple(map(convert, connection.execute(query))))
    except ROW_FAULTS as error:
        if not is_fault_of_row(error):
            raise
    values, unreadable = [], []
    for found in connection.scalars(query.with_only_columns(key)).all():
        try:
            values.append(convert(_read_one(connection, query.where(key == found))))
        except ROW_FAULTS as error:
            if not is_fault_of_row(error):
                raise
            reason = describe_fault(error)
            LOG.warning("row %s of %s cannot be read: %s", found, key.table.name, reason)
            unreadable.append(UnreadableRow(str(found), reason))
    return ReadRows(tuple(values), tuple(unreadable))


def _read_one(connection: Connection, query: Select[Any]) -> Any:
    row = connection.execute(query).first()
    if row is None:  # deleted meanwhile, or an index is damaged
        raise LookupError("the database doesn't find it any more")
    return row


def is_fault_of_row(error: BaseException) -> bool:
    """Return whether an error may come from one damaged row, so that others can still be read."""
    if not isinstance(error, DBAPIError):
        return True
    if type(error.orig).__module__.partition(".")[0] not in SQLITE_DRIVERS:
        return False
    name = getattr(error.orig, "sqlite_errorname", "SQLITE_CORRUPT")  # none: text that is not UTF-8
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_ERROR"))


def describe_fault(error: BaseException) -> str:
    """Return an error as one short line."""
    told = error.orig if isinstance(error, DBAPIError) else error
    return f"{type(told).__name__}: {told}".split("\n")[0][:200]
