"""A stretch of time inside a recording.

Conventions: seconds from the start of the recording; a span includes its start and excludes its end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Span:
    """A stretch of time [start, end) in seconds from the start of the recording."""

    start: float
    end: float

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span starts at 0 s or later and does not end before it starts: {self!r}")

    def __str__(self) -> str:
        return f"{self.start:.2f}-{self.end:.2f} s"

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.end - self.start

    @property
    def middle(self) -> float:
        """The moment half-way, in seconds."""
        return (self.start + self.end) / 2

    def overlap(self, other: Span) -> float:
        """Seconds that both spans share; 0 when they do not meet."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))

    def shared(self, other: Span) -> Span:
        """The stretch that both spans share; raises ValueError when they do not meet."""
        return Span(max(self.start, other.start), min(self.end, other.end))


def total(spans: Iterable[Span]) -> float:
    """Sum of the durations in seconds."""
    return sum(span.duration for span in spans)


def gaps(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The stretches between neighbouring spans, in time order; spans that touch or overlap leave none."""
    found: list[Span] = []
    reach: float | None = None
    for span in sorted(spans):
        if reach is not None and span.start > reach:
            found.append(Span(reach, span.start))
        reach = span.end if reach is None else max(reach, span.end)
    return tuple(found)
