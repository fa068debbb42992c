from dataclasses import replace

import numpy as np
import pytest

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Cohort
from analysis.progress.statistics import EventCount
from analysis.progress.trend import Change, describe_change, describe_trend, judge_change
from analysis.progress.trend_estimation import estimate_trend
from analysis.question import QuestionKind
from tests.support.histories import make_attempt, make_attempts_with_counts, make_attempts_with_values

HISTORIES = 2000


def claims(histories, measure: str) -> float:
    """Return the share of the histories for which a change is claimed."""
    claimed = [estimate_trend(history, measure).change is not Change.NO_CLEAR_CHANGE for history in histories]
    return sum(claimed) / len(claimed)


def answer_rates(random: np.random.Generator, mean: float, spread: float, answers: int) -> np.ndarray:
    """Return the true rates of all answers, with a standard deviation of `spread` times the mean."""
    size = (HISTORIES, answers)
    return mean * (random.gamma(spread**-2, spread**2, size) if spread else np.ones(size))


@pytest.mark.parametrize(("answers", "spread"), [(6, 0), (6, 0.4), (12, 0.4)])
def test_unchanged_rate_is_reported_as_changed_in_at_most_5_percent(answers, spread):
    random = np.random.default_rng(20)
    counts = random.poisson(1.5 * answer_rates(random, 10, spread, answers))
    assert claims([make_attempts_with_counts("filler_sounds", row) for row in counts], "filler_sounds") <= 0.05


@pytest.mark.parametrize("draw", ["normal", "lognormal", "poisson"])
@pytest.mark.parametrize("answers", [8, 12])
def test_unchanged_measure_is_reported_as_changed_in_at_most_5_percent(answers, draw):
    random = np.random.default_rng(21)
    size = (HISTORIES, answers)
    values = random.poisson(1, size) if draw == "poisson" else getattr(random, draw)(5, 1, size)
    assert (
        claims([make_attempts_with_values("time_to_the_point", map(float, row)) for row in values], "time_to_the_point")
        <= 0.05
    )


