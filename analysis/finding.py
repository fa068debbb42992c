"""One measured number, what it means, and the moments that produced it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from speech.segment import Span


class Verdict(StrEnum):
    """How a value stands to its band. INFO values are never judged; UNDEFINED ones were not measured."""

    FINE = "fine"
    WATCH = "watch"
    ACT = "act"
    INFO = "info"
    UNDEFINED = "undefined"


class Side(StrEnum):
    """On which side of its band a value lies."""

    BELOW = "below"
    INSIDE = "inside"
    ABOVE = "above"


@dataclass(frozen=True)
class Source:
    """Where a band or definition comes from; evidence was published by name, advice is what practitioners say."""

    name: str  # "Laske & DiGennaro Reed 2024"
    says: str  # one sentence, in our own words
    is_evidence: bool


@dataclass(frozen=True)
class Band:
    """The default range of a measure: fine inside `fine`, act outside `watch`, watch in between; None is open-ended."""

    fine: tuple[float | None, float | None]
    watch: tuple[float | None, float | None]
    source: Source

    def side(self, value: float) -> Side:
        """On which side of the fine range the value lies."""
        low, high = self.fine
        if low is not None and value < low:
            return Side.BELOW
        if high is not None and value > high:
            return Side.ABOVE
        return Side.INSIDE

    def verdict(self, value: float) -> Verdict:
        """Fine, watch or act."""
        if self.side(value) is Side.INSIDE:
            return Verdict.FINE
        low, high = self.watch
        if (low is not None and value < low) or (high is not None and value > high):
            return Verdict.ACT
        return Verdict.WATCH


@dataclass(frozen=True)
class Finding:
    """One measure of one answer. `value` is None when it could not be measured, and `detail` says why."""

    measure: str  # key of the Measure
    value: float | None
    verdict: Verdict
    side: Side | None  # None when there is no band or no value
    detail: str  # one neutral sentence about the speech, never about the person
    band: Band | None = None  # the band it was judged by, the user's own or the default one
    interval: tuple[float, float] | None = None  # 95 % uncertainty of a rate
    moments: tuple[Span, ...] = ()  # what produced it, to be heard
