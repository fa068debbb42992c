"""The axes of a chart of answers: what range of values is drawn, and which days are named below."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.progress.series import Point
from app_pages.ui.wording import short_day

DAYS = 5  # under the chart at most
PART = 0.06  # of the drawn range is left free at each end

Spec = dict[str, Any]


def domain(points: Sequence[Point], band: Band | None) -> tuple[float, float]:
    """The drawn range: every answer, the uncertainty of those that are long enough, and the ends of the band."""
    values = [point.value for point in points]
    values += [end for point in points if point.interval and point.is_eligible for end in point.interval]
    values += [end for end in (band.fine if band else ()) if end is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 <= low < high / 2:
        low = 0.0
    room = PART * ((high - low) or abs(high) or 1.0)
    return low if low == 0 else low - room, high + room


def day_ticks(points: Sequence[Point]) -> dict[int, str]:
    """Where days are named below the chart: at most `DAYS` places where a new day begins, spread evenly."""
    days = [point.until.date() for point in points]
    begins = [1, *(place for place, (before, now) in enumerate(pairwise(days), 2) if before != now)] if days else []
    if len(begins) > DAYS:
        begins = [begins[round(step * (len(begins) - 1) / (DAYS - 1))] for step in range(DAYS)]
    several_years = len({day.year for day in days}) > 1
    return {
        place: f"{short_day(days[place - 1])}{f' {days[place - 1]:%y}' if several_years else ''}" for place in begins
    }


def frame(points: Sequence[Point], measure: Measure, low: float, high: float) -> Spec:
    """What the x and y of every layer have in common."""
    across = {"domain": [0.5, len(points) + 0.5], "nice": False, "zero": False}
    upwards = {"domain": [low, high], "nice": False, "zero": False}
    is_share = measure.unit == "share"
    values = {
        "title": None,
        "tickCount": 4,
        "format": ".0%" if is_share else ".2~f",
        "tickMinStep": 0.01 if is_share else 10**-measure.decimals,
    }
    return {
        "x": {"type": "quantitative", "scale": across, "axis": _days(points)},
        "y": {"type": "quantitative", "scale": upwards, "axis": values},
    }


def _days(points: Sequence[Point]) -> Spec:
    ticks = day_ticks(points)
    return {
        "title": None,
        "grid": False,
        "values": list(ticks),
        "labelExpr": f"{json.dumps(list(ticks.values()))}[indexof({json.dumps(list(ticks))}, datum.value)]",
        "labelFlush": True,
        "labelOverlap": True,
    }