@pytest.mark.parametrize(("answers", "spread", "found"), [(8, 0, 0.6), (12, 0.3, 0.6)])
def test_halving_ten_fillers_a_minute_is_mostly_reported_as_better(answers, spread, found):
    random = np.random.default_rng(22)
    rates = answer_rates(random, 10, spread, answers)
    rates[:, answers // 2 :] /= 2
    counts = random.poisson(1.5 * rates)
    trends = [estimate_trend(make_attempts_with_counts("filler_sounds", row), "filler_sounds") for row in counts]
    assert sum(trend.change is Change.BETTER for trend in trends) / HISTORIES >= found
    assert not any(trend.change is Change.WORSE for trend in trends)


@pytest.mark.parametrize(("have", "missing"), [(0, 6), (1, 5), (5, 1)])
def test_trend_of_a_rate_needs_three_answers_at_each_end(have, missing):
    trend = estimate_trend(make_attempts_with_counts("filler_sounds", [9] * have), "filler_sounds")
    assert (trend.change, trend.eligible, trend.missing) == (Change.TOO_FEW, have, missing)
    assert (trend.before, trend.now, trend.interval) == (None, None, None)


@pytest.mark.parametrize(("have", "missing"), [(0, 8), (6, 2), (7, 1)])
def test_trend_of_another_measure_needs_four_answers_at_each_end(have, missing):
    trend = estimate_trend(make_attempts_with_values("speaking_rate", [140.0] * have), "speaking_rate")
    assert (trend.change, trend.eligible, trend.missing) == (Change.TOO_FEW, have, missing)


@pytest.mark.parametrize(("seconds", "words"), [(19.9, 200), (90, 39), (0, 0)])
def test_short_answers_do_not_count(seconds, words):
    history = make_attempts_with_counts("filler_sounds", [9] * 5)
    history.append(replace(make_attempts_with_counts("filler_sounds", [9])[0], seconds=seconds, words=words))
    assert estimate_trend(history, "filler_sounds").change is Change.TOO_FEW


def test_answers_without_a_value_do_not_count():
    trend = estimate_trend(make_attempts_with_values("pause_placement", [0.2] * 7 + [None] * 5), "pause_placement")
    assert (trend.change, trend.eligible) == (Change.TOO_FEW, 7)


@pytest.mark.parametrize(("answers", "ends"), [(6, 3), (7, 3), (8, 4), (12, 6), (40, 6)])
def test_ends_grow_to_six_answers(answers, ends):
    assert (
        estimate_trend(make_attempts_with_counts("filler_sounds", range(answers)), "filler_sounds").at_each_end == ends
    )


def test_medians_are_of_the_first_and_last_answers_in_time():
    history = make_attempts_with_counts("filler_sounds", [30, 3, 60, 9, 9, 9, 6, 0, 3], seconds=60)
    trend = estimate_trend(history[::-1], "filler_sounds")
    assert (trend.before, trend.now, trend.at_each_end) == (19.5, 4.5, 4)


def test_answers_of_two_cohorts_are_refused():
    history = make_attempts_with_counts("filler_sounds", [9] * 6)
    history[3] = replace(history[3], cohort=Cohort("tiny", "default", 2))
    with pytest.raises(ValueError, match="not compared"):
        estimate_trend(history, "filler_sounds")


def test_unknown_measure_is_refused():
    with pytest.raises(ValueError, match="charm"):
        estimate_trend([], "charm")


RISING = [100.0, 101, 102, 103, 140, 141, 142, 143]


@pytest.mark.parametrize(
    ("measure", "values", "change"),
    [
        ("speaking_rate", RISING, Change.BETTER),  # into 120 to 170
        ("speaking_rate", RISING[::-1], Change.WORSE),
        ("speaking_rate", [value + 100 for value in RISING], Change.WORSE),  # from above the range farther above
        ("speaking_rate", [value / 10 + 130 for value in RISING], Change.CHANGED),  # inside all the time
        ("speaking_rate", [100, 150, 100, 150] * 2, Change.NO_CLEAR_CHANGE),
        ("mean_pause", RISING, Change.CHANGED),  # a measure without a range
        ("outcome", [0.0, 0, 0, 0, 1, 1, 1, 1], Change.BETTER),
        ("outcome", [0.0, 0, 0, 0, 0, 1, 1, 1], Change.NO_CLEAR_CHANGE),
        ("outcome", [0.0] * 8, Change.NO_CLEAR_CHANGE),
    ],
)
def test_nearer_to_the_range_is_better(measure, values, change):
    assert estimate_trend(make_attempts_with_values(measure, map(float, values)), measure).change is change


def test_one_answer_with_all_fillers_is_no_change():
    assert (
        estimate_trend(make_attempts_with_counts("filler_sounds", [0, 0, 60, 10, 10, 10]), "filler_sounds").change
        is Change.NO_CLEAR_CHANGE
    )


def test_no_fillers_at_all_are_no_change():
    trend = estimate_trend(make_attempts_with_counts("filler_sounds", [0] * 6), "filler_sounds")
    assert (trend.change, trend.interval) == (Change.NO_CLEAR_CHANGE, (0, None))


def test_the_users_own_band_decides_what_is_better():
    own = {"speaking_rate": Band((90, 110), (80, 120), MEASURES["speaking_rate"].source)}
    assert (
        estimate_trend(make_attempts_with_values("speaking_rate", RISING), "speaking_rate", own).change is Change.WORSE
    )


def test_answer_lengths_of_different_question_kinds_are_not_judged():
    history = make_attempts_with_values("answer_length", [200.0, 201, 202, 203, 80, 81, 82, 83])
    assert estimate_trend(history, "answer_length").change is Change.BETTER
    history[0] = replace(history[0], kind=QuestionKind.SCREENING)
    assert estimate_trend(history, "answer_length").change is Change.CHANGED


def test_trend_of_no_answers_is_too_few_for_every_measure():
    assert {estimate_trend([], measure).change for measure in MEASURES} == {Change.TOO_FEW}


def test_change_towards_the_band_is_better_from_either_side():
    band = Band((10, 20), (0, 30), MEASURES["speaking_rate"].source)
    moves = [(5, 9), (25, 21), (5, 22), (9, 5), (12, 23), (12, 18), (5, 25), (12, 20.5)]
    assert [judge_change(before, now, band).value for before, now in moves] == [
        *("better", "better", "better", "worse", "worse", "changed", "changed", "changed"),
    ]


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (
            make_attempts_with_counts("filler_sounds", [15, 16, 14, 15, 6, 7, 8, 6], seconds=60),
            "Um and uh: 15.0 in your first 4 answers, 6.5 per min in your latest 4 – better (not just chance).",
        ),
        (
            make_attempts_with_counts("filler_sounds", [0, 0, 0, 2, 1, 1], seconds=60),
            "Um and uh: 0.0 in your first 3 answers, 1.0 per min in your latest 3 – no clear change.",
        ),
        (
            make_attempts_with_values("speaking_rate", [198.0, 200, 201, 205, 160, 165, 168, 170]),
            "Speaking rate: 200 in your first 4 answers, 166 words/min in your latest 4 – better (not just chance).",
        ),
        (
            make_attempts_with_values("phonation_ratio", [0.7, 0.71, 0.72, 0.73, 0.8, 0.81, 0.82, 0.83]),
            "Time spent speaking: 72 % in your first 4 answers, 82 % in your latest 4 – changed (not just chance).",
        ),
        (
            make_attempts_with_values("answer_length", [37.4] * 4 + [35.6] * 4),
            "Answer length: 37.4 in your first 4 answers, 35.6 s in your latest 4 – changed (not just chance).",
        ),
        (
            make_attempts_with_values("outcome", [0.0, 0, 1, 1, 1, 1, 2, 2]),
            "How it turned out: 0.5 in your first 4 answers, 1.5 of 3 in your latest 4 – no clear change.",
        ),
        (
            make_attempts_with_values("speaking_rate", [150.0]),
            "Speaking rate: 7 more answers to see a trend.",
        ),
    ],
)
def test_trend_is_described_in_one_sentence(history, sentence):
    (measure,) = history[0].values
    assert describe_trend(estimate_trend(history, measure)) == sentence


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (make_attempts_with_counts("filler_sounds", [24, 24, 24, 3, 3, 3]), "better"),
        (make_attempts_with_counts("filler_sounds", [3, 3, 3, 24, 24, 24]), "worse"),
        (make_attempts_with_counts("filler_sounds", [9] * 6), "no clear change yet"),
        (make_attempts_with_counts("filler_sounds", [9] * 5), "1 more answer to see a trend"),
        (make_attempts_with_counts("filler_sounds", [9] * 4), "2 more answers to see a trend"),
        (make_attempts_with_values("mean_pause", [0.4, 0.4, 0.4, 0.4, 0.9, 0.9, 0.9, 0.9]), "changed"),
    ],
)
def test_change_is_described_in_a_few_words(history, words):
    (measure,) = history[0].values
    assert describe_change(estimate_trend(history, measure)) == words


def test_rate_without_counts_is_compared_by_ranks():
    history = make_attempts_with_values("filler_sounds", [12.0, 13, 14, 15, 3, 4, 5, 6])
    trend = estimate_trend(history, "filler_sounds")
    assert (trend.change, trend.is_ratio) == (Change.BETTER, False)


def test_answer_has_a_confidence_interval_for_each_rate():
    one = make_attempt(values={"filler_sounds": 10 / 3}, events={"filler_sounds": EventCount(5, 1.5)})
    assert one.compute_rate_interval("filler_sounds") == pytest.approx((1.1, 7.8), abs=0.05)
    assert one.compute_rate_interval("speaking_rate") is None
