"""What an answer contains is heard from writers whom the model has not met, at least as well as it was."""

from __future__ import annotations

import pytest

from tests.benchmark.content import f_score, measure_left_out

LOWEST_F = {
    **dict.fromkeys(("thanks", "problem", "action", "tools", "clarifying", "result", "situation", "data"), 0.82),
    **dict.fromkeys(("next_steps", "timing", "interest", "website", "pressing"), 0.76),
    "early_answer": 0.8,
    "task": 0.68,
    "lesson": 0.55,
}


@pytest.mark.slow
def test_every_element_is_heard_from_writers_left_out():
    counts = measure_left_out().counts
    assert counts.keys() == LOWEST_F.keys()
    assert {key for key, lowest in LOWEST_F.items() if f_score(counts[key]) < lowest} == set()


def test_the_score_is_its_closed_form():
    assert f_score({"right": 3, "false": 1, "missed": 1}) == pytest.approx(0.75)
    assert f_score({"right": 0, "false": 1}) == 0.0
