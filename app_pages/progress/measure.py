"""Show one measure over the answers: its trend, its chart, and the list of answers."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import shorten
from typing import Any

import streamlit as st

from analysis.finding import Band
from analysis.measures.measure import Measure
from analysis.progress.attempt import Attempt, compute_own_median
from analysis.progress.series import Point, list_latest_points, list_median_points
from analysis.progress.trend import Change, Trend, describe_change, describe_trend
from analysis.progress.trend_estimation import estimate_trend, find_shared_band
from analysis.wording import format_amount, format_band, format_sentence, format_usual
from app_pages.progress import chart
from app_pages.progress.choice import ChosenAnswers
from app_pages.ui.links import link_to_report, open_report
from app_pages.ui.wording import escape_markdown, format_date_time, get_unit_label
from services.question_bank import is_open

MAX_SINGLE_POINTS = 50  # answers drawn one by one; more would not be hit with a finger
MAX_MEDIAN_POINTS = 50  # points that many answers are drawn together as
MAX_NAME_CHARACTERS = 60  # characters of a question beside a point
MAX_LISTED_ANSWERS = 12  # answers in the list of a measure
NO_RANGE = "There's no range for this question."
RANGES_DIFFER = "The range depends on the question, so none is shown."
SIGNS = {
    Change.BETTER: ("✓", "green"),
    Change.WORSE: ("→", "orange"),
    Change.CHANGED: ("◇", "blue"),
    Change.NO_CLEAR_CHANGE: ("○", "gray"),
    Change.TOO_FEW: ("", "gray"),
}


def show_measure(
    shown: ChosenAnswers, measure: Measure, own: Mapping[str, Band], *, as_medians: bool, says_too_few: bool = True
) -> bool:
    """Show the card of a measure; a click on a point opens the report of that answer.

    Args:
        shown: the chosen answers.
        measure: the measure.
        own: the user's own ranges, by key of the measure.
        as_medians: draw medians of several answers instead of single ones.
        says_too_few: say how many more answers a trend needs, if it does.

    Returns:
        Whether the medians of the first and last answers are drawn.
    """
    trend = estimate_trend(shown.attempts, measure.key, own)
    find, most = (list_median_points, MAX_MEDIAN_POINTS) if as_medians else (list_latest_points, MAX_SINGLE_POINTS)
    points = find(shown.attempts, measure.key, most)
    with st.container(border=True, height="stretch", key=f"progress_{measure.key}"):
        is_too_few = trend.change is Change.TOO_FEW
        _show_heading(measure, None if is_too_few and not says_too_few else trend)
        if not points:
            st.markdown("None of these answers has this number.")
            return False
        band = find_shared_band(shown.attempts, measure.key, own)
        if band is not None and is_open(band):
            band = None
        median = compute_own_median(shown.attempts, measure.key)
        has_ends = _show_chart(shown, measure, trend, points, band, median)
        if not is_too_few:
            st.markdown(escape_markdown(format_sentence(describe_trend(trend).removeprefix(f"{measure.label}: "))))
        st.caption(escape_markdown(_describe_levels(shown, measure, band, median)))
        _show_answer_list(shown, measure)
    return has_ends


def _show_heading(measure: Measure, trend: Trend | None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"**{escape_markdown(measure.label)}** :small[{escape_markdown(get_unit_label(measure))}]", width="content"
        )
        if trend is not None:
            sign, colour = SIGNS[trend.change]
            st.markdown(
                f":{colour}-badge[{f'{sign} {escape_markdown(describe_change(trend))}'.strip()}]", width="content"
            )


def _show_chart(
    shown: ChosenAnswers,
    measure: Measure,
    trend: Trend,
    points: tuple[Point, ...],
    band: Band | None,
    median: float | None,
) -> bool:
    measured = [attempt for attempt in shown.attempts if attempt.values.get(measure.key) is not None]
    is_whole = len(points) == len(measured)
    drawn = chart.build_chart(
        points, trend, measure, band=band, median=median, names=_name_points(shown, points), is_whole=is_whole
    )
    clicked: Any = st.vega_lite_chart(  # what was clicked is told only of a chart with something to click
        drawn,
        on_select="rerun" if drawn["params"] else "ignore",
        key=f"chart_{measure.key}_{len(shown.attempts)}_{shown.attempts[-1].id}",
        alt=chart.describe_chart(points, measure),
    )
    chosen = clicked["selection"].get(chart.SELECTION_NAME) if drawn["params"] else None
    if chosen:
        open_report(chosen[0]["id"])
    return chart.has_ends(drawn)


def _name_points(shown: ChosenAnswers, points: tuple[Point, ...]) -> dict[str, str]:
    drawn = {point.attempt for point in points}
    return {each.id: _name_answer(shown, each) for each in shown.attempts if each.id in drawn}


def _name_answer(shown: ChosenAnswers, attempt: Attempt) -> str:
    return f"Take {attempt.take}: {shorten(shown.names[attempt.question], MAX_NAME_CHARACTERS, placeholder='…')}"


def _describe_levels(shown: ChosenAnswers, measure: Measure, band: Band | None, median: float | None) -> str:
    parts = []
    if median is not None:
        parts.append(f"Usually {format_usual(median, measure)}.")
    if band is not None:
        parts.append(f"Range: {format_band(band, measure)}.")
    elif measure.band is not None:
        is_one_question = len({attempt.question for attempt in shown.attempts}) == 1
        parts.append(NO_RANGE if is_one_question else RANGES_DIFFER)
    else:
        parts.append("For reference: there's no range.")
    return " ".join(parts)


def _show_answer_list(shown: ChosenAnswers, measure: Measure) -> None:
    """Show the same answers as links, for users who do not use the chart."""
    points = list_latest_points(shown.attempts, measure.key, MAX_LISTED_ANSWERS)[::-1]
    names = _name_points(shown, points)
    with st.popover("Show as a list", type="tertiary"):
        for point in points:
            value = format_amount(point.value, measure)
            short = "" if point.is_eligible else ", too short to compare"
            label = (
                f"**{escape_markdown(value)}**{short} · {escape_markdown(format_date_time(point.since))}  \n"
                f"{escape_markdown(names[point.attempt])}"
            )
            link_to_report(point.attempt, label)
        if len(shown.attempts) > MAX_LISTED_ANSWERS:
            st.caption(f"Your latest {MAX_LISTED_ANSWERS} answers.")
