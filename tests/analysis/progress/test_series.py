from datetime import timedelta

import pytest

from analysis.progress.series import latest, medians
from analysis.progress.statistics import Events
from tests.support.histories import START, attempt, counted, valued


def test_each_of_the_latest_answers_is_a_point_in_time_order_whatever_their_order():
    points = latest(valued("speaking_rate", [130.0, None, 140, 150])[::-1], "speaking_rate", 2)
    assert [(point.attempt, point.value, point.answers) for point in points] == [("day 2", 140, 1), ("day 3", 150, 1)]
    assert [point.since for point in points] == [START + timedelta(days=2), START + timedelta(days=3)]


def test_a_rate_carries_its_uncertainty_and_another_measure_none():
    (rate,) = latest(counted("filler_sounds", [5]), "filler_sounds", 9)
    assert rate.interval == pytest.approx((1.1, 7.8), abs=0.05)
    (pace,) = latest(valued("speaking_rate", [140.0]), "speaking_rate", 9)
    assert pace.interval is None


def test_short_answers_are_points_but_not_eligible_and_in_no_median():
    history = [attempt(0, {"speaking_rate": 140.0}), attempt(1, {"speaking_rate": 300.0}, seconds=5)]
    assert [point.is_eligible for point in latest(history, "speaking_rate", 9)] == [True, False]
    assert [point.value for point in medians(history, "speaking_rate", 9)] == [140]


@pytest.mark.parametrize("find", [latest, medians])
def test_no_answers_are_no_points(find):
    assert find([], "speaking_rate", 9) == ()
    assert find(valued("speaking_rate", [None]), "speaking_rate", 9) == ()


def test_thousands_of_answers_become_medians_of_equally_many_in_a_row():
    points = medians(valued("speaking_rate", map(float, range(1, 2001))), "speaking_rate", 20)
    assert [point.value for point in points] == [100 * part + 50.5 for part in range(20)]
    assert {point.answers for point in points} == {100}
    assert points[0].interval == (25.75, 75.25)
    assert (points[0].since, points[0].until) == (START, START + timedelta(days=99))
    assert points[-1].attempt == "day 1999"


@pytest.mark.parametrize(("have", "most"), [(1, 20), (19, 20), (20, 20), (21, 20), (59, 20), (7, 3)])
def test_every_answer_is_in_exactly_one_median_and_none_has_two_more_than_another(have, most):
    points = medians(valued("speaking_rate", [100.0] * have), "speaking_rate", most)
    sizes = [point.answers for point in points]
    assert sum(sizes) == have
    assert len(sizes) == min(have, most)
    assert max(sizes) - min(sizes) <= 1


def test_the_median_of_rates_is_drawn_with_the_middle_half_and_not_with_the_chance_of_counting():
    history = [attempt(day, {"filler_sounds": float(day)}, {"filler_sounds": Events(day, 1.0)}) for day in range(5)]
    (point,) = medians(history, "filler_sounds", 1)
    assert (point.value, point.interval) == (2, (1, 3))
