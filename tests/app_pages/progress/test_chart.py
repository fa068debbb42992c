import json

import pytest

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.series import latest, medians
from analysis.progress.trend_estimation import progress
from app_pages.progress.chart import ENDS, PICK, QUIET, TONE, described, spec
from app_pages.progress.chart_axes import day_ticks, domain
from tests.support.histories import attempt, counted, valued

FILLERS, RATE = MEASURES["filler_sounds"], MEASURES["speaking_rate"]


def chart(history, measure=FILLERS, find=latest, most=50, **changes):
    points = find(history, measure.key, most)
    known = {"band": measure.band, "median": 3.0, "names": {}, "is_whole": True} | changes
    return spec(points, progress(history, measure.key), measure, **known)


def layers(drawn, kind):
    return [layer for layer in drawn["layer"] if layer["mark"]["type"] == kind]


def rows(layer):
    return layer["data"]["values"]


def bars(drawn):
    return [layer for layer in layers(drawn, "rule") if layer["mark"]["color"] == ENDS]


def test_every_answer_is_a_dot_in_the_order_it_was_given_and_leads_to_its_report():
    drawn = chart(counted("filler_sounds", [6, 3, 0], seconds=60)[::-1])
    (dots,) = layers(drawn, "point")
    assert [(row["place"], row["value"]) for row in rows(dots)] == [(1, 6), (2, 3), (3, 0)]
    (hits,) = layers(drawn, "circle")
    assert [row["id"] for row in rows(hits)] == ["day 0", "day 1", "day 2"]
    (click,) = drawn["params"]
    assert (click["name"], click["select"]["fields"], click["views"]) == (PICK, ["id"], [hits["name"]])


def test_a_short_answer_is_hollow_and_on_no_line():
    history = [*counted("filler_sounds", [6, 3]), attempt(2, {"filler_sounds": 9.0}, seconds=5)]
    drawn = chart(history)
    (dots,), (line,) = layers(drawn, "point"), layers(drawn, "line")
    assert [row["counts"] for row in rows(dots)] == [True, True, False]
    assert [row["place"] for row in rows(line)] == [1, 2]
    assert "too short" in rows(layers(drawn, "circle")[0])[2]["Note"]


def test_the_whiskers_are_the_exact_poisson_interval_of_each_rate():
    (whisker,) = (
        row
        for layer in layers(chart(counted("filler_sounds", [5])), "rule")
        if layer["mark"]["color"] == TONE
        for row in rows(layer)
    )
    assert (whisker["from"], whisker["to"]) == pytest.approx((1.1, 7.8), abs=0.05)


def test_the_range_is_shaded_between_its_ends_and_to_the_edge_where_it_is_open():
    (area,) = layers(chart(valued("speaking_rate", [100.0, 200]), RATE), "rect")
    assert rows(area) == [{"from": 120, "to": 170}]
    drawn = chart(counted("filler_sounds", [6]))
    (area,) = layers(drawn, "rect")
    assert rows(area) == [{"from": area["encoding"]["y"]["scale"]["domain"][0], "to": 5}]
    assert layers(chart(counted("filler_sounds", [6]), band=None), "rect") == []


def test_the_users_own_range_is_drawn_in_the_place_of_the_default():
    own = Band((90, 110), (80, 120), RATE.source)
    assert rows(layers(chart(valued("speaking_rate", [100.0]), RATE, band=own), "rect")[0]) == [{"from": 90, "to": 110}]


def test_the_own_median_is_a_dashed_line():
    drawn = chart(counted("filler_sounds", [6]), median=4.5)
    dashed = [layer for layer in layers(drawn, "rule") if layer["mark"].get("strokeDash") == [9, 5]]
    assert [(rows(layer), layer["mark"]["color"]) for layer in dashed] == [([{"value": 4.5}], QUIET)]


def test_the_medians_that_are_compared_lie_across_the_answers_they_are_of():
    drawn = chart(counted("filler_sounds", [9, 6, 3, 3, 0, 3], seconds=60))
    (compared,) = bars(drawn)
    assert sorted((row["from"], row["to"], row["value"]) for row in rows(compared)) == [(0.6, 3.4, 6), (3.6, 6.4, 3)]


def test_with_too_few_answers_no_medians_are_compared():
    assert bars(chart(counted("filler_sounds", [9] * 5))) == []


def test_where_the_first_answers_are_not_drawn_their_median_is_not_either():
    history = counted("filler_sounds", [60] * 3 + [3] * 3, seconds=60)
    (compared,) = bars(chart(history, most=4, is_whole=False))
    assert [(row["from"], row["value"]) for row in rows(compared)] == [(1.6, 3)]


def test_ten_thousand_answers_become_a_bounded_chart_without_clicks():
    drawn = chart(counted("filler_sounds", [3] * 10_000), find=medians)
    (dots,) = layers(drawn, "point")
    assert len(rows(dots)) == 50
    assert drawn["params"] == []
    assert len(json.dumps(drawn)) < 40_000
    assert "Median of 200" in rows(layers(drawn, "circle")[0])[0]


@pytest.mark.parametrize("values", [[100.0, 200], [150.0, 160], [0.0], [130.0, 140]])
def test_the_drawn_range_holds_every_value_and_both_ends_of_the_band(values):
    low, high = domain(latest(valued("speaking_rate", values), "speaking_rate", 9), RATE.band)
    assert 0 <= low <= min(*values, 120)
    assert high >= max(*values, 170)


@pytest.mark.parametrize("find", [latest, medians])
def test_one_answer_of_zero_can_be_drawn(find):
    low, high = domain(find(valued("mean_pause", [0.0]), "mean_pause", 9), None)
    assert low < high


def test_days_are_named_where_they_begin_and_at_most_five():
    same_day = [attempt(0.01 * n, {"speaking_rate": 150.0}) for n in range(4)]
    next_day = [attempt(1, {"speaking_rate": 150.0}, id="next")]
    assert day_ticks(latest([*same_day, *next_day], "speaking_rate", 9)) == {1: "1 Mar", 5: "2 Mar"}
    many = day_ticks(latest(valued("speaking_rate", [150.0] * 40), "speaking_rate", 50))
    assert len(many) == 5
    assert (min(many), max(many)) == (1, 40)
    years = day_ticks(latest(valued("speaking_rate", [150.0] * 400), "speaking_rate", 500))
    assert years[1] == "1 Mar 25"


def test_names_reach_the_chart_as_text_in_data_and_in_no_expression():
    name = "'];alert(1)//<img src=x onerror=alert(1)>"
    drawn = chart(counted("filler_sounds", [6]), names={"day 0": name})
    expressions = [layer["encoding"]["x"]["axis"]["labelExpr"] for layer in layers(drawn, "circle")]
    assert rows(layers(drawn, "circle")[0])[0]["Answer"] == name
    assert not any("alert" in expression for expression in expressions)


def test_the_chart_is_told_in_a_sentence():
    points = latest(counted("filler_sounds", [6, 3], seconds=60), "filler_sounds", 9)
    assert described(points, FILLERS) == (
        "Filler sounds of 2 answers, 1 March 2025 to 2 March 2025: first 6.0, last 3.0 per min."
    )


@pytest.mark.parametrize("colour", [TONE, ENDS, QUIET])
@pytest.mark.parametrize("background", ["#fdfdfb", "#14191a"])
def test_every_sign_stands_out_from_the_light_and_the_dark_page(colour, background):
    brighter, darker = sorted((luminance(colour), luminance(background)), reverse=True)
    assert (brighter + 0.05) / (darker + 0.05) >= 3


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
