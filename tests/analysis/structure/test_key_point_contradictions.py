"""Contradictions between a key point and a passage: another number, or the opposite statement."""

from __future__ import annotations

import pytest

from analysis.structure.key_point_contradictions import (
    OTHER_NUMBER,
    OTHER_WAY_ROUND,
    describe_contradiction,
    has_same_number,
)


@pytest.mark.parametrize(
    ("point", "passage"),
    [
        ("Build takes 5 minutes", "the build takes forty minutes"),
        ("Saved 20%", "we saved thirty percent"),
        ("We came third", "we came second out of thirty"),
        ("1,000 users", "we had two hundred users"),
        ("$5,000 a year", "it cost 300 a year"),
        ("Off by two points", "it was off by twelve points"),
    ],
)
def test_passage_with_another_number_contradicts_the_point(point: str, passage: str) -> None:
    assert describe_contradiction(point, passage) == OTHER_NUMBER


@pytest.mark.parametrize(
    ("point", "passage"),
    [
        ("20 percent fewer", "it fell by a fifth"),
        ("Half of them", "50% of them"),
        ("3000 people", "another three thousand people"),
        ("Build from 40 to 10 minutes", "the build took, like, 40 minutes"),
        ("Saved a lot", "we saved thirty percent"),
        ("Saved 20%", "we saved money"),
        ("One line is enough", "it takes two lines"),
        ("About 2,000,000", "roughly two million"),
    ],
)
def test_passage_with_the_same_number_or_none_is_no_contradiction(point: str, passage: str) -> None:
    assert describe_contradiction(point, passage) is None


@pytest.mark.parametrize(
    ("point", "passage"),
    [
        ("I find it easy to say no", "I find it hard to say no"),
        ("Keep the posters", "the posters I would drop"),
        ("I did it alone", "we did it together"),
    ],
)
def test_passage_with_the_opposite_word_contradicts_the_point(point: str, passage: str) -> None:
    assert describe_contradiction(point, passage) == OTHER_WAY_ROUND


@pytest.mark.parametrize(
    ("point", "passage"),
    [
        ("Waiting went down to 15 minutes", "nobody waited longer than fifteen minutes"),
        ("I asked my manager", "I asked not only my manager"),
    ],
)
def test_upper_bound_is_not_a_negation(point: str, passage: str) -> None:
    assert describe_contradiction(point, passage) is None


@pytest.mark.parametrize(
    ("point", "around", "same"),
    [
        ("24 of 26 learned it", "out of twenty-six people twenty-four can swim", True),
        ("20 percent fewer", "it fell by a fifth", True),
        ("Only one surprise", "one of them left", False),
        ("Saved 20%", "we saved thirty percent", False),
        ("Saved a lot", "we saved thirty percent", False),
    ],
)
def test_number_of_a_point_is_found_in_any_spelling(point: str, around: str, same: bool) -> None:
    assert has_same_number(point, around) is same


def test_number_of_a_point_may_be_said_beside_the_passage() -> None:
    assert (
        describe_contradiction(
            "Two million cyclists", "one in twenty goes by bike", "one in twenty goes by bike, two million"
        )
        is None
    )


@pytest.mark.parametrize(
    ("point", "passage"),
    [
        ("A patient was hurt", "no patient was hurt"),
        ("I told the manager", "I didn't tell the manager"),
        ("Nobody complained", "four customers complained"),
        ("Sales rose", "our sales fell in spring"),
        ("Costs went down", "and the costs went up"),
        ("I never use it", "I use it every day"),
    ],
)
def test_passage_that_says_the_opposite_contradicts_the_point(point: str, passage: str) -> None:
    assert describe_contradiction(point, passage) == OTHER_WAY_ROUND


@pytest.mark.parametrize(
    ("point", "passage"),
    [
        ("Young people were missing from the training data", "the young people were simply not in it"),
        ("Nobody wanted to lead", "nobody wanted to be the boss"),
        ("Fewer calls", "the calls went down by a third"),
        ("I gave up smoking", "I stopped, and the costs fell"),
        ("Hard to refuse", "I find it hard to say no"),
        ("Sales rose", "sales went up"),
    ],
)
def test_paraphrase_is_no_contradiction(point: str, passage: str) -> None:
    assert describe_contradiction(point, passage) is None
