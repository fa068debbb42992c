"""The user's own range of a measure as plain values: the four ends by name, where a missing one is open."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping

from analysis.finding import Band, Source
from analysis.measures.registry import MEASURES

OWN = Source("Your own range", "You set this range yourself.", is_evidence=False)
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


def band_from(measure: str, limits: object) -> Band:
    """A band of plain values; raises ValueError with a complaint that goes on after the name of the measure."""
    if measure not in MEASURES:
        raise ValueError(f"is no measure. The measures are {', '.join(MEASURES)}.")
    if not isinstance(limits, Mapping):
        raise ValueError(f"should be a table of {', '.join(ENDS)}. It is {reprlib.repr(limits)}.")
    for end in limits:
        if end not in ENDS:
            raise ValueError(f"has no {end}. A range is set by {', '.join(ENDS)}.")
    ends = {end: _number(measure, end, limits[end]) for end in limits}
    fine, watch = (ends.get("fine_from"), ends.get("fine_to")), (ends.get("watch_from"), ends.get("watch_to"))
    _check(fine, watch)
    return Band(fine, watch, OWN)


def band_to(band: Band) -> dict[str, float]:
    """A band as plain values."""
    ends = zip(ENDS, (*band.fine, *band.watch), strict=True)
    return {name: end for name, end in ends if end is not None}


def _number(measure: str, end: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most(measure):
        unit = MEASURES[measure].unit
        raise ValueError(
            f"needs a number from 0 to {most(measure)} ({unit}) in {end}, or none. It is {reprlib.repr(value)}."
        )
    return value


def _check(fine: tuple[float | None, float | None], watch: tuple[float | None, float | None]) -> None:
    (fine_low, fine_high), (watch_low, watch_high) = fine, watch
    if fine_low is None and fine_high is None:
        raise ValueError("sets no limit. Give fine_from or fine_to, or leave the measure out.")
    if fine_low is not None and fine_high is not None and fine_low > fine_high:
        raise ValueError(f"runs backwards: fine_from {fine_low:g} is more than fine_to {fine_high:g}. Swap the two.")
    if watch_low is not None and (fine_low is None or watch_low > fine_low):
        raise ValueError("needs a watch_from that is no more than fine_from, for the fine range lies inside the other.")
    if watch_high is not None and (fine_high is None or watch_high < fine_high):
        raise ValueError("needs a watch_to that is no less than fine_to, for the fine range lies inside the other.")
