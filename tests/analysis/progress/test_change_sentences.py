"""What is different between two answers, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.measures.registry import MEASURES
from analysis.progress.attempt import Cohort
from analysis.progress.change_sentences import MAX_SENTENCES, describe_any_step, describe_changes
from analysis.progress.comparison import compare_answers, find_latest_pair, find_neighbours
from analysis.progress.statistics import EventCount
from analysis.progress.trend import Change, Difference
from analysis.question import QuestionKind
from store.own_bands import BandLimits, make_band
from tests.support.histories import make_attempt


def describe(before: Mapping[str, float | None], now: Mapping[str, float | None], **others: object) -> str:
    one, other = make_attempt(0, before), make_attempt(1, now)
    return describe_changes(one, other, compare_answers(one, other), **others)


@pytest.mark.parametrize(
    ("before", "now", "said"),
    [
        ({"answer_length": 26, "time_to_the_point": 10}, {"answer_length": 37, "time_to_the_point": 1},
         "Longer by 11 s. Got to the point 9 s sooner. Might be chance."),
        ({"answer_length": 180}, {"answer_length": 90}, "Shorter by 90 s – in the range now. Might be chance."),
        ({"answer_length": 60}, {"answer_length": 240},
         "Longer by 3 min 0 s – out of the range now. Might be chance."),
        ({"speaking_rate": 138}, {"speaking_rate": 165}, "Faster by 27 words a minute. Might be chance."),
        ({"speaking_rate": 210}, {"speaking_rate": 160},
         "Slower by 50 words a minute – in the range now. Might be chance."),
        ({"longest_pause": 1.2}, {"longest_pause": 1.9}, "Longest pause 0.7 s longer. Might be chance."),
        ({"outcome": 0}, {"outcome": 2}, "Said more about how it turned out. Might be chance."),
        ({"answer_length": 37.3}, {"answer_length": 35.6}, "Much the same."),
        ({"answer_length": None}, {"answer_length": 35.6}, "Much the same."),
    ],
)  # fmt: skip
def test_a_change_is_said_in_words_with_its_size(before, now, said):
    assert describe(before, now) == said


def test_a_change_inside_the_range_is_called_neither_good_nor_bad():
    said = describe({"speaking_rate": 130}, {"speaking_rate": 168})
    assert said == "Faster by 38 words a minute. Might be chance."


def test_the_users_own_range_says_what_is_in_it():
    own = {"speaking_rate": make_band("speaking_rate", BandLimits(100, 140))}
    said = describe({"speaking_rate": 138}, {"speaking_rate": 160}, own=own)
    assert said == "Faster by 22 words a minute – out of the range now. Might be chance."


def test_what_is_more_than_chance_comes_first_and_the_rest_is_said_to_be_perhaps_chance():
    minutes = 1.5
    one, other = (
        make_attempt(day, {"filler_sounds": count / minutes, "answer_length": seconds},
                     {"filler_sounds": EventCount(count, minutes)})
        for day, count, seconds in ((0, 30, 60), (1, 2, 80))
    )  # fmt: skip
    said = describe_changes(one, other, compare_answers(one, other))
    assert said == (
        "Fewer ums: down from 20 to 1.3 a minute – in the range now. Not just chance. Longer by 20 s. "
        "The rest might be chance."
    )


def test_answers_analysed_differently_are_not_compared():
    one, other = make_attempt(0, {"answer_length": 10}), make_attempt(1, {"answer_length": 90})
    other = make_attempt(1, {"answer_length": 90}, cohort=Cohort("base", "default", 1))
    assert describe_changes(one, other, compare_answers(one, other)).startswith("They were analysed differently")


numbers = st.one_of(st.none(), st.floats(0, 1000))


@given(st.dictionaries(st.sampled_from(sorted(MEASURES)), st.tuples(numbers, numbers)))
def test_whatever_the_numbers_the_sentences_are_few_and_name_no_ratio(values):
    said = describe({key: pair[0] for key, pair in values.items()}, {key: pair[1] for key, pair in values.items()})
    assert said
    assert "times the earlier" not in said
    assert said.count(". ") <= MAX_SENTENCES + 2


@pytest.mark.parametrize(
    ("measure", "before", "now", "said"),
    [
        ("answer_length", 26, 37, "longer by 11 s"),
        ("answer_length", 26.1, 26.2, "the same"),
        ("mean_pause", 0.5, 0.6, "a little higher"),
        ("mean_pause", 0.6, 0.5, "a little lower"),
        ("mean_pause", None, 0.5, "not in both takes"),
    ],
)
def test_every_measure_has_a_word_for_its_change(measure, before, now, said):
    assert describe_any_step(Difference(measure, Change.TOO_FEW, before, now, None)) == said


def test_the_latest_two_takes_of_a_question_are_a_pair_even_after_another_answer():
    first, second = make_attempt(0, id="first"), make_attempt(1, id="second", take=2)
    other = make_attempt(2, id="other", question="another")
    assert find_latest_pair([first]) is None
    assert find_latest_pair([first, second, other]) == (first, second)
    assert find_latest_pair([first, other]) == (first, other)


def test_answers_of_the_same_kind_tell_how_much_answers_vary_and_no_others():
    alike, later = make_attempt(0), make_attempt(1)
    others = [make_attempt(2, kind=QuestionKind.CLOSING), make_attempt(3, cohort=Cohort("base", "default", 1))]
    assert find_neighbours([alike, later, *others], later) == (later, alike)
