"""What the user wrote and planned, of an export: read strictly, and added where it is not here yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from codec.adapters import read_json, read_plain
from codec.refusals import Refusal
from interview.document_kinds import KINDS
from store.db import documents as writing
from store.db import mapping
from store.db.tables import things
from store.errors import StoreError


@dataclass(frozen=True)
class ExportedDocument:
    """Something written or planned, with the name of its kind."""

    kind: str
    kept_at: datetime
    thing: dict[str, Any]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is none of {', '.join(KINDS)}")


def rows_of(text: bytes) -> list[mapping.Values]:
    """Return the rows of the things of an export, interviews first; raises StoreError with what is wrong with one."""
    try:
        found = read_json(tuple[ExportedDocument, ...], text, complete=True)
        return sorted(map(_row, found), key=lambda row: row["interview_id"] is not None)
    except (Refusal, ArithmeticError) as error:  # a moment beyond all years, in another zone
        raise StoreError(
            f"Something written or planned in this export is damaged ({error}). Nothing was imported."
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


def _row(found: ExportedDocument) -> mapping.Values:
    thing: Any = read_plain(KINDS[found.kind], found.thing)
    if mapping.ID.fullmatch(thing.id) is None:
        raise Refusal(("id",), f"should be 32 hexadecimal digits, not {thing.id!r}")
    return writing.row(thing, found.kept_at)
