"""One measure over the answers: what became of it, its chart, and the answers behind it."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

import streamlit as st

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.measures.registry import RATES
from analysis.progress.attempt import Attempt, own_median
from analysis.progress.series import Point, latest, medians
from analysis.progress.trend import Change, Trend, describe_change, describe_trend
from analysis.progress.trend_estimation import progress, shared_band
from analysis.wording import amount, band_range, number, sentence
from app_pages.progress import chart
from app_pages.progress.choice import Shown
from app_pages.ui.links import link_to_report, open_report
from app_pages.ui.wording import moment, origin, plain, unit
from services.question_bank import is_open

SINGLE = 50  # answers drawn one by one; more would not be hit with a finger
MEDIANS = 50  # points that many answers are drawn together as
LONGEST = 60  # characters of a question beside a point
LISTED = 12  # answers in the list of a measure
NO_RANGE = "There is no range for this question."
RANGES_DIFFER = "These questions do not all have the same range, so none is drawn."
SIGNS = {
    Change.BETTER: ("✓", "green"),
    Change.WORSE: ("▼", "orange"),
    Change.CHANGED: ("◇", "blue"),
    Change.NO_CLEAR_CHANGE: ("○", "gray"),
    Change.TOO_FEW: ("…", "gray"),
}


def show(shown: Shown, measure: Measure, own: Mapping[str, Band], *, as_medians: bool) -> bool:
    """Show the card of a measure; a click on a point opens the report of that answer.

    Gives whether the medians of the first and last answers are drawn.
    """
    trend = progress(shown.attempts, measure.key, own)
    find, most = (medians, MEDIANS) if as_medians else (latest, SINGLE)
    points = find(shown.attempts, measure.key, most)
    with st.container(border=True, height="stretch", key=f"progress_{measure.key}"):
        _heading(measure, trend)
        if not points:
            st.markdown("Not measured in any of these answers.")
            return False
        band = shared_band(shown.attempts, measure.key, own)
        if band is not None and is_open(band):
            band = None
        median = own_median(shown.attempts, measure.key)
        has_ends = _chart(shown, measure, trend, points, band, median)
        st.markdown(plain(sentence(describe_trend(trend).removeprefix(f"{measure.label}: "))))
        st.caption(plain(_levels(shown, measure, band, median)))
        _answers(shown, measure)
    return has_ends


def _heading(measure: Measure, trend: Trend) -> None:
    sign, colour = SIGNS[trend.change]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{plain(measure.label)}** :small[{plain(unit(measure))}]", width="content")
        st.markdown(f":{colour}-badge[{sign} {plain(describe_change(trend))}]", width="content")


def _chart(
    shown: Shown, measure: Measure, trend: Trend, points: tuple[Point, ...], band: Band | None, median: float | None
) -> bool:
    measured = [attempt for attempt in shown.attempts if attempt.values.get(measure.key) is not None]
    is_whole = len(points) == len(measured)
    drawn = chart.spec(points, trend, measure, band=band, median=median, names=_names(shown, points), is_whole=is_whole)
    clicked: Any = st.vega_lite_chart(  # what was clicked is told only of a chart with something to click
        drawn,
        on_select="rerun" if drawn["params"] else "ignore",
        key=f"chart_{measure.key}_{len(shown.attempts)}_{shown.attempts[-1].id}",
        alt=chart.described(points, measure),
    )
    chosen = clicked["selection"].get(chart.PICK) if drawn["params"] else None
    if chosen:
        open_report(chosen[0]["id"])
    return chart.has_ends(drawn)


def _names(shown: Shown, points: tuple[Point, ...]) -> dict[str, str]:
    drawn = {point.attempt for point in points}
    return {each.id: _name(shown, each) for each in shown.attempts if each.id in drawn}


def _name(shown: Shown, attempt: Attempt) -> str:
    return f"Take {attempt.take}: {shorten(shown.names[attempt.question], LONGEST, placeholder=' …')}"


def _levels(shown: Shown, measure: Measure, band: Band | None, median: float | None) -> str:
    parts = []
    if median is not None:
        parts.append(f"Your median: {amount(median, measure)}.")
    if band is not None:
        parts.append(f"Range: {band_range(band, measure)} ({origin(band.source)}).")
    elif measure.band is not None:
        is_one_question = len({attempt.question for attempt in shown.attempts}) == 1
        parts.append(NO_RANGE if is_one_question else RANGES_DIFFER)
    else:
        parts.append("For information; there is no range.")
    return " ".join(parts)


def _answers(shown: Shown, measure: Measure) -> None:
    """The same answers as links, for those who do not use the chart."""
    points = latest(shown.attempts, measure.key, LISTED)[::-1]
    names = _names(shown, points)
    with st.popover("These answers as a list", type="tertiary"):
        for point in points:
            value = amount(point.value, measure)
            if point.interval and measure.key in RATES:
                value += f" ({number(point.interval[0], measure)} to {number(point.interval[1], measure)})"
            short = "" if point.is_eligible else ", too short to compare"
            label = f"**{plain(value)}**{short} · {plain(moment(point.since))}  \n{plain(names[point.attempt])}"
            link_to_report(point.attempt, label)
        if len(shown.attempts) > LISTED:
            st.caption(f"The latest {LISTED} answers.")
