"""The passages and windows of an answer that key points are compared with."""

from __future__ import annotations

import pytest

from analysis.structure.key_points import MAX_PASSAGE_WORDS, list_passages, list_windows
from speech.transcript import WordKind
from tests.support.key_point_answers import ANSWERS, make_labelled_words
from tests.support.synthetic_words import make_words


def test_passages_leave_out_fillers_and_repetitions() -> None:
    cut = list_passages(make_labelled_words("So, um, I I led it, you know, and it worked."))
    assert {word.kind for passage in cut for word in passage} == {WordKind.WORD}


@pytest.mark.parametrize("answer", ANSWERS)
def test_every_word_is_in_a_passage_and_no_passage_is_too_long(answer: dict[str, str]) -> None:
    row = make_labelled_words(answer["text"])
    cut = list_passages(row)
    kept = {word for word in row if word.kind is WordKind.WORD}
    assert {word for passage in cut for word in passage} == kept
    assert max(map(len, cut)) <= 2 * MAX_PASSAGE_WORDS


def test_windows_cover_every_word_and_have_the_requested_size() -> None:
    row = make_labelled_words(
        "So, um, I led it, and it worked, and then we went on for a year without any trouble at all."
    )
    cut = list_windows(row, 6, 2)
    assert {word for window in cut for word in window} == {word for word in row if word.kind is WordKind.WORD}
    assert {len(window) for window in cut[:-1]} == {6}
    assert list_windows((), 6, 2) == ()


def test_words_without_punctuation_are_split_into_passages() -> None:
    row = make_words(" ".join(["team"] * 57))
    assert {word for passage in list_passages(row) for word in passage} == set(row)
