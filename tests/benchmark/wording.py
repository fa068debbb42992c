"""Word errors of a transcript, without filled pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """Word counts and edits of a shortest alignment (Levenshtein); can be summed over clips."""

    true: int = 0
    heard: int = 0
    deleted: int = 0
    inserted: int = 0
    replaced: int = 0

    def __add__(self, other: Wording) -> Wording:
        return Wording(
            self.true + other.true,
            self.heard + other.heard,
            self.deleted + other.deleted,
            self.inserted + other.inserted,
            self.replaced + other.replaced,
        )

    @property
    def count_error(self) -> float | None:
        """Signed error of the word count as a share of the true count; None when nothing was said."""
        return (self.heard - self.true) / self.true if self.true else None

    @property
    def error_rate(self) -> float | None:
        """Word error rate; None when nothing was said."""
        return (self.deleted + self.inserted + self.replaced) / self.true if self.true else None

    @property
    def deleted_share(self) -> float | None:
        """Share of the spoken words without a written counterpart; None when nothing was said."""
        return self.deleted / self.true if self.true else None


def compare(true: Sequence[str], heard: Sequence[str]) -> Wording:
    """Align two word sequences; of the shortest alignments, choose the one with most words in common."""
    # cost of a prefix pair: (edits, replacements, deletions, insertions), smallest first
    row = [(n, 0, 0, n) for n in range(len(heard) + 1)]
    for i, said in enumerate(true, start=1):
        above, row = row, [(i, 0, i, 0)]
        for j, wrote in enumerate(heard, start=1):
            edits, replaced, deleted, inserted = above[j - 1]
            step = int(said != wrote)
            same = (edits + step, replaced + step, deleted, inserted)
            edits, replaced, deleted, inserted = above[j]
            drop = (edits + 1, replaced, deleted + 1, inserted)
            edits, replaced, deleted, inserted = row[j - 1]
            add = (edits + 1, replaced, deleted, inserted + 1)
            row.append(min(same, drop, add))
    _, replaced, deleted, inserted = row[-1]
    return Wording(len(true), len(heard), deleted, inserted, replaced)
