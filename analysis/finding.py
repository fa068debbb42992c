"""The result of one measure: its value, its verdict, and the moments it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from speech.segment import Segment


class Verdict(StrEnum):
    """How a value compares with its band; INFO values are not judged, UNDEFINED ones could not be measured."""

    FINE = "fine"
    WATCH = "watch"
    ACT = "act"
    INFO = "info"
    UNDEFINED = "undefined"


class Side(StrEnum):
    """Which side of its band a value lies on."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"


@dataclass(frozen=True)
class Source:
    """Where a band or a definition comes from: published evidence, or the advice of practitioners."""

    name: str  # "Laske & DiGennaro Reed 2024"
    says: str  # one sentence, in our own words
    is_evidence: bool


@dataclass(frozen=True)
class Band:
    """The target range of a measure: fine inside `fine`, act outside `watch`, watch in between.

    Each range is (low, high) in the unit of the measure; None is an open end.
    """

    fine: tuple[float | None, float | None]
    watch: tuple[float | None, float | None]
    source: Source

    def find_side(self, value: float) -> Side:
        """Return which side of the fine range the value lies on."""
        low, high = self.fine
        if low is not None and value < low:
            return Side.BELOW
        if high is not None and value > high:
            return Side.ABOVE
        return Side.INSIDE

    def judge(self, value: float) -> Verdict:
        """Return the verdict on a value: FINE, WATCH or ACT."""
        if self.find_side(value) is Side.INSIDE:
            return Verdict.FINE
        low, high = self.watch
        if (low is not None and value < low) or (high is not None and value > high):
            return Verdict.ACT
        return Verdict.WATCH


@dataclass(frozen=True)
class Finding:
    """The result of one measure for one answer; `value` is None if it could not be measured (see `detail`)."""

    measure: str  # key of the Measure
    value: float | None
    verdict: Verdict
    side: Side | None  # None when there is no band or no value
    detail: str  # one neutral sentence about the speech, never about the person
    band: Band | None = None  # the band it was judged by, the user's own or the default one
    interval: tuple[float, float] | None = None  # 95 % uncertainty of a rate
    moments: tuple[Segment, ...] = ()  # what produced it, to be heard
