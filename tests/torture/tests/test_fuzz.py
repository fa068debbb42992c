"""Short fuzzing of all readers; longer: `python -m tests.torture fuzz`."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import strategies as st

from speech.errors import AnswerAloudError
from tests.torture.fuzzing.fuzz import fuzz
from tests.torture.fuzzing.targets import Target, targets

pytestmark = pytest.mark.slow

INPUTS = 60  # of each reader


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_any_input_is_read_or_refused_in_a_sentence(target: Target) -> None:
    found = fuzz(target, INPUTS, 1)
    assert found.fault is None
    assert found.outcomes.total() >= INPUTS // 2
    assert found.outcomes["read"] < found.outcomes.total()  # some of it is wrong, or nothing was tried


@pytest.mark.parametrize("target", targets(), ids=lambda target: target.name)
def test_the_valid_seeds_can_be_read(target: Target) -> None:
    assert target.good
    for each in target.good:
        target.feed(each)


def test_a_broken_reader_is_found_with_the_smallest_failing_input() -> None:
    def feed(number: int) -> None:
        if number >= 10:
            raise ZeroDivisionError(f"given {number}")
        raise AnswerAloudError("That is too small. Take another.")

    found = fuzz(Target("broken", st.integers(0, 1000), feed), 200, 1)
    assert found.fault is not None
    assert "ZeroDivisionError: given 10" in found.fault


def test_a_refusal_without_words_is_a_fault() -> None:
    def feed(_: Any) -> None:
        raise AnswerAloudError("")

    assert fuzz(Target("silent", st.integers(), feed), 10, 1).fault is not None
