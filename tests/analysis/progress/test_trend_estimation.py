from dataclasses import replace

import numpy as np
import pytest

from analysis.finding import Band
from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Cohort
from analysis.progress.statistics import Events
from analysis.progress.trend import Change, describe_change, describe_trend, judged_change
from analysis.progress.trend_estimation import all_progress, progress
from analysis.question import QuestionKind
from tests.support.histories import attempt, counted, valued

HISTORIES = 2000


def claims(histories, measure: str) -> float:
    """Share of the histories in which a change is claimed."""
    claimed = [progress(history, measure).change is not Change.NO_CLEAR_CHANGE for history in histories]
    return sum(claimed) / len(claimed)


def answer_rates(random: np.random.Generator, mean: float, spread: float, answers: int) -> np.ndarray:
    """True rates of every answer, which vary by `spread` of their mean from answer to answer."""
    size = (HISTORIES, answers)
    return mean * (random.gamma(spread**-2, spread**2, size) if spread else np.ones(size))


@pytest.mark.parametrize(("answers", "spread"), [(6, 0), (6, 0.4), (12, 0.4)])
def test_who_does_not_change_is_seldom_told_of_a_changed_rate(answers, spread):
    random = np.random.default_rng(20)
    counts = random.poisson(1.5 * answer_rates(random, 10, spread, answers))
    assert claims([counted("filler_sounds", row) for row in counts], "filler_sounds") <= 0.05


@pytest.mark.parametrize("draw", ["normal", "lognormal", "poisson"])
@pytest.mark.parametrize("answers", [8, 12])
def test_who_does_not_change_is_seldom_told_of_another_changed_measure(answers, draw):
    random = np.random.default_rng(21)
    size = (HISTORIES, answers)
    values = random.poisson(1, size) if draw == "poisson" else getattr(random, draw)(5, 1, size)
    assert claims([valued("time_to_the_point", map(float, row)) for row in values], "time_to_the_point") <= 0.05


