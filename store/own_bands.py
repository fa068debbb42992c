"""The user's own target ranges for measures, as plain values.

A range has up to four ends by name; a missing end is open.
"""

from __future__ import annotations

import reprlib
from collections.abc import Sequence
from dataclasses import dataclass

from analysis.finding import Band, Source
from analysis.measures.registry import MEASURES
from codec.refusals import Complaint, Refusal

End = float | None

OWN_SOURCE = Source("Your own range", "You set this range yourself.", is_evidence=False)
UNKNOWN_MEASURE = f"isn't a measure. The measures are {', '.join(MEASURES)}."
ENDS = ("fine_from", "fine_to", "watch_from", "watch_to")
MAX_END_BY_UNIT = {
    "share": 1,
    "of 3": 3,
    "per 100 words": 100,
    "syllables/s": 30,
    "semitones": 60,
    "per min": 600,
    "words/min": 1000,
    "s": 3600,
}  # by unit, what no answer goes beyond
DEFAULT_MAX_END = 10_000  # of any other unit


def get_max_end(measure: str) -> float:
    """Return the largest allowed end of a range, in the measure's unit; the smallest is 0."""
    return MAX_END_BY_UNIT.get(MEASURES[measure].unit, DEFAULT_MAX_END)


@dataclass(frozen=True)
class BandLimits:
    """The ends of a range as written in the settings file; None is an open end."""

    fine_from: float | None = None
    fine_to: float | None = None
    watch_from: float | None = None
    watch_to: float | None = None


def make_band(measure: str, limits: BandLimits) -> Band:
    """Return the band that the limits describe.

    Args:
        measure: Key of the measure.
        limits: Ends of the range, in the measure's unit.

    Raises:
        Complaint: If the limits are invalid; its sentence continues after the name of the measure.
    """
    if measure not in MEASURES:
        raise Complaint(UNKNOWN_MEASURE, measure)
    for end in ENDS:
        value = getattr(limits, end)
        if value is not None and not 0 <= value <= get_max_end(measure):
            raise Complaint(_describe_out_of_range(measure, end, value), measure)
    fine, watch = (limits.fine_from, limits.fine_to), (limits.watch_from, limits.watch_to)
    fault = _find_fault(fine, watch)
    if fault is not None:
        raise Complaint(fault, measure)
    return Band(fine, watch, OWN_SOURCE)


def dump_band(band: Band) -> dict[str, float]:
    """Return a band as plain values: its closed ends by name."""
    ends = zip(ENDS, (*band.fine, *band.watch), strict=True)
    return {name: end for name, end in ends if end is not None}


def describe_mistake(measure: str, inner: Sequence[str], refusal: Refusal) -> str:
    """Describe what is wrong with the range of a measure in the settings file.

    Args:
        measure: Key of the measure.
        inner: Path to the wrong value inside the range; empty for the range as a whole.
        refusal: What the codec refused.
    """
    if refusal.is_worded or measure not in MEASURES:
        return refusal.complaint if refusal.is_worded else UNKNOWN_MEASURE
    if not inner:
        return f"should be a table of {', '.join(ENDS)}. It is {reprlib.repr(refusal.found)}."
    if inner[0] not in ENDS:
        return f"has no {inner[0]}. A range is set by {', '.join(ENDS)}."
    return _describe_out_of_range(measure, inner[0], refusal.found)


def _describe_out_of_range(measure: str, end: str, value: object) -> str:
    unit = MEASURES[measure].unit
    return f"needs a number from 0 to {get_max_end(measure)} ({unit}) in {end}, or none. It is {reprlib.repr(value)}."


def _find_fault(fine: tuple[End, End], watch: tuple[End, End]) -> str | None:
    (fine_low, fine_high), (watch_low, watch_high) = fine, watch
    if fine_low is None and fine_high is None:
        return "sets no limit. Give fine_from or fine_to, or leave the measure out."
    if fine_low is not None and fine_high is not None and fine_low > fine_high:
        return f"runs backwards: fine_from {fine_low:g} is more than fine_to {fine_high:g}. Swap the two."
    if watch_low is not None and (fine_low is None or watch_low > fine_low):
        return "needs a watch_from no higher than fine_from, because the first range lies inside the second."
    if watch_high is not None and (fine_high is None or watch_high < fine_high):
        return "needs a watch_to no lower than fine_to, because the first range lies inside the second."
    return None
