"""An answer cut into overlapping passages: by clauses, each to say one thing, and by the count of words."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.text.clauses import clauses
from speech.transcript import Word, WordKind

LONGEST = 10  # words; chosen with the thresholds of `key_points`
_LONGEST_CLAUSE = 20  # words; recognisers sometimes leave out every mark


def passages(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Every run of neighbouring clauses of up to LONGEST words, fillers and repetitions left out.

    A clause that is longer stands alone; one beyond 20 words is cut into halves that overlap.
    """
    units = clauses([word for word in words if word.kind is WordKind.WORD])
    found: list[tuple[Word, ...]] = []
    for first in range(len(units)):
        found += _runs(units[first:])
    return tuple(found)


def windows(words: Sequence[Word], size: int, step: int) -> tuple[tuple[Word, ...], ...]:
    """Runs of `size` words that begin every `step` words, fillers and repetitions left out; the last may be shorter."""
    said = tuple(word for word in words if word.kind is WordKind.WORD)
    starts = range(0, max(1, len(said) - size + step), step) if said else ()
    return tuple(said[start : start + size] for start in starts)


def _runs(units: Sequence[tuple[Word, ...]]) -> list[tuple[Word, ...]]:
    """The passages that begin with the first unit."""
    passage = units[0]
    runs = [passage] if len(passage) <= _LONGEST_CLAUSE else _cut(passage)
    for unit in units[1:]:
        passage += unit
        if len(passage) > LONGEST:
            break
        runs.append(passage)
    return runs


def _cut(clause: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    half = LONGEST // 2
    return [clause[start : start + LONGEST] for start in range(0, len(clause) - half, half)]
