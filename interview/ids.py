"""Ids of documents: 32 hex digits, either new or derived from their parts."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("5d0a6c0e-6d8b-5b52-9a53-0d4f6d3c2a11")


def make_id() -> str:
    """Return a new, random id."""
    return uuid4().hex


def make_stable_id(kind: str, *parts: str) -> str:
    """Derive an id from its parts: the same parts give the same id, so a document is stored once.

    Args:
        kind: name in `interview.document_kinds`, which keeps the ids of two kinds apart.
        parts: what the document is about, such as the id of an interview.
    """
    return uuid5(_NAMESPACE, "\x1f".join((kind, *parts))).hex
