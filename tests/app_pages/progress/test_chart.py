import json

import pytest

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.series import list_latest_points, list_median_points
from analysis.progress.trend_estimation import estimate_trend
from app_pages.progress.chart import (
    ANSWER_COLOUR,
    ENDS_COLOUR,
    RANGE_COLOUR,
    SELECTION_NAME,
    build_chart,
    choose_day_ticks,
    compute_domain,
    describe_chart,
)
from tests.support.histories import make_attempt, make_attempts_with_counts, make_attempts_with_values

FILLERS, RATE = MEASURES["filler_sounds"], MEASURES["speaking_rate"]


def make_chart(history, measure=FILLERS, find=list_latest_points, most=50, **changes):
    points = find(history, measure.key, most)
    known = {"band": measure.band, "median": 3.0, "names": {}, "is_whole": True} | changes
    return build_chart(points, estimate_trend(history, measure.key), measure, **known)


def find_layers(drawn, kind):
    return [layer for layer in drawn["layer"] if layer["mark"]["type"] == kind]


def get_rows(layer):
    return layer["data"]["values"]


def find_bars(drawn):
    return [layer for layer in find_layers(drawn, "rule") if layer["mark"]["color"] == ENDS_COLOUR]


def test_answers_are_dots_in_order_that_link_to_their_reports():
    drawn = make_chart(make_attempts_with_counts("filler_sounds", [6, 3, 0], seconds=60)[::-1])
    (dots,) = find_layers(drawn, "point")
    assert [(row["place"], row["value"]) for row in get_rows(dots)] == [(1, 6), (2, 3), (3, 0)]
    (hits,) = find_layers(drawn, "circle")
    assert [row["id"] for row in get_rows(hits)] == ["day 0", "day 1", "day 2"]
    (click,) = drawn["params"]
    assert (click["name"], click["select"]["fields"], click["views"]) == (SELECTION_NAME, ["id"], [hits["name"]])


def test_a_short_answer_is_a_hollow_dot_off_the_line():
    history = [*make_attempts_with_counts("filler_sounds", [6, 3]), make_attempt(2, {"filler_sounds": 9.0}, seconds=5)]
    drawn = make_chart(history)
    (dots,), (line,) = find_layers(drawn, "point"), find_layers(drawn, "line")
    assert [row["counts"] for row in get_rows(dots)] == [True, True, False]
    assert [row["place"] for row in get_rows(line)] == [1, 2]
    assert "too short" in get_rows(find_layers(drawn, "circle")[0])[2]["Note"]


def test_the_whiskers_are_the_exact_poisson_interval_of_each_rate():
    (whisker,) = (
        row
        for layer in find_layers(make_chart(make_attempts_with_counts("filler_sounds", [5])), "rule")
        if layer["mark"]["color"] == ANSWER_COLOUR
        for row in get_rows(layer)
    )
    assert (whisker["from"], whisker["to"]) == pytest.approx((1.1, 7.8), abs=0.05)


def test_the_range_is_shaded_between_its_ends_or_up_to_the_edge():
    (area,) = find_layers(make_chart(make_attempts_with_values("speaking_rate", [100.0, 200]), RATE), "rect")
    assert get_rows(area) == [{"from": 120, "to": 170}]
    drawn = make_chart(make_attempts_with_counts("filler_sounds", [6]))
    (area,) = find_layers(drawn, "rect")
    assert get_rows(area) == [{"from": area["encoding"]["y"]["scale"]["domain"][0], "to": 5}]
    assert find_layers(make_chart(make_attempts_with_counts("filler_sounds", [6]), band=None), "rect") == []


def test_the_users_own_range_replaces_the_default_one():
    own = Band((90, 110), (80, 120), RATE.source)
    assert get_rows(
        find_layers(make_chart(make_attempts_with_values("speaking_rate", [100.0]), RATE, band=own), "rect")[0]
    ) == [{"from": 90, "to": 110}]


def test_the_users_median_is_a_dashed_line():
    drawn = make_chart(make_attempts_with_counts("filler_sounds", [6]), median=4.5)
    dashed = [layer for layer in find_layers(drawn, "rule") if layer["mark"].get("strokeDash") == [9, 5]]
    assert [(get_rows(layer), layer["mark"]["color"]) for layer in dashed] == [([{"value": 4.5}], RANGE_COLOUR)]


