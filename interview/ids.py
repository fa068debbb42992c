"""Names for what is kept: 32 hex digits, new ones or ones that always come out the same."""

from __future__ import annotations

from uuid import UUID, uuid4, uuid5

_NAMESPACE = UUID("5d0a6c0e-6d8b-5b52-9a53-0d4f6d3c2a11")


def new_id() -> str:
    """An id that nothing has yet."""
    return uuid4().hex


def same_id(kind: str, *parts: str) -> str:
    """The same id for the same parts: a tick of one entry, a step of one plan, so that it is kept once.

    `kind` is the name in `interview.document_kinds`, so that two kinds never meet.
    """
    return uuid5(_NAMESPACE, "\x1f".join((kind, *parts))).hex
