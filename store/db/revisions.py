"""Revisions of what can be changed on two machines, and which of two is to be used.

A revision is a digest of a value and of the revision before it, so that the same change made from the
same state has the same revision on every machine. With the revisions before it, its ancestors, a merge
can tell "changed there since" from "changed on both".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Any

from store.db.mapping import Values

MAX_ANCESTORS = 1000  # the oldest are forgotten; then a merge keeps both versions rather than one


class Choice(Enum):
    """What a merge does with the version from elsewhere; the last two keep the other one beside it."""

    KEEP = "keep"
    TAKE = "take"
    KEEP_BESIDE = "keep, with theirs beside it"
    TAKE_BESIDE = "take, with ours beside it"

    @property
    def takes(self) -> bool:
        """Whether the version from elsewhere is used."""
        return self in (Choice.TAKE, Choice.TAKE_BESIDE)

    @property
    def is_conflict(self) -> bool:
        """Whether both sides were changed."""
        return self in (Choice.KEEP_BESIDE, Choice.TAKE_BESIDE)


@dataclass(frozen=True)
class Revision:
    """One version of a value, for a merge."""

    name: str
    ancestors: frozenset[str]
    changed_at: datetime
    weight: int = 0  # of two that were both changed, the heavier is used, then the later


def make_revision(before: str | None, *parts: str | None) -> str:
    """Return the name of the revision that a change leads to.

    Args:
        before: The revision that was changed; None for the first.
        parts: The value, as texts.
    """
    digest = hashlib.sha256()
    for part in (before, *parts):
        data = (part or "").encode()
        digest.update(b"%d:" % len(data) if part is not None else b"-:")
        digest.update(data)
    return digest.hexdigest()[:32]


def make_seal(*texts: str | None) -> str:
    """Return the SHA-256 of the texts of a row, by which damage is seen."""
    return hashlib.sha256("\0".join(text or "" for text in texts).encode()).hexdigest()


def build_columns(before: str | None, ancestors: str | None, *parts: str | None) -> Values:
    """Return the columns of a row that was changed just now.

    Args:
        before: Its revision so far; None for a new row.
        ancestors: The revisions before that, as stored.
        parts: Its new value, as texts.
    """
    earlier = [*split_ancestors(ancestors), *([] if before is None else [before])]
    return {
        "revision": make_revision(before, *parts),
        "ancestors": join_ancestors(earlier),
        "changed_at": datetime.now(UTC),
    }


def split_ancestors(stored: str | None) -> list[str]:
    """Return the revisions in a column."""
    return stored.split(",") if stored else []


def join_ancestors(names: Iterable[str]) -> str:
    """Return revisions as a column, each once."""
    return ",".join(list(dict.fromkeys(names))[-MAX_ANCESTORS:])


def choose(ours: Revision, theirs: Revision) -> Choice:
    """Return which of two versions is used; the same on both machines."""
    if ours.name == theirs.name:
        return Choice.KEEP
    is_later, is_earlier = ours.name in theirs.ancestors, theirs.name in ours.ancestors
    if is_later is not is_earlier:
        return Choice.TAKE if is_later else Choice.KEEP
    takes = _rank(theirs) > _rank(ours)
    if is_later:  # each was changed into the other once
        return Choice.TAKE if takes else Choice.KEEP
    return Choice.TAKE_BESIDE if takes else Choice.KEEP_BESIDE


def unite(ours: Revision, theirs: Revision, chosen: Revision) -> Values:
    """Return the columns of a row after a merge: the chosen revision, with all others before it."""
    before = (ours.ancestors | theirs.ancestors | {ours.name, theirs.name}) - {chosen.name}
    return {"revision": chosen.name, "ancestors": join_ancestors(sorted(before)), "changed_at": chosen.changed_at}


def _rank(revision: Revision) -> tuple[Any, ...]:
    return revision.weight, revision.changed_at, revision.name
