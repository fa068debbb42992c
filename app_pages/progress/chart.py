"""The chart of one measure over the answers, as a Vega-Lite specification: plain values, no widget.

Answers stand side by side in the order they were given, with their days below: on a true time axis the takes of one
evening would hide each other. The colours hold at least 3:1 on the light and on the dark background; nothing is told
by colour alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.progress.series import Point
from analysis.progress.trend import Trend
from analysis.wording import amount, number
from app_pages.progress.chart_axes import Spec, domain, frame
from app_pages.ui.wording import day, moment

TONE = "#26868f"  # answers
ENDS = "#b3701d"  # medians of the first and last answers
QUIET = "#7c8885"  # the range and the median of all
HEIGHT = 200  # px
PICK = "pick"  # the selection of a clicked point
_ENDS = "ends"  # the layer of the medians that are compared


def spec(
    points: Sequence[Point],
    trend: Trend,
    measure: Measure,
    *,
    band: Band | None,
    median: float | None,
    names: Mapping[str, str],
    is_whole: bool,
) -> Spec:
    """The chart; `names` tell by id what an answer is, and unless `is_whole` there were earlier answers too."""
    low, high = domain(points, band)
    layers = [*_band(band, low, high), *_median(median), _line(points), _whiskers(points)]
    if points and points[0].answers == 1:
        layers += _ends(points, trend, is_whole=is_whole)
    layers += [_dots(points), _hits(points, measure, names)]
    return {
        "height": HEIGHT,
        "layer": [_framed(layer, frame(points, measure, low, high)) for layer in layers],
        "params": _clicks(points),
        "padding": {"left": 0, "right": 4, "top": 4, "bottom": 0},
        "config": {"view": {"stroke": None}},
    }


def described(points: Sequence[Point], measure: Measure) -> str:
    """The chart in a sentence, for those who do not see it."""
    first, last = points[0], points[-1]
    return (
        f"{measure.label} of {sum(point.answers for point in points)} answers, {day(first.since)} to "
        f"{day(last.until)}: first {number(first.value, measure)}, last {amount(last.value, measure)}."
    )


def has_ends(drawn: Spec) -> bool:
    """Whether the medians of the first and last answers are in a chart."""
    return any(layer.get("name") == _ENDS for layer in drawn["layer"])


def _framed(layer: Spec, shared: Spec) -> Spec:
    encoding = layer["encoding"]
    return layer | {"encoding": encoding | {key: encoding[key] | shared[key] for key in shared if key in encoding}}


def _band(band: Band | None, low: float, high: float) -> list[Spec]:
    if band is None:
        return []
    ends = [end for end in band.fine if end is not None]
    start, end = (low if band.fine[0] is None else band.fine[0]), (high if band.fine[1] is None else band.fine[1])
    area = _layer([{"from": start, "to": end}], {"type": "rect", "color": QUIET, "opacity": 0.16}, y="from", y2="to")
    edges = {"type": "rule", "color": QUIET, "strokeDash": [2, 3]}
    return [area, _layer([{"value": end} for end in ends], edges, y="value")]


def _median(median: float | None) -> list[Spec]:
    if median is None:
        return []
    return [_layer([{"value": median}], {"type": "rule", "color": QUIET, "strokeDash": [9, 5], "size": 1.5}, y="value")]


def _line(points: Sequence[Point]) -> Spec:
    mark = {"type": "line", "color": TONE, "opacity": 0.45, "strokeWidth": 1.5}
    return _layer(
        [{"place": place, "value": point.value} for place, point in _placed(points) if point.is_eligible],
        mark,
        x="place",
        y="value",
    )


def _whiskers(points: Sequence[Point]) -> Spec:
    rows = [
        {"place": place, "from": point.interval[0], "to": point.interval[1]}
        for place, point in _placed(points)
        if point.interval and point.is_eligible
    ]
    mark = {"type": "rule", "color": TONE, "opacity": 0.45, "strokeWidth": 1.5, "clip": True}
    return _layer(rows, mark, x="place", y="from", y2="to")


def _ends(points: Sequence[Point], trend: Trend, *, is_whole: bool) -> list[Spec]:
    """The medians that are compared, each as a bar across the answers it is of."""
    places = [place for place, point in _placed(points) if point.is_eligible]
    many = trend.at_each_end
    if trend.before is None or trend.now is None or len(places) < many:
        return []
    rows = [{"from": places[-many] - 0.4, "to": places[-1] + 0.4, "value": trend.now}]
    if is_whole:
        rows.append({"from": places[0] - 0.4, "to": places[many - 1] + 0.4, "value": trend.before})
    mark = {"type": "rule", "color": ENDS, "strokeWidth": 4, "strokeCap": "round", "clip": True}
    return [_layer(rows, mark, x="from", x2="to", y="value") | {"name": _ENDS}]


def _dots(points: Sequence[Point]) -> Spec:
    """Filled where the answer counts, hollow where it was too short to compare."""
    rows = [{"place": place, "value": point.value, "counts": point.is_eligible} for place, point in _placed(points)]
    layer = _layer(
        rows, {"type": "point", "color": TONE, "size": 60, "strokeWidth": 1.5, "opacity": 1}, x="place", y="value"
    )
    layer["encoding"]["fill"] = {"condition": {"test": "datum.counts", "value": TONE}, "value": "transparent"}
    return layer


def _hits(points: Sequence[Point], measure: Measure, names: Mapping[str, str]) -> Spec:
    """Unseen discs that are large enough to be hit with a finger, and tell what a point is."""
    rows = [
        {"place": place, "value": point.value, "id": point.attempt, **_told(point, measure, names)}
        for place, point in _placed(points)
    ]
    mark = {"type": "circle", "size": 400, "opacity": 0, **({"cursor": "pointer"} if _are_single(points) else {})}
    layer = _layer(rows, mark, x="place", y="value")
    told = [key for key in (rows[0] if rows else {}) if key not in ("place", "value", "id")]
    layer["encoding"]["tooltip"] = [{"field": key, "type": "nominal"} for key in told]
    return layer | {"name": "answers"}


def _told(point: Point, measure: Measure, names: Mapping[str, str]) -> dict[str, str]:
    interval = (
        f"{number(point.interval[0], measure)} to {amount(point.interval[1], measure)}" if point.interval else "–"
    )
    if point.answers > 1:
        return {
            "When": f"{day(point.since)} to {day(point.until)}",
            f"Median of {point.answers}": amount(point.value, measure),
            "Middle half": interval,
        }
    return {
        "When": moment(point.since),
        measure.label: amount(point.value, measure),
        **({"95 % interval": interval} if point.interval else {}),
        "Answer": names.get(point.attempt, ""),
        **({} if point.is_eligible else {"Note": "too short to compare"}),
    }


def _clicks(points: Sequence[Point]) -> list[Spec]:
    if not _are_single(points):
        return []
    return [{"name": PICK, "select": {"type": "point", "fields": ["id"], "toggle": False}, "views": ["answers"]}]


def _are_single(points: Sequence[Point]) -> bool:
    return all(point.answers == 1 for point in points)


def _placed(points: Sequence[Point]) -> list[tuple[int, Point]]:
    return list(enumerate(points, 1))


def _layer(rows: Sequence[Spec], mark: Spec, **fields: str) -> Spec:
    encoding = {channel: {"field": field} for channel, field in fields.items()}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": encoding}
