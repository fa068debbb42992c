"""Errors of the borders of detected pauses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speech.segment import Segment

LONG_PAUSE_SECONDS = 0.5  # s; pauses of at least this must not be missed or made up
MIN_PAUSE_SECONDS = (
    0.2  # s; a little under the report's 0.25 s, so that no pause is lost to the error of its own borders
)


@dataclass(frozen=True)
class Borders:
    """Border errors of the pauses found, and the long pauses missed or invented; can be summed over clips."""

    errors: tuple[float, ...] = ()  # s, two for each pause found
    true: int = 0
    found: int = 0
    long_true: int = 0
    long_missed: int = 0
    long_false: int = 0

    def __add__(self, other: Borders) -> Borders:
        return Borders(
            self.errors + other.errors,
            self.true + other.true,
            self.found + other.found,
            self.long_true + other.long_true,
            self.long_missed + other.long_missed,
            self.long_false + other.long_false,
        )

    @property
    def mean(self) -> float | None:
        """Mean border error in seconds; None when no pause was found."""
        return sum(self.errors) / len(self.errors) if self.errors else None

    @property
    def worst(self) -> float | None:
        """Largest border error in seconds; None when no pause was found."""
        return max(self.errors, default=None)


def compare(true: Sequence[Segment], heard: Sequence[Segment]) -> Borders:
    """Pair pauses by overlap, longest first, each used once.

    Args:
        true: Pauses of the reference.
        heard: Gaps of the system; those under `MIN_PAUSE_SECONDS` are ignored.
    """
    heard = [gap for gap in heard if gap.duration >= MIN_PAUSE_SECONDS]
    shared = [
        (gap.overlap(pause), i, j) for i, pause in enumerate(true) for j, gap in enumerate(heard) if gap.overlap(pause)
    ]
    pairs: dict[int, int] = {}  # true -> heard
    for _, i, j in sorted(shared, reverse=True):
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    errors = [
        error
        for i, j in sorted(pairs.items())
        for error in (abs(true[i].start - heard[j].start), abs(true[i].end - heard[j].end))
    ]
    long = [i for i, pause in enumerate(true) if pause.duration >= LONG_PAUSE_SECONDS]
    return Borders(
        errors=tuple(errors),
        true=len(true),
        found=len(pairs),
        long_true=len(long),
        long_missed=sum(i not in pairs for i in long),
        long_false=sum(gap.duration >= LONG_PAUSE_SECONDS and j not in pairs.values() for j, gap in enumerate(heard)),
    )
