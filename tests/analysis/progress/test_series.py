from datetime import timedelta

import pytest

from analysis.progress.series import list_latest_points, list_median_points
from analysis.progress.statistics import EventCount
from tests.support.histories import START, make_attempt, make_attempts_with_counts, make_attempts_with_values


def test_latest_answers_are_points_in_time_order():
    points = list_latest_points(
        make_attempts_with_values("speaking_rate", [130.0, None, 140, 150])[::-1], "speaking_rate", 2
    )
    assert [(point.attempt, point.value, point.answers) for point in points] == [("day 2", 140, 1), ("day 3", 150, 1)]
    assert [point.since for point in points] == [START + timedelta(days=2), START + timedelta(days=3)]


def test_only_points_of_rates_have_an_interval():
    (rate,) = list_latest_points(make_attempts_with_counts("filler_sounds", [5]), "filler_sounds", 9)
    assert rate.interval == pytest.approx((1.1, 7.8), abs=0.05)
    (pace,) = list_latest_points(make_attempts_with_values("speaking_rate", [140.0]), "speaking_rate", 9)
    assert pace.interval is None


def test_short_answers_are_ineligible_points_and_in_no_median():
    history = [make_attempt(0, {"speaking_rate": 140.0}), make_attempt(1, {"speaking_rate": 300.0}, seconds=5)]
    assert [point.is_eligible for point in list_latest_points(history, "speaking_rate", 9)] == [True, False]
    assert [point.value for point in list_median_points(history, "speaking_rate", 9)] == [140]


@pytest.mark.parametrize("find", [list_latest_points, list_median_points])
def test_no_answers_give_no_points(find):
    assert find([], "speaking_rate", 9) == ()
    assert find(make_attempts_with_values("speaking_rate", [None]), "speaking_rate", 9) == ()


def test_2000_answers_become_20_medians_of_100_consecutive_answers():
    points = list_median_points(
        make_attempts_with_values("speaking_rate", map(float, range(1, 2001))), "speaking_rate", 20
    )
    assert [point.value for point in points] == [100 * part + 50.5 for part in range(20)]
    assert {point.answers for point in points} == {100}
    assert points[0].interval == (25.75, 75.25)
    assert (points[0].since, points[0].until) == (START, START + timedelta(days=99))
    assert points[-1].attempt == "day 1999"


@pytest.mark.parametrize(("have", "most"), [(1, 20), (19, 20), (20, 20), (21, 20), (59, 20), (7, 3)])
def test_median_points_cover_every_answer_once_in_groups_of_similar_size(have, most):
    points = list_median_points(make_attempts_with_values("speaking_rate", [100.0] * have), "speaking_rate", most)
    sizes = [point.answers for point in points]
    assert sum(sizes) == have
    assert len(sizes) == min(have, most)
    assert max(sizes) - min(sizes) <= 1


def test_interval_of_a_median_of_rates_is_the_interquartile_range():
    history = [
        make_attempt(day, {"filler_sounds": float(day)}, {"filler_sounds": EventCount(day, 1.0)}) for day in range(5)
    ]
    (point,) = list_median_points(history, "filler_sounds", 1)
    assert (point.value, point.interval) == (2, (1, 3))