@pytest.mark.parametrize(("answers", "spread", "found"), [(8, 0, 0.6), (12, 0.3, 0.6)])
def test_who_halves_ten_fillers_a_minute_is_mostly_told_that_it_got_better(answers, spread, found):
    random = np.random.default_rng(22)
    rates = answer_rates(random, 10, spread, answers)
    rates[:, answers // 2 :] /= 2
    counts = random.poisson(1.5 * rates)
    trends = [progress(counted("filler_sounds", row), "filler_sounds") for row in counts]
    assert sum(trend.change is Change.BETTER for trend in trends) / HISTORIES >= found
    assert not any(trend.change is Change.WORSE for trend in trends)


@pytest.mark.parametrize(("have", "missing"), [(0, 6), (1, 5), (5, 1)])
def test_a_rate_needs_three_answers_at_each_end(have, missing):
    trend = progress(counted("filler_sounds", [9] * have), "filler_sounds")
    assert (trend.change, trend.eligible, trend.missing) == (Change.TOO_FEW, have, missing)
    assert (trend.before, trend.now, trend.interval) == (None, None, None)


@pytest.mark.parametrize(("have", "missing"), [(0, 8), (6, 2), (7, 1)])
def test_another_measure_needs_four_answers_at_each_end(have, missing):
    trend = progress(valued("speaking_rate", [140.0] * have), "speaking_rate")
    assert (trend.change, trend.eligible, trend.missing) == (Change.TOO_FEW, have, missing)


@pytest.mark.parametrize(("seconds", "words"), [(19.9, 200), (90, 39), (0, 0)])
def test_short_answers_do_not_count(seconds, words):
    history = counted("filler_sounds", [9] * 5)
    history.append(replace(counted("filler_sounds", [9])[0], seconds=seconds, words=words))
    assert progress(history, "filler_sounds").change is Change.TOO_FEW


def test_answers_without_a_value_do_not_count():
    trend = progress(valued("pause_placement", [0.2] * 7 + [None] * 5), "pause_placement")
    assert (trend.change, trend.eligible) == (Change.TOO_FEW, 7)


@pytest.mark.parametrize(("answers", "ends"), [(6, 3), (7, 3), (8, 4), (12, 6), (40, 6)])
def test_the_ends_grow_to_six_answers(answers, ends):
    assert progress(counted("filler_sounds", range(answers)), "filler_sounds").at_each_end == ends


def test_the_medians_are_of_the_first_and_last_answers_in_time_whatever_their_order():
    history = counted("filler_sounds", [30, 3, 60, 9, 9, 9, 6, 0, 3], seconds=60)
    trend = progress(history[::-1], "filler_sounds")
    assert (trend.before, trend.now, trend.at_each_end) == (19.5, 4.5, 4)


def test_answers_of_two_cohorts_are_never_mixed():
    history = counted("filler_sounds", [9] * 6)
    history[3] = replace(history[3], cohort=Cohort("tiny", "default", 2))
    with pytest.raises(ValueError, match="not compared"):
        progress(history, "filler_sounds")


def test_a_measure_that_does_not_exist_is_refused():
    with pytest.raises(ValueError, match="charm"):
        progress([], "charm")


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
    assert progress(valued(measure, map(float, values)), measure).change is change


def test_one_answer_with_all_the_fillers_is_no_change():
    assert progress(counted("filler_sounds", [0, 0, 60, 10, 10, 10]), "filler_sounds").change is Change.NO_CLEAR_CHANGE


def test_no_fillers_at_all_are_no_change():
    trend = progress(counted("filler_sounds", [0] * 6), "filler_sounds")
    assert (trend.change, trend.interval) == (Change.NO_CLEAR_CHANGE, (0, None))


def test_the_users_own_band_decides_what_is_better():
    own = {"speaking_rate": Band((90, 110), (80, 120), MEASURES["speaking_rate"].source)}
    assert progress(valued("speaking_rate", RISING), "speaking_rate", own).change is Change.WORSE


def test_lengths_for_different_kinds_of_question_have_no_common_better():
    history = valued("answer_length", [200.0, 201, 202, 203, 80, 81, 82, 83])
    assert progress(history, "answer_length").change is Change.BETTER
    history[0] = replace(history[0], kind=QuestionKind.SCREENING)
    assert progress(history, "answer_length").change is Change.CHANGED


def test_the_progress_of_no_answers_is_too_few_for_every_measure():
    trends = all_progress([])
    assert [trend.measure for trend in trends] == list(MEASURES)
    assert {trend.change for trend in trends} == {Change.TOO_FEW}


def test_towards_the_band_is_better_from_either_side():
    band = Band((10, 20), (0, 30), MEASURES["speaking_rate"].source)
    moves = [(5, 9), (25, 21), (5, 24), (9, 5), (12, 21), (12, 18), (5, 25)]
    assert [judged_change(before, now, band).value for before, now in moves] == [
        *("better", "better", "better", "worse", "worse", "changed", "changed"),
    ]


@pytest.mark.parametrize(
    ("history", "sentence"),
    [
        (
            counted("filler_sounds", [15, 16, 14, 15, 6, 7, 8, 6], seconds=60),
            "Filler sounds: 15.0 in the first 4 answers, 6.5 per min in the last 4: better, and more than chance "
            "(95 % interval: 0.27 to 0.72 times the earlier rate).",
        ),
        (
            counted("filler_sounds", [0, 0, 0, 2, 1, 1], seconds=60),
            "Filler sounds: 0.0 in the first 3 answers, 1.0 per min in the last 3: no clear change yet "
            "(95 % interval: 0.66 or more times the earlier rate).",
        ),
        (
            valued("speaking_rate", [198.0, 200, 201, 205, 160, 165, 168, 170]),
            "Speaking rate: 200 in the first 4 answers, 166 words/min in the last 4: better, and more than chance "
            "(95 % interval: -45 to -28 words/min).",
        ),
        (
            valued("phonation_ratio", [0.7, 0.71, 0.72, 0.73, 0.8, 0.81, 0.82, 0.83]),
            "Share of time speaking: 72 % in the first 4 answers, 82 % in the last 4: changed, and more than chance "
            "(95 % interval: +7 to +13 percentage points).",
        ),
        (
            valued("answer_length", [37.4] * 4 + [35.6] * 4),
            "Answer length: 37.4 in the first 4 answers, 35.6 s in the last 4: worse, and more than chance "
            "(95 % interval: -1.8 to -1.8 s).",
        ),
        (
            valued("outcome", [0.0, 0, 1, 1, 1, 1, 2, 2]),
            "Outcome stated: 0.5 in the first 4 answers, 1.5 of 3 in the last 4: no clear change yet "
            "(95 % interval: +0.0 to +2.0 of 3).",
        ),
        (
            valued("speaking_rate", [150.0]),
            "Speaking rate: 1 long enough answer so far; a comparison needs 8.",
        ),
    ],
)
def test_a_trend_is_told_in_one_sentence(history, sentence):
    (measure,) = history[0].values
    assert describe_trend(progress(history, measure)) == sentence


@pytest.mark.parametrize(
    ("history", "words"),
    [
        (counted("filler_sounds", [24, 24, 24, 3, 3, 3]), "better"),
        (counted("filler_sounds", [3, 3, 3, 24, 24, 24]), "worse"),
        (counted("filler_sounds", [9] * 6), "no clear change yet"),
        (counted("filler_sounds", [9] * 5), "too few (1 more answer)"),
        (counted("filler_sounds", [9] * 4), "too few (2 more answers)"),
        (valued("mean_pause", [0.4, 0.4, 0.4, 0.4, 0.9, 0.9, 0.9, 0.9]), "changed"),
    ],
)
def test_what_became_of_a_measure_is_told_in_a_few_words(history, words):
    (measure,) = history[0].values
    assert describe_change(progress(history, measure)) == words


def test_a_rate_whose_counts_are_not_known_is_compared_by_ranks():
    history = valued("filler_sounds", [12.0, 13, 14, 15, 3, 4, 5, 6])
    trend = progress(history, "filler_sounds")
    assert (trend.change, trend.is_ratio) == (Change.BETTER, False)


def test_an_answer_keeps_the_interval_of_its_own_rate():
    one = attempt(values={"filler_sounds": 10 / 3}, events={"filler_sounds": Events(5, 1.5)})
    assert one.interval("filler_sounds") == pytest.approx((1.1, 7.8), abs=0.05)
    assert one.interval("speaking_rate") is None