def test_the_compared_medians_are_bars_across_their_answers():
    drawn = make_chart(make_attempts_with_counts("filler_sounds", [9, 6, 3, 3, 0, 3], seconds=60))
    (compared,) = find_bars(drawn)
    assert sorted((row["from"], row["to"], row["value"]) for row in get_rows(compared)) == [
        (0.6, 3.4, 6),
        (3.6, 6.4, 3),
    ]


def test_with_too_few_answers_no_medians_are_compared():
    assert find_bars(make_chart(make_attempts_with_counts("filler_sounds", [9] * 5))) == []


def test_the_first_median_is_drawn_only_with_the_first_answers():
    history = make_attempts_with_counts("filler_sounds", [60] * 3 + [3] * 3, seconds=60)
    (compared,) = find_bars(make_chart(history, most=4, is_whole=False))
    assert [(row["from"], row["value"]) for row in get_rows(compared)] == [(1.6, 3)]


def test_a_chart_of_ten_thousand_answers_is_bounded_and_not_clickable():
    drawn = make_chart(make_attempts_with_counts("filler_sounds", [3] * 10_000), find=list_median_points)
    (dots,) = find_layers(drawn, "point")
    assert len(get_rows(dots)) == 50
    assert drawn["params"] == []
    assert len(json.dumps(drawn)) < 40_000
    assert "Middle of 200" in get_rows(find_layers(drawn, "circle")[0])[0]


@pytest.mark.parametrize("values", [[100.0, 200], [150.0, 160], [0.0], [130.0, 140]])
def test_the_value_axis_includes_every_value_and_both_ends_of_the_band(values):
    low, high = compute_domain(
        list_latest_points(make_attempts_with_values("speaking_rate", values), "speaking_rate", 9), RATE.band
    )
    assert 0 <= low <= min(*values, 120)
    assert high >= max(*values, 170)


@pytest.mark.parametrize("find", [list_latest_points, list_median_points])
def test_a_single_zero_can_be_drawn(find):
    low, high = compute_domain(find(make_attempts_with_values("mean_pause", [0.0]), "mean_pause", 9), None)
    assert low < high


def test_at_most_five_dates_are_named_each_where_it_begins():
    same_day = [make_attempt(0.01 * n, {"speaking_rate": 150.0}) for n in range(4)]
    next_day = [make_attempt(1, {"speaking_rate": 150.0}, id="next")]
    assert choose_day_ticks(list_latest_points([*same_day, *next_day], "speaking_rate", 9)) == {1: "1 Mar", 5: "2 Mar"}
    many = choose_day_ticks(
        list_latest_points(make_attempts_with_values("speaking_rate", [150.0] * 40), "speaking_rate", 50)
    )
    assert len(many) == 5
    assert (min(many), max(many)) == (1, 40)
    years = choose_day_ticks(
        list_latest_points(make_attempts_with_values("speaking_rate", [150.0] * 400), "speaking_rate", 500)
    )
    assert years[1] == "1 Mar 25"


def test_names_are_data_and_never_part_of_an_expression():
    name = "'];alert(1)//<img src=x onerror=alert(1)>"
    drawn = make_chart(make_attempts_with_counts("filler_sounds", [6]), names={"day 0": name})
    expressions = [layer["encoding"]["x"]["axis"]["labelExpr"] for layer in find_layers(drawn, "circle")]
    assert get_rows(find_layers(drawn, "circle")[0])[0]["Answer"] == name
    assert not any("alert" in expression for expression in expressions)


def test_the_chart_is_described_in_a_sentence():
    points = list_latest_points(make_attempts_with_counts("filler_sounds", [6, 3], seconds=60), "filler_sounds", 9)
    assert describe_chart(points, FILLERS) == (
        "Um and uh of 2 answers, 1 March 2025 to 2 March 2025: first 6.0, last 3.0 per min."
    )


@pytest.mark.parametrize("colour", [ANSWER_COLOUR, ENDS_COLOUR, RANGE_COLOUR])
@pytest.mark.parametrize("background", ["#fdfdfb", "#14191a"])
def test_chart_colours_have_enough_contrast_on_light_and_dark_pages(colour, background):
    brighter, darker = sorted((luminance(colour), luminance(background)), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
