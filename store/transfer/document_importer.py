"""Import of documents from an export: read strictly, inserted if missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert

from codec.adapters import read_json, read_plain
from codec.refusals import Refusal
from interview.document_kinds import DOCUMENT_KINDS
from store.db import documents as writing
from store.db import mapping
from store.db.tables import documents
from store.errors import StoreError


@dataclass(frozen=True)
class ExportedDocument:
    """A document in an export, with the name of its kind."""

    kind: str
    kept_at: datetime
    thing: dict[str, Any]

    def __post_init__(self) -> None:
        if self.kind not in DOCUMENT_KINDS:
            raise ValueError(f"{self.kind!r} is none of {', '.join(DOCUMENT_KINDS)}")


def parse_documents(text: bytes) -> list[mapping.Values]:
    """Parse the documents of an export into rows, interviews first.

    Args:
        text: The JSON file.

    Raises:
        StoreError: If a document is damaged; the sentence says what is wrong.
    """
    try:
        found = read_json(tuple[ExportedDocument, ...], text, complete=True)
        return sorted(map(_parse_row, found), key=lambda row: row["interview_id"] is not None)
    except (Refusal, ArithmeticError) as error:  # a moment beyond all years, in another zone
        raise StoreError(
            f"Something written or planned in this export is damaged ({error}). Nothing was imported."
        ) from error


def add_document(connection: Connection, row: mapping.Values) -> bool:
    """Insert a document unless it exists or its interview is missing.

    Returns:
        Whether it was inserted.
    """
    if writing.is_known(connection, row["id"]):
        return False
    belongs_to = row["interview_id"]
    if belongs_to is not None and not writing.is_known(connection, belongs_to):
        return False
    connection.execute(insert(documents).values(row))
    return True


def _parse_row(found: ExportedDocument) -> mapping.Values:
    thing: Any = read_plain(DOCUMENT_KINDS[found.kind], found.thing)
    if mapping.ID_PATTERN.fullmatch(thing.id) is None:
        raise Refusal(("id",), f"should be 32 hexadecimal digits, not {thing.id!r}")
    return writing.build_row(thing, found.kept_at)
