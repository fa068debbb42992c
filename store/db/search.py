"""Full-text search in answers, notes and documents."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from store.db import document_json, mapping
from store.db.tables import attempts, documents, notes, results
from store.db.tolerant import ROW_FAULTS, is_fault_of_row, read_each

ATTEMPT = "attempt"
EXCERPT_MARGIN_CHARACTERS = 60  # characters shown on each side of the first word found
MAX_RESULTS_PER_KIND = 100  # of attempts, and of other things


@dataclass(frozen=True)
class SearchResult:
    """An attempt or document that contains all words searched for."""

    kind: str  # "attempt", or a name of `interview.document_kinds`
    id: str
    excerpt: str  # around the first of the words


def search(connection: Connection, text: str) -> tuple[SearchResult, ...]:
    """Return what contains every word of a text: attempts first, each kind newest first.

    Args:
        connection: An open transaction.
        text: Words separated by spaces; without any, nothing is found.
    """
    words = text.casefold().split()
    if not words:
        return ()
    return (*_search_attempts(connection, words), *_search_documents(connection, words))


def _search_attempts(connection: Connection, words: list[str]) -> list[SearchResult]:
    noted = select(notes.c.attempt_id, func.group_concat(notes.c.text, " ").label("noted"))
    if connection.dialect.name == "postgresql":
        noted = select(notes.c.attempt_id, func.string_agg(notes.c.text, " ").label("noted"))
    by_attempt = noted.group_by(notes.c.attempt_id).subquery()
    chosen = select(attempts.c.id, attempts.c.question_text, results.c.said, by_attempt.c.noted)
    chosen = chosen.outerjoin(results)
    chosen = chosen.outerjoin(by_attempt, by_attempt.c.attempt_id == attempts.c.id)
    texts = (func.lower(attempts.c.question_text), results.c.said, func.lower(by_attempt.c.noted))
    for word in words:
        chosen = chosen.where(or_(*(each.contains(word, autoescape=True) for each in texts)))
    newest = chosen.order_by(attempts.c.recorded_at.desc()).limit(MAX_RESULTS_PER_KIND)
    try:
        return [_describe_attempt(row, words) for row in connection.execute(newest)]
    except ROW_FAULTS as error:
        if not is_fault_of_row(error):
            raise
    return _search_one_by_one(connection, chosen, words)


def _search_one_by_one(connection: Connection, chosen: Select[Any], words: list[str]) -> list[SearchResult]:
    """Search where a damaged value in any of the answers makes the database give up on all."""
    found = []
    for attempt_id in connection.scalars(select(attempts.c.id).order_by(attempts.c.recorded_at.desc())).all():
        try:
            row = connection.execute(chosen.where(attempts.c.id == attempt_id)).first()
            found += [] if row is None else [_describe_attempt(row, words)]
        except ROW_FAULTS as error:
            if not is_fault_of_row(error):
                raise
    return found[:MAX_RESULTS_PER_KIND]


def _describe_attempt(row: Any, words: list[str]) -> SearchResult:
    return SearchResult(ATTEMPT, row.id, _cut_excerpt(" ".join(filter(None, row[1:])), words))


def _search_documents(connection: Connection, words: list[str]) -> tuple[SearchResult, ...]:
    chosen = select(documents)
    for word in words:
        chosen = chosen.where(documents.c.said.contains(word, autoescape=True))
    newest = chosen.order_by(documents.c.kept_at.desc()).limit(MAX_RESULTS_PER_KIND)

    def describe(row: Any) -> SearchResult:
        return SearchResult(row.kind, row.id, _cut_excerpt(_join_matching_texts(row.body, words), words))

    return read_each(connection, newest, documents.c.id, describe).values


def _join_matching_texts(body: str, words: list[str]) -> str:
    """Return the texts of a document that contain one of the words; others are keys, times or irrelevant."""
    texts = [text for text in document_json.collect_texts(json.loads(body)) if not mapping.ID_PATTERN.fullmatch(text)]
    return " · ".join(text for text in texts if any(word in text.casefold() for word in words))


def _cut_excerpt(text: str, words: list[str]) -> str:
    at = max(0, min((place for word in words if (place := text.casefold().find(word)) >= 0), default=0))
    start, end = max(0, at - EXCERPT_MARGIN_CHARACTERS), at + EXCERPT_MARGIN_CHARACTERS
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
