"""Functions that read and write documents, each within the caller's transaction.

A document is one row, with its value as JSON.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from codec.refusals import Refusal
from interview.document_kinds import DOCUMENT_KINDS
from store.db import deletions, document_json, mapping, revisions
from store.db.tables import documents
from store.db.tolerant import UnreadableRow, read_each
from store.errors import StoreError

CHANGED_ELSEWHERE = "You changed this in another window, and that change was saved. Reload the page, then make yours."
DOCUMENT_GONE = "This has been deleted. Reload the page."
INTERVIEW_GONE = "The interview this belongs to has been deleted, so we didn't save it. Reload the page."
# Kinds whose documents belong to the attempt that their field `attempt` names, and go with it.
KINDS_OF_ATTEMPTS = frozenset(
    name for name, kind in DOCUMENT_KINDS.items() if any(field.name == "attempt" for field in fields(kind))
)
UNREADABLE = "We can't read something saved here ({error}). Update Answer Aloud. Nothing was changed."


def is_known(connection: Connection, document_id: str) -> bool:
    """Return whether the document exists."""
    return connection.scalar(select(documents.c.id).where(documents.c.id == document_id)) is not None


def save(connection: Connection, document: Any, expected: Any, now: datetime) -> None:
    """Insert a document, or update the stored version it was edited from.

    Args:
        connection: An open transaction.
        document: The document.
        expected: The version it was edited from; None for a new document.
        now: The current time, with a time zone.

    Raises:
        StoreError: If the stored version differs from `expected`, or the document or its interview
            was deleted.
    """
    found = connection.execute(select(documents).where(documents.c.id == document.id)).first()
    new, old = document_json.to_json(document), None if found is None else json.loads(found.body)
    if new == old:
        return
    belongs_to = getattr(document, "interview", None)
    if belongs_to is not None and not is_known(connection, belongs_to):
        raise StoreError(INTERVIEW_GONE)
    if expected is None and found is None:
        first = revisions.build_columns(None, None, dump_body(new))
        connection.execute(insert(documents).values(build_row(document, now) | first))
        deletions.restore(connection, [document.id])  # such as a tick that was taken away and is set again
    elif found is None:
        raise StoreError(DOCUMENT_GONE)
    elif expected is None or document_json.to_json(expected) != old:
        raise StoreError(CHANGED_ELSEWHERE)
    else:
        new_row = build_row(document, now)
        changed = {name: value for name, value in new_row.items() if name not in ("kept_at", "zone_offset")}
        before = found.revision or make_first_revision(found.body)
        changed |= revisions.build_columns(before, found.ancestors, dump_body(new))
        connection.execute(update(documents).where(documents.c.id == document.id).values(changed))


def build_row(document: Any, now: datetime) -> mapping.Values:
    """Return a document as the columns of its row.

    Args:
        document: The document.
        now: When it was first saved, with a time zone.
    """
    body = document_json.to_json(document)
    return {
        "id": document.id,
        "kind": get_kind_name(type(document)),
        "interview_id": getattr(document, "interview", None),
        "body": json.dumps(body, ensure_ascii=False),
        "said": "\n".join(document_json.collect_texts(body)).casefold(),
        **mapping.split_moment(now, "kept_at"),
    }


def make_first_revision(body: str) -> str:
    """Return the revision of a document that has none, from its body as stored."""
    return revisions.make_revision(None, dump_body(json.loads(body)))


def dump_body(body: Any) -> str:
    """Return the JSON of a document as the text that its revision is made from."""
    return json.dumps(body, sort_keys=True)


def get_kind_name(kind: type) -> str:
    """Return the name under which a type is stored; raises ValueError if it is not registered."""
    for name, known in DOCUMENT_KINDS.items():
        if known is kind:
            return name
    raise ValueError(f"{kind.__name__} is not in interview.document_kinds")


def load_documents(connection: Connection, kind: type, interview: str | None) -> tuple[Any, ...]:
    """Return the documents of a type that can be read, in the order they were first saved.

    Args:
        connection: An open transaction.
        kind: A type in `interview.document_kinds`.
        interview: Id of the interview they belong to; None: all.
    """
    chosen = select(documents).where(documents.c.kind == get_kind_name(kind))
    if interview is not None:
        chosen = chosen.where(documents.c.interview_id == interview)
    return read_each(connection, chosen.order_by(documents.c.kept_at, documents.c.id), documents.c.id, parse_row).values


def list_unreadable(connection: Connection) -> tuple[UnreadableRow, ...]:
    """Return the documents of all kinds that cannot be read."""
    return read_each(connection, select(documents), documents.c.id, parse_row).unreadable


def load_document(connection: Connection, kind: type, document_id: str) -> Any:
    """Return one document; raises StoreError if there is none of this type."""
    found = connection.execute(
        select(documents).where(documents.c.id == document_id, documents.c.kind == get_kind_name(kind))
    ).first()
    if found is None:
        raise StoreError(DOCUMENT_GONE)
    return parse_row(found)


def parse_row(found: Any) -> Any:
    """Parse a row as a document; raises StoreError if it cannot be read."""
    try:
        return document_json.from_text(DOCUMENT_KINDS[found.kind], found.body)
    except (LookupError, Refusal) as error:
        raise StoreError(UNREADABLE.format(error=error)) from error


def list_belonging(connection: Connection, attempt_ids: Collection[str]) -> tuple[str, ...]:
    """Return the ids of the documents that belong to attempts."""
    chosen = select(documents).where(documents.c.kind.in_(KINDS_OF_ATTEMPTS))
    found = read_each(connection, chosen.order_by(documents.c.id), documents.c.id, _find_owner).values
    return tuple(document_id for document_id, owner in found if owner in attempt_ids)


def find_attempt(kind: str, body: str) -> str | None:
    """Return the id of the attempt that a document belongs to; None if it belongs to none.

    Args:
        kind: Name of its kind.
        body: Its JSON as stored.
    """
    owner = json.loads(body).get("attempt") if kind in KINDS_OF_ATTEMPTS else None
    return owner if isinstance(owner, str) else None


def _find_owner(row: Any) -> tuple[str, str | None]:
    return row.id, find_attempt(row.kind, row.body)


def remove(connection: Connection, document_id: str | None) -> None:
    """Delete one document with everything that belongs to it, or all with None; their shares go too."""
    chosen = delete(documents)
    connection.execute(chosen if document_id is None else chosen.where(documents.c.id == document_id))
    deletions.forget_shares(connection, None if document_id is None else (document_id,))
