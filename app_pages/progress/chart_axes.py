"""Choose the axes of a chart of answers: the range of values, and the dates named below."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.progress.series import Point
from app_pages.ui.wording import format_short_date

MAX_DAY_LABELS = 5  # under the chart at most
MARGIN_SHARE = 0.06  # of the drawn range is left free at each end

Spec = dict[str, Any]


def compute_domain(points: Sequence[Point], band: Band | None) -> tuple[float, float]:
    """Return the range of values to draw.

    It holds every answer, the confidence intervals of those long enough to compare, and the finite ends of
    the band.
    """
    values = [point.value for point in points]
    values += [end for point in points if point.interval and point.is_eligible for end in point.interval]
    values += [end for end in (band.fine if band else ()) if end is not None]
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 <= low < high / 2:
        low = 0.0
    room = MARGIN_SHARE * ((high - low) or abs(high) or 1.0)
    return low if low == 0 else low - room, high + room


def choose_day_ticks(points: Sequence[Point]) -> dict[int, str]:
    """Return the dates to name below the chart, by place.

    At most MAX_DAY_LABELS places at which a new date begins, spread evenly; places count from 1.
    """
    days = [point.until.date() for point in points]
    begins = [1, *(place for place, (before, now) in enumerate(pairwise(days), 2) if before != now)] if days else []
    if len(begins) > MAX_DAY_LABELS:
        begins = [begins[round(step * (len(begins) - 1) / (MAX_DAY_LABELS - 1))] for step in range(MAX_DAY_LABELS)]
    several_years = len({day.year for day in days}) > 1
    return {
        place: f"{format_short_date(days[place - 1])}{f' {days[place - 1]:%y}' if several_years else ''}"
        for place in begins
    }


def make_axes(points: Sequence[Point], measure: Measure, low: float, high: float) -> Spec:
    """Return the x and y encodings that all layers share.

    Args:
        points: the points of the chart.
        measure: the measure.
        low: lower end of the drawn values.
        high: upper end of the drawn values.
    """
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
        "x": {"type": "quantitative", "scale": across, "axis": _make_day_axis(points)},
        "y": {"type": "quantitative", "scale": upwards, "axis": values},
    }


def _make_day_axis(points: Sequence[Point]) -> Spec:
    ticks = choose_day_ticks(points)
    return {
        "title": None,
        "grid": False,
        "values": list(ticks),
        "labelExpr": f"{json.dumps(list(ticks.values()))}[indexof({json.dumps(list(ticks))}, datum.value)]",
        "labelFlush": True,
        "labelOverlap": True,
    }
