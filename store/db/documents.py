"""What the user wrote or planned: each thing one row, its value as JSON. Each function is a part of one transaction."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from codec.refusals import Refusal
from interview.document_kinds import KINDS
from store.db import document_json, mapping
from store.db.tables import things
from store.errors import StoreError

CHANGED_ELSEWHERE = (
    "This was changed in another window in the meantime, and that change was kept. Load the page again, then make "
    "yours."
)
GONE = "This was deleted in the meantime. Load the page again."
INTERVIEW_GONE = "The interview this belongs to was deleted in the meantime, so it was not kept. Load the page again."
UNREADABLE = "Something that was kept here cannot be read ({error}). Update Answer Aloud; nothing was changed."


def is_known(connection: Connection, thing_id: str) -> bool:
    """Whether there is such a thing."""
    return connection.scalar(select(things.c.id).where(things.c.id == thing_id)) is not None


def keep(connection: Connection, thing: Any, instead_of: Any, now: datetime) -> None:
    """Write a new thing, or one in the place of what it was made from; raises StoreError when that is not there."""
    found = connection.execute(select(things).where(things.c.id == thing.id)).first()
    new, old = document_json.to_json(thing), None if found is None else json.loads(found.body)
    if new == old:
        return
    belongs_to = getattr(thing, "interview", None)
    if belongs_to is not None and not is_known(connection, belongs_to):
        raise StoreError(INTERVIEW_GONE)
    if instead_of is None and old is None:
        connection.execute(insert(things).values(row(thing, now)))
    elif old is None:
        raise StoreError(GONE)
    elif instead_of is None or document_json.to_json(instead_of) != old:
        raise StoreError(CHANGED_ELSEWHERE)
    else:
        changed = {name: value for name, value in row(thing, now).items() if name not in ("kept_at", "zone_offset")}
        connection.execute(update(things).where(things.c.id == thing.id).values(changed))


def row(thing: Any, now: datetime) -> mapping.Values:
    """A thing as the columns that keep it."""
    body = document_json.to_json(thing)
    return {
        "id": thing.id,
        "kind": name_of(type(thing)),
        "interview_id": getattr(thing, "interview", None),
        "body": json.dumps(body, ensure_ascii=False),
        "said": "\n".join(document_json.texts(body)).casefold(),
        **mapping.moment(now, "kept_at"),
    }


def name_of(kind: type) -> str:
    """The name that things of a kind are kept under; raises ValueError for a kind that is not kept."""
    for name, known in KINDS.items():
        if known is kind:
            return name
    raise ValueError(f"{kind.__name__} is not in interview.document_kinds")


def of_kind(connection: Connection, kind: type, interview: str | None) -> tuple[Any, ...]:
    """The things of a kind, of one interview or all of them, in the order they were first kept."""
    chosen = select(things).where(things.c.kind == name_of(kind))
    if interview is not None:
        chosen = chosen.where(things.c.interview_id == interview)
    return tuple(map(value, connection.execute(chosen.order_by(things.c.kept_at, things.c.id))))


def one(connection: Connection, kind: type, thing_id: str) -> Any:
    """One thing; raises StoreError when there is none of this kind."""
    found = connection.execute(select(things).where(things.c.id == thing_id, things.c.kind == name_of(kind))).first()
    if found is None:
        raise StoreError(GONE)
    return value(found)


def value(found: Any) -> Any:
    """A row as the thing it keeps; raises StoreError when it cannot be read."""
    try:
        return document_json.from_text(KINDS[found.kind], found.body)
    except (LookupError, Refusal) as error:
        raise StoreError(UNREADABLE.format(error=error)) from error


def remove(connection: Connection, thing_id: str | None) -> None:
    """Delete one thing with all that belongs to it, or everything with None."""
    chosen = delete(things)
    connection.execute(chosen if thing_id is None else chosen.where(things.c.id == thing_id))
