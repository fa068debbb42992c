from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Cohort
from analysis.progress.comparison import compare_takes, diff_words
from analysis.progress.statistics import EventCount
from analysis.progress.trend import Change, describe_difference
from tests.support.histories import START, make_attempt, make_attempts_with_counts
from tests.support.synthetic_words import make_words


def take(day: int, fillers: int | None, minutes: float = 1.5, **others):
    events = {} if fillers is None else {"filler_sounds": EventCount(fillers, minutes)}
    values = {"filler_sounds": None if fillers is None else fillers / minutes, "speaking_rate": 150.0 + day}
    return make_attempt(day, values, events, **others)


def fillers_of(differences):
    return next(difference for difference in differences if difference.measure == "filler_sounds")


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (24, 5, Change.BETTER),
        (5, 24, Change.WORSE),
        (15, 10, Change.NO_CLEAR_CHANGE),
        (0, 0, Change.NO_CLEAR_CHANGE),
        (7, 0, Change.CHANGED),  # 4.7 a minute is inside the range already
        (None, 5, Change.TOO_FEW),
        (5, None, Change.TOO_FEW),
    ],
)
def test_rate_change_is_judged_by_two_counts(before, now, change):
    assert fillers_of(compare_takes(take(0, before), take(1, now))).change is change


def test_measure_that_is_not_a_rate_is_reported_without_a_claim():
    differences = {difference.measure: difference for difference in compare_takes(take(0, 9), take(1, 9))}
    assert differences.keys() == MEASURES.keys()
    rate = differences["speaking_rate"]
    assert (rate.before, rate.now, rate.change, rate.interval) == (150, 151, Change.TOO_FEW, None)


def test_claim_is_dropped_if_other_answers_vary_as_much():
    others = [
        replace(each, id=f"other {each.id}")
        for each in make_attempts_with_counts("filler_sounds", [2, 30, 8, 25, 4, 18])
    ]
    assert fillers_of(compare_takes(take(0, 24), take(1, 5), others)).change is Change.NO_CLEAR_CHANGE
    assert fillers_of(compare_takes(take(0, 24), take(1, 5), others[:3])).change is Change.BETTER


def test_claim_is_kept_if_other_answers_change_slowly():
    others = [
        replace(each, id=f"other {each.id}")
        for each in make_attempts_with_counts("filler_sounds", [60] * 4 + [30] * 4 + [10] * 4)
    ]
    assert fillers_of(compare_takes(take(20, 24), take(21, 5), others)).change is Change.BETTER
    shuffled = [replace(each, at=START + timedelta(days=7 * day % 12)) for day, each in enumerate(others)]
    assert fillers_of(compare_takes(take(20, 24), take(21, 5), shuffled)).change is Change.NO_CLEAR_CHANGE


@pytest.mark.parametrize(("others", "drift"), [(4, 0), (12, 0), (12, 2)])
def test_takes_that_vary_without_change_are_claimed_in_at_most_5_percent(others, drift):
    random = np.random.default_rng(23)
    usual = 10 * np.concatenate([np.linspace(1 + drift, 1, others), [1, 1]])
    counts = random.poisson(1.5 * usual * random.gamma(0.4**-2, 0.4**2, (1000, others + 2)))
    histories = [make_attempts_with_counts("filler_sounds", row) for row in counts]
    found = [compare_takes(history[-2], history[-1], history[:-2]) for history in histories]
    assert np.mean([fillers_of(each).change is not Change.NO_CLEAR_CHANGE for each in found]) <= 0.05


def test_takes_of_two_cohorts_are_reported_but_not_compared():
    differences = compare_takes(take(0, 24), take(1, 5, cohort=Cohort("base", "default", 1)))
    assert {difference.change for difference in differences} == {Change.NOT_COMPARABLE}
    assert fillers_of(differences).before == 16


def test_answers_to_different_questions_are_refused():
    with pytest.raises(ValueError, match="different questions"):
        compare_takes(take(0, 5), take(1, 5, question="why_us"))


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [(24, 5, "better (not just chance)"), (15, 10, "no clear change"), (None, 5, "not in both takes")],
)
def test_difference_is_described_in_a_few_words(before, now, words):
    assert describe_difference(fillers_of(compare_takes(take(0, before), take(1, now)))) == words


def test_difference_without_a_claim_gives_the_reason():
    (rate,) = (each for each in compare_takes(take(0, 5), take(1, 5)) if each.measure == "speaking_rate")
    assert describe_difference(rate) == "one answer each is too few to say"


@pytest.mark.parametrize(
    ("before", "now", "passages"),
    [
        ("", "", []),
        ("", "I led", [(False, "", "I led")]),
        ("I led it.", "i led it", [(True, "I led it.", "i led it")]),
        ("So um I led it.", "So I led it.", [(True, "So", "So"), (False, "um", ""), (True, "I led it.", "I led it.")]),
        ("We did it.", "We built it.", [(True, "We", "We"), (False, "did", "built"), (True, "it.", "it.")]),
    ],
)
def test_two_transcripts_are_aligned_in_passages(before, now, passages):
    found = diff_words(make_words(before), make_words(now))
    assert [
        (each.is_same, *(" ".join(word.text for word in side) for side in (each.before, each.now))) for each in found
    ] == passages


def test_joined_passages_are_both_transcripts():
    before = make_words("I led a team of five and um we shipped it in a week and then we rested " * 20)
    now = make_words("I then led the team and we shipped it um in two weeks and rested " * 20)
    found = diff_words(before, now)
    assert tuple(word for each in found for word in each.before) == before
    assert tuple(word for each in found for word in each.now) == now
