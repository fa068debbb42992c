"""Finding words in all that is kept: in questions, in what was said, in notes, and in what was written or planned."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, func, or_, select

from store.db import document_json, mapping
from store.db.tables import attempts, notes, results, things

ATTEMPT = "attempt"
AROUND = 60  # characters shown on each side of the first word found
MOST = 100  # of attempts, and of other things


@dataclass(frozen=True)
class Found:
    """Something that holds all the words looked for."""

    kind: str  # "attempt", or a name of `interview.document_kinds`
    id: str
    excerpt: str  # around the first of the words


def search(connection: Connection, text: str) -> tuple[Found, ...]:
    """What holds every word of a text, the latest first and attempts before other things; none for no words."""
    words = text.casefold().split()
    if not words:
        return ()
    return (*_attempts(connection, words), *_things(connection, words))


def _attempts(connection: Connection, words: list[str]) -> list[Found]:
    noted = select(notes.c.attempt_id, func.group_concat(notes.c.text, " ").label("noted"))
    if connection.dialect.name == "postgresql":
        noted = select(notes.c.attempt_id, func.string_agg(notes.c.text, " ").label("noted"))
    by_attempt = noted.group_by(notes.c.attempt_id).subquery()
    chosen = select(attempts.c.id, attempts.c.question_text, results.c.said, by_attempt.c.noted)
    chosen = chosen.outerjoin(results, results.c.attempt_id == attempts.c.id)
    chosen = chosen.outerjoin(by_attempt, by_attempt.c.attempt_id == attempts.c.id)
    texts = (func.lower(attempts.c.question_text), results.c.said, func.lower(by_attempt.c.noted))
    for word in words:
        chosen = chosen.where(or_(*(each.contains(word, autoescape=True) for each in texts)))
    found = connection.execute(chosen.order_by(attempts.c.recorded_at.desc()).limit(MOST))
    return [Found(ATTEMPT, row.id, _excerpt(" ".join(filter(None, row[1:])), words)) for row in found]


def _things(connection: Connection, words: list[str]) -> list[Found]:
    chosen = select(things)
    for word in words:
        chosen = chosen.where(things.c.said.contains(word, autoescape=True))
    found = connection.execute(chosen.order_by(things.c.kept_at.desc()).limit(MOST))
    return [Found(row.kind, row.id, _excerpt(_matching(row.body, words), words)) for row in found]


def _matching(body: str, words: list[str]) -> str:
    """The texts of a thing that hold one of the words: the others say nothing of it, or are keys and times."""
    texts = [text for text in document_json.texts(json.loads(body)) if not mapping.ID.fullmatch(text)]
    return " · ".join(text for text in texts if any(word in text.casefold() for word in words))


def _excerpt(text: str, words: list[str]) -> str:
    at = max(0, min((place for word in words if (place := text.casefold().find(word)) >= 0), default=0))
    start, end = max(0, at - AROUND), at + AROUND
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
