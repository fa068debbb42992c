from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Cohort
from analysis.progress.comparison import compare, word_diff
from analysis.progress.statistics import Events
from analysis.progress.trend import Change, describe_difference
from tests.support.histories import START, attempt, counted
from tests.support.synthetic_words import said


def take(day: int, fillers: int | None, minutes: float = 1.5, **others):
    events = {} if fillers is None else {"filler_sounds": Events(fillers, minutes)}
    values = {"filler_sounds": None if fillers is None else fillers / minutes, "speaking_rate": 150.0 + day}
    return attempt(day, values, events, **others)


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
def test_two_counts_tell_whether_a_rate_changed_by_more_than_counting(before, now, change):
    assert fillers_of(compare(take(0, before), take(1, now))).change is change


def test_what_is_not_a_rate_is_shown_without_a_claim():
    differences = {difference.measure: difference for difference in compare(take(0, 9), take(1, 9))}
    assert differences.keys() == MEASURES.keys()
    rate = differences["speaking_rate"]
    assert (rate.before, rate.now, rate.change, rate.interval) == (150, 151, Change.TOO_FEW, None)


def test_answers_that_vary_anyway_take_a_claim_back():
    others = [replace(each, id=f"other {each.id}") for each in counted("filler_sounds", [2, 30, 8, 25, 4, 18])]
    assert fillers_of(compare(take(0, 24), take(1, 5), others)).change is Change.NO_CLEAR_CHANGE
    assert fillers_of(compare(take(0, 24), take(1, 5), others[:3])).change is Change.BETTER


def test_slow_progress_over_the_other_answers_takes_no_claim_back():
    others = [replace(each, id=f"other {each.id}") for each in counted("filler_sounds", [60] * 4 + [30] * 4 + [10] * 4)]
    assert fillers_of(compare(take(20, 24), take(21, 5), others)).change is Change.BETTER
    shuffled = [replace(each, at=START + timedelta(days=7 * day % 12)) for day, each in enumerate(others)]
    assert fillers_of(compare(take(20, 24), take(21, 5), shuffled)).change is Change.NO_CLEAR_CHANGE


@pytest.mark.parametrize(("others", "drift"), [(4, 0), (12, 0), (12, 2)])
def test_two_takes_of_somebody_who_varies_but_does_not_change_seldom_look_changed(others, drift):
    random = np.random.default_rng(23)
    usual = 10 * np.concatenate([np.linspace(1 + drift, 1, others), [1, 1]])
    counts = random.poisson(1.5 * usual * random.gamma(0.4**-2, 0.4**2, (1000, others + 2)))
    histories = [counted("filler_sounds", row) for row in counts]
    found = [compare(history[-2], history[-1], history[:-2]) for history in histories]
    assert np.mean([fillers_of(each).change is not Change.NO_CLEAR_CHANGE for each in found]) <= 0.05


def test_takes_of_two_cohorts_are_shown_and_not_compared():
    differences = compare(take(0, 24), take(1, 5, cohort=Cohort("base", "default", 1)))
    assert {difference.change for difference in differences} == {Change.NOT_COMPARABLE}
    assert fillers_of(differences).before == 16


def test_answers_to_different_questions_are_refused():
    with pytest.raises(ValueError, match="different questions"):
        compare(take(0, 5), take(1, 5, question="why_us"))


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [(24, 5, "better, and more than chance"), (15, 10, "no clear change yet"), (None, 5, "not measured in both")],
)
def test_what_became_of_a_measure_is_told_in_a_few_words(before, now, words):
    assert describe_difference(fillers_of(compare(take(0, before), take(1, now)))) == words


def test_a_difference_without_a_claim_says_why():
    (rate,) = (each for each in compare(take(0, 5), take(1, 5)) if each.measure == "speaking_rate")
    assert describe_difference(rate) == "one answer each cannot be told from chance"


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
def test_two_transcripts_are_cut_into_the_same_passages(before, now, passages):
    found = word_diff(said(before), said(now))
    assert [
        (each.is_same, *(" ".join(word.text for word in side) for side in (each.before, each.now))) for each in found
    ] == passages


def test_passages_put_together_are_both_transcripts():
    before = said("I led a team of five and um we shipped it in a week and then we rested " * 20)
    now = said("I then led the team and we shipped it um in two weeks and rested " * 20)
    found = word_diff(before, now)
    assert tuple(word for each in found for word in each.before) == before
    assert tuple(word for each in found for word in each.now) == now
