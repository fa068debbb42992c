"""Matching of detected fillers with those of the reference, each used once.

A detected filler matches a true one if they overlap or lie within `COLLAR_SECONDS` of each other.
The matching is maximal (augmenting paths), so the order in which neighbours are tried cannot cost a
hit. Disputed fillers are matched last: they absorb detections that would otherwise be false, and
are never counted as missed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from speech.segment import Segment

COLLAR_SECONDS = 0.5  # s between the two sounds; a lone um/uh is timed to about 0.2 s in the truth


@dataclass(frozen=True)
class Hits:
    """Counts of found, false and missed fillers; can be summed over clips."""

    found: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Hits) -> Hits:
        return Hits(self.found + other.found, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """Share of the heard ones that are true, 0..1; None when nothing was heard."""
        return self.found / (self.found + self.false) if self.found + self.false else None

    @property
    def recall(self) -> float | None:
        """Share of the true ones that were heard, 0..1; None when there is none to hear."""
        return self.found / (self.found + self.missed) if self.found + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; None when there was nothing to hear and nothing was heard."""
        total = 2 * self.found + self.false + self.missed
        return 2 * self.found / total if total else None


@dataclass(frozen=True)
class Pairing:
    """The matching on one clip, as indices into the given sequences."""

    found: tuple[tuple[int, int], ...]  # (true, heard)
    false: tuple[int, ...]  # heard
    missed: tuple[int, ...]  # true
    disputed: tuple[int, ...]  # heard, but counted neither way

    @property
    def hits(self) -> Hits:
        """The matching as counts."""
        return Hits(len(self.found), len(self.false), len(self.missed))


def is_near(true: Segment, heard: Segment, collar: float = COLLAR_SECONDS) -> bool:
    """Return whether two segments overlap or lie at most `collar` seconds apart."""
    return max(true.start, heard.start) - min(true.end, heard.end) <= collar


def pair(
    true: Sequence[Segment], heard: Sequence[Segment], disputed: Sequence[Segment] = (), collar: float = COLLAR_SECONDS
) -> Pairing:
    """Match true and detected fillers: as many true ones as possible first, then disputed ones.

    Args:
        true: Fillers of the reference.
        heard: Detected fillers.
        disputed: Fillers that count neither way.
        collar: Largest gap between matching fillers, in s.
    """
    wanted = [*true, *disputed]
    taken: dict[int, int] = {}  # heard -> wanted

    def claim(want: int, tried: set[int]) -> bool:
        for hear, span in enumerate(heard):
            if hear in tried or not is_near(wanted[want], span, collar):
                continue
            tried.add(hear)
            if hear not in taken or claim(taken[hear], tried):
                taken[hear] = want
                return True
        return False

    for want in range(len(wanted)):  # an augmenting path never gives up an earlier one: the true come first
        claim(want, set())
    found = sorted((want, hear) for hear, want in taken.items() if want < len(true))
    hit = {want for want, _ in found}
    return Pairing(
        found=tuple(found),
        false=tuple(hear for hear in range(len(heard)) if hear not in taken),
        missed=tuple(want for want in range(len(true)) if want not in hit),
        disputed=tuple(sorted(hear for hear, want in taken.items() if want >= len(true))),
    )


def count_only(true: int, heard: int) -> Hits:
    """Compare two counts where the reference has no times: the smaller one is found."""
    found = min(true, heard)
    return Hits(found, heard - found, true - found)
