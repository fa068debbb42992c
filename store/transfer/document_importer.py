"""What the user wrote and planned, of an export: read strictly, and added where it is not here yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from interview.document_kinds import KINDS
from store.db import document_json, mapping
from store.db import documents as writing
from store.db.tables import things
from store.errors import StoreError


def rows_of(data: Any) -> list[mapping.Values]:
    """The rows of the things of an export, interviews first; raises StoreError with what is wrong with one."""
    try:
        return sorted(map(_row, data), key=lambda row: row["interview_id"] is not None)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise StoreError(
            f"Something written or planned in this export is damaged ({type(error).__name__}: {error}). Nothing was "
            "imported."
        ) from error


def add(connection: Connection, row: mapping.Values) -> bool:
    """Write one row, unless a thing of its id is here or its interview is nowhere."""
    if writing.is_known(connection, row["id"]):
        return False
    belongs_to = row["interview_id"]
    if belongs_to is not None and not writing.is_known(connection, belongs_to):
        return False
    connection.execute(insert(things).values(row))
    return True


def _row(data: Any) -> mapping.Values:
    thing = document_json.from_json(KINDS[data["kind"]], data["thing"])
    if mapping.ID.fullmatch(thing.id) is None:
        raise ValueError(f"not an id: {thing.id!r}")
    return writing.row(thing, datetime.fromisoformat(data["kept_at"]))
