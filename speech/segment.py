"""A segment of time inside a recording.

Times are seconds from the start of the recording; a segment includes its start and excludes its
end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Segment:
    """A segment [start, end) in seconds from the start of the recording."""

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
        """The midpoint, in seconds."""
        return (self.start + self.end) / 2

    def overlap(self, other: Segment) -> float:
        """Return the seconds that both segments share; 0 if they do not overlap."""
        return max(0.0, min(self.end, other.end) - max(self.start, other.start))

    def intersect(self, other: Segment) -> Segment:
        """Return the segment that both share.

        Raises:
            ValueError: They neither overlap nor touch.
        """
        return Segment(max(self.start, other.start), min(self.end, other.end))


def sum_durations(spans: Iterable[Segment]) -> float:
    """Return the sum of the durations, in seconds."""
    return sum(span.duration for span in spans)


def find_gaps(spans: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the gaps between neighbouring segments, in time order; touching segments leave none."""
    found: list[Segment] = []
    reach: float | None = None
    for span in sorted(spans):
        if reach is not None and span.start > reach:
            found.append(Segment(reach, span.start))
        reach = span.end if reach is None else max(reach, span.end)
    return tuple(found)
