"""What an answer contains is heard from writers whom the model has not met, at least as well as it was."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmark.content import f_score, measure_left_out, report_other_hands

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


HAND: dict[str, Any] = {
    "clarifying": [{"question": "How many?", "text": "Sorry, do you mean per day or per year?", "gold": 1}],
    "closings": [{"text": "What are the next steps?", "gold": {"next_steps": 1, "thanks": 0, "timing": None}}],
    "hedges": [{"text": "Maybe we should wait.", "gold": 2}],
    "repetitions": [{"marked": "(I) I went home, (it's ) it was late.", "gold": 2}],
    "filler_words": [{"marked": "It was, [like], hard. I {like} it."}],
}


def write_hand(folder: Path, name: str, texts: dict[str, Any]) -> None:
    (folder / f"{name}.json").write_text(json.dumps(texts), encoding="utf-8")


def test_answers_of_other_hands_are_counted_by_what_each_says(tmp_path: Path) -> None:
    write_hand(tmp_path, "first", HAND)
    title, _, *rows = [line for line in report_other_hands(tmp_path) if line]
    counts = {cells[0]: cells[4:] for cells in (row.split() for row in rows)}
    assert title == "Answers of other hands: first"
    assert counts == {  # right, false, missed, possible
        "clarifying": ["1", "0", "0", "0"],
        "next_steps": ["1", "0", "0", "0"],
        "thanks": ["0", "0", "0", "0"],
        "hedges": ["1", "0", "1", "0"],
        "repetitions": ["2", "0", "0", "0"],
        "filler_words": ["1", "0", "0", "0"],
    }


def test_several_hands_are_shown_apart_and_added_up(tmp_path: Path) -> None:
    write_hand(tmp_path, "one", {"hedges": HAND["hedges"]})
    write_hand(tmp_path, "two", {"hedges": HAND["hedges"]})
    rows = [line.split() for line in report_other_hands(tmp_path) if line.startswith("hedges")]
    assert [row[4:7] for row in rows] == [["1", "0", "1"], ["1", "0", "1"], ["2", "0", "2"]]


def test_nothing_is_printed_of_other_hands_without_files(tmp_path: Path) -> None:
    assert report_other_hands(tmp_path) == []
