"""The passages and windows of an answer that points are compared with."""

from __future__ import annotations

import pytest

from analysis.structure.key_points import MAX_PASSAGE_WORDS, passages, windows
from speech.transcript import WordKind
from tests.support.key_point_answers import ANSWERS, words
from tests.support.synthetic_words import said


def test_fillers_and_repetitions_are_in_no_passage() -> None:
    cut = passages(words("So, um, I I led it, you know, and it worked."))
    assert {word.kind for passage in cut for word in passage} == {WordKind.WORD}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_word_stands_in_a_passage_and_no_passage_is_long(answer: dict[str, str]) -> None:
    row = words(answer["text"])
    cut = passages(row)
    kept = {word for word in row if word.kind is WordKind.WORD}
    assert {word for passage in cut for word in passage} == kept
    assert max(map(len, cut)) <= 2 * MAX_PASSAGE_WORDS


def test_windows_hold_every_word_and_none_is_longer_than_asked() -> None:
    row = words("So, um, I led it, and it worked, and then we went on for a year without any trouble at all.")
    cut = windows(row, 6, 2)
    assert {word for window in cut for word in window} == {word for word in row if word.kind is WordKind.WORD}
    assert {len(window) for window in cut[:-1]} == {6}
    assert windows((), 6, 2) == ()


def test_words_without_any_mark_are_cut_all_the_same() -> None:
    row = said(" ".join(["team"] * 57))
    assert {word for passage in passages(row) for word in passage} == set(row)
