"""Make the chart of one measure over the answers, as a Vega-Lite specification: plain values, no widgets.

Answers are spaced evenly in the order they were given, with their dates below: on a true time axis the
takes of one evening would hide each other. The colours have a contrast of at least 3:1 on the light and
on the dark background, and colour is never the only sign of anything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.progress.series import Point
from analysis.progress.trend import Trend
from analysis.wording import format_amount, format_count, format_number
from app_pages.ui.wording import format_date, format_date_time, format_short_date

ANSWER_COLOUR = "#26868f"  # answers
ENDS_COLOUR = "#b3701d"  # medians of the first and last answers
RANGE_COLOUR = "#7c8885"  # the range and the median of all
HEIGHT_PIXELS = 200  # px
SELECTION_NAME = "pick"  # the selection of a clicked point
_ENDS_LAYER = "ends"  # the layer of the medians that are compared
MAX_DAY_LABELS = 5  # under the chart at most
MARGIN_SHARE = 0.06  # of the drawn range is left free at each end
Spec = dict[str, Any]


def build_chart(
    points: Sequence[Point],
    trend: Trend,
    measure: Measure,
    *,
    band: Band | None,
    median: float | None,
    names: Mapping[str, str],
    is_whole: bool,
) -> Spec:
    """Build the chart.

    Args:
        points: answers, or medians of several, in time order.
        trend: the trend over all answers.
        measure: the measure.
        band: the range to shade; None for none.
        median: the user's median; None for none.
        names: names of the answers by their id, for the tooltips.
        is_whole: the points cover all answers; otherwise the median of the first ones is not drawn.
    """
    low, high = compute_domain(points, band)
    layers = [*_draw_band(band, low, high), *_draw_median(median), _draw_line(points), _draw_whiskers(points)]
    if points and points[0].answers == 1:
        layers += _draw_ends(points, trend, is_whole=is_whole)
    layers += [_draw_dots(points), _draw_click_targets(points, measure, names)]
    return {
        "height": HEIGHT_PIXELS,
        "layer": [_add_axes(layer, make_axes(points, measure, low, high)) for layer in layers],
        "params": _make_click_parameters(points),
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 0},
        "config": {"view": {"stroke": None}},
    }


def describe_chart(points: Sequence[Point], measure: Measure) -> str:
    """Describe the chart in a sentence, for screen readers.

    Args:
        points: one or more points in time order.
        measure: the measure.
    """
    first, last = points[0], points[-1]
    return (
        f"{measure.label} of {format_count(sum(point.answers for point in points), 'answer')}, "
        f"{format_date(first.since)} to {format_date(last.until)}: first {format_number(first.value, measure)}, "
        f"last {format_amount(last.value, measure)}."
    )


def has_ends(drawn: Spec) -> bool:
    """Return whether a chart shows the medians of the first and last answers."""
    return any(layer.get("name") == _ENDS_LAYER for layer in drawn["layer"])


def _add_axes(layer: Spec, shared: Spec) -> Spec:
    encoding = layer["encoding"]
    return layer | {"encoding": encoding | {key: encoding[key] | shared[key] for key in shared if key in encoding}}


def _draw_band(band: Band | None, low: float, high: float) -> list[Spec]:
    if band is None:
        return []
    ends = [end for end in band.fine if end is not None]
    start, end = (low if band.fine[0] is None else band.fine[0]), (high if band.fine[1] is None else band.fine[1])
    area = _make_layer(
        [{"from": start, "to": end}], {"type": "rect", "color": RANGE_COLOUR, "opacity": 0.16}, y="from", y2="to"
    )
    edges = {"type": "rule", "color": RANGE_COLOUR, "strokeDash": [2, 3]}
    return [area, _make_layer([{"value": end} for end in ends], edges, y="value")]


def _draw_median(median: float | None) -> list[Spec]:
    if median is None:
        return []
    return [
        _make_layer(
            [{"value": median}], {"type": "rule", "color": RANGE_COLOUR, "strokeDash": [9, 5], "size": 1.5}, y="value"
        )
    ]


def _draw_line(points: Sequence[Point]) -> Spec:
    mark = {"type": "line", "color": ANSWER_COLOUR, "opacity": 0.45, "strokeWidth": 1.5}
    return _make_layer(
        [{"place": place, "value": point.value} for place, point in _number_points(points) if point.is_eligible],
        mark,
        x="place",
        y="value",
    )


def _draw_whiskers(points: Sequence[Point]) -> Spec:
    rows = [
        {"place": place, "from": point.interval[0], "to": point.interval[1]}
        for place, point in _number_points(points)
        if point.interval and point.is_eligible
    ]
    mark = {"type": "rule", "color": ANSWER_COLOUR, "opacity": 0.45, "strokeWidth": 1.5, "clip": True}
    return _make_layer(rows, mark, x="place", y="from", y2="to")


def _draw_ends(points: Sequence[Point], trend: Trend, *, is_whole: bool) -> list[Spec]:
    """Draw the medians that are compared, each as a bar across its answers."""
    places = [place for place, point in _number_points(points) if point.is_eligible]
    many = trend.at_each_end
    if trend.before is None or trend.now is None or len(places) < many:
        return []
    rows = [{"from": places[-many] - 0.4, "to": places[-1] + 0.4, "value": trend.now}]
    if is_whole:
        rows.append({"from": places[0] - 0.4, "to": places[many - 1] + 0.4, "value": trend.before})
    mark = {"type": "rule", "color": ENDS_COLOUR, "strokeWidth": 4, "strokeCap": "round", "clip": True}
    return [_make_layer(rows, mark, x="from", x2="to", y="value") | {"name": _ENDS_LAYER}]


def _draw_dots(points: Sequence[Point]) -> Spec:
    """Draw each answer as a dot: filled if it counts, hollow if it was too short to compare."""
    rows = [
        {"place": place, "value": point.value, "counts": point.is_eligible} for place, point in _number_points(points)
    ]
    layer = _make_layer(
        rows,
        {"type": "point", "color": ANSWER_COLOUR, "size": 60, "strokeWidth": 1.5, "opacity": 1},
        x="place",
        y="value",
    )
    layer["encoding"]["fill"] = {"condition": {"test": "datum.counts", "value": ANSWER_COLOUR}, "value": "transparent"}
    return layer


def _draw_click_targets(points: Sequence[Point], measure: Measure, names: Mapping[str, str]) -> Spec:
    """Draw invisible discs, large enough to hit with a finger, that carry the tooltips."""
    rows = [
        {"place": place, "value": point.value, "id": point.attempt, **_make_tooltip(point, measure, names)}
        for place, point in _number_points(points)
    ]
    # The one layer that screen readers are told of: the others would be empty groups, or say the same without a name.
    mark = {
        "type": "circle",
        "aria": True,
        "size": 400,
        "opacity": 0,
        **({"cursor": "pointer"} if _are_single(points) else {}),
    }
    layer = _make_layer(rows, mark, x="place", y="value")
    told = [key for key in (rows[0] if rows else {}) if key not in ("place", "value", "id")]
    layer["encoding"]["tooltip"] = [{"field": key, "type": "nominal"} for key in told]
    return layer | {"name": "answers"}


def _make_tooltip(point: Point, measure: Measure, names: Mapping[str, str]) -> dict[str, str]:
    interval = (
        f"{format_number(point.interval[0], measure)} to {format_amount(point.interval[1], measure)}"
        if point.interval
        else "–"
    )
    if point.answers > 1:
        return {
            "When": f"{format_date(point.since)} to {format_date(point.until)}",
            f"Middle of {point.answers}": format_amount(point.value, measure),
            "Middle half": interval,
        }
    return {
        "When": format_date_time(point.since),
        measure.label: format_amount(point.value, measure),
        **({"Could be": interval} if point.interval else {}),
        "Answer": names.get(point.attempt, ""),
        **({} if point.is_eligible else {"Note": "too short to compare"}),
    }


def _make_click_parameters(points: Sequence[Point]) -> list[Spec]:
    if not _are_single(points):
        return []
    return [
        {"name": SELECTION_NAME, "select": {"type": "point", "fields": ["id"], "toggle": False}, "views": ["answers"]}
    ]


def _are_single(points: Sequence[Point]) -> bool:
    return all(point.answers == 1 for point in points)


def _number_points(points: Sequence[Point]) -> list[tuple[int, Point]]:
    return list(enumerate(points, 1))


def _make_layer(rows: Sequence[Spec], mark: Spec, **fields: str) -> Spec:
    encoding = {channel: {"field": field} for channel, field in fields.items()}
    return {"data": {"values": list(rows)}, "mark": {"aria": False, **mark}, "encoding": encoding}


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
