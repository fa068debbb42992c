"""The user's own range of a measure as plain values: the four ends by name, where a missing one is open."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.finding import Band, Source
from analysis.measures.registry import MEASURES
from codec.refusals import Complaint, Refusal

End = float | None

OWN = Source("Your own range", "You set this range yourself.", is_evidence=False)
UNKNOWN = f"is no measure. The measures are {', '.join(MEASURES)}."
ENDS = ("fine_from", "fine_to", "watch_from", "watch_to")
MOST = {
    "share": 1,
    "of 3": 3,
    "per 100 words": 100,
    "syllables/s": 30,
    "semitones": 60,
    "per min": 600,
    "words/min": 1000,
    "s": 3600,
}  # by unit, what no answer goes beyond
MOST_OF_ALL = 10_000  # of any other unit


def most(measure: str) -> float:
    """The largest sensible end of a range of a measure; the smallest is 0."""
    return MOST.get(MEASURES[measure].unit, MOST_OF_ALL)


@dataclass(frozen=True)
class Limits:
    """The ends of a range as they are written; None is open."""

    fine_from: float | None = None
    fine_to: float | None = None
    watch_from: float | None = None
    watch_to: float | None = None


def band_from(measure: str, limits: Mapping[str, float]) -> Band:
    """Return a band of its ends by name; raises Complaint."""
    return band(measure, Limits(**limits))


def band(measure: str, limits: Limits) -> Band:
    """Return the band that the limits mean; raises Complaint, which goes on after the name of the measure."""
    if measure not in MEASURES:
        raise Complaint(UNKNOWN, measure)
    for end in ENDS:
        value = getattr(limits, end)
        if value is not None and not 0 <= value <= most(measure):
            raise Complaint(_out_of_range(measure, end, value), measure)
    fine, watch = (limits.fine_from, limits.fine_to), (limits.watch_from, limits.watch_to)
    fault = _fault(fine, watch)
    if fault is not None:
        raise Complaint(fault, measure)
    return Band(fine, watch, OWN)


def band_to(band: Band) -> dict[str, float]:
    """A band as plain values."""
    ends = zip(ENDS, (*band.fine, *band.watch), strict=True)
    return {name: end for name, end in ends if end is not None}


def complaint(measure: str, inner: Sequence[str], refusal: Refusal) -> str:
    """Return what is wrong with the written range of a measure; `inner` leads to the place in it."""
    if refusal.is_worded or measure not in MEASURES:
        return refusal.complaint if refusal.is_worded else UNKNOWN
    if not inner:
        return f"should be a table of {', '.join(ENDS)}. It is {reprlib.repr(refusal.found)}."
    if inner[0] not in ENDS:
        return f"has no {inner[0]}. A range is set by {', '.join(ENDS)}."
    return _out_of_range(measure, inner[0], refusal.found)


def _out_of_range(measure: str, end: str, value: object) -> str:
    unit = MEASURES[measure].unit
    return f"needs a number from 0 to {most(measure)} ({unit}) in {end}, or none. It is {reprlib.repr(value)}."


def _fault(fine: tuple[End, End], watch: tuple[End, End]) -> str | None:
    (fine_low, fine_high), (watch_low, watch_high) = fine, watch
    if fine_low is None and fine_high is None:
        return "sets no limit. Give fine_from or fine_to, or leave the measure out."
    if fine_low is not None and fine_high is not None and fine_low > fine_high:
        return f"runs backwards: fine_from {fine_low:g} is more than fine_to {fine_high:g}. Swap the two."
    if watch_low is not None and (fine_low is None or watch_low > fine_low):
        return "needs a watch_from that is no more than fine_from, for the fine range lies inside the other."
    if watch_high is not None and (fine_high is None or watch_high < fine_high):
        return "needs a watch_to that is no less than fine_to, for the fine range lies inside the other."
    return None
