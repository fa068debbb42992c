"""A written answer as if it had been said: words with kinds, counts, and the JSON that other programs read."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest

from analysis.structure.understanding import Content
from analysis.written_answer import SECONDS_PER_WORD, read_text, split_words, written_answer_to_json
from speech.transcript import WordKind

KEYS = [
    *("situation", "task", "action", "result", "lesson", "number", "problem", "data", "tools", "results"),
    *("clarifying", "early_answer", "next_steps", "timing", "thanks", "interest", "website", "pressing"),
]


def test_the_words_keep_their_text_and_have_their_kinds():
    answer = read_text("So, um, I I was, you know, late.")
    assert [(word.text, word.kind) for word in answer.words] == [
        ("So,", WordKind.DISCOURSE_MARKER),
        ("um,", WordKind.FILLED_PAUSE),
        ("I", WordKind.REPETITION),
        ("I", WordKind.WORD),
        ("was,", WordKind.WORD),
        ("you", WordKind.DISCOURSE_MARKER),
        ("know,", WordKind.DISCOURSE_MARKER),
        ("late.", WordKind.WORD),
    ]
    assert len(answer.repetitions) == 1
    assert len(answer.filler_words) == 2


def test_words_follow_each_other_at_an_even_pace():
    words = split_words("one two three")
    assert [word.start for word in words] == pytest.approx([0, SECONDS_PER_WORD, 2 * SECONDS_PER_WORD])
    assert all(left.end == right.start for left, right in pairwise(words))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("We won – at last.", ["We", "won—", "at", "last."]),
        ("We won - at last.", ["We", "won—", "at", "last."]),
        ("- first\n- second", ["first—", "second"]),
        ("Wait ... no.", ["Wait...", "no."]),
        ("  \n\t", []),
        ("…", []),
    ],
)
def test_marks_that_stand_alone_belong_to_the_word_before(text, tokens):
    assert [word.text for word in split_words(text)] == tokens


def test_own_filler_words_count_wherever_they_are_written():
    assert len(read_text("It was a big deal, a big deal.", own_filler_words=["big deal"]).filler_words) == 2


def test_the_json_has_words_elements_counts_and_questions():
    found = written_answer_to_json(read_text("Maybe I I called him. What are the next steps?"))
    assert json.loads(json.dumps(found)) == found
    assert set(found) == {"words", "elements", "hedges", "repetitions", "questions"}
    assert found["words"][:3] == [
        {"text": "Maybe", "kind": "word"},
        {"text": "I", "kind": "repetition"},
        {"text": "I", "kind": "word"},
    ]
    assert [element["key"] for element in found["elements"]] == KEYS == [content.value for content in Content]
    assert {element["state"] for element in found["elements"]} <= {"heard", "possible", "not_heard"}
    assert all(bool(element["text"]) == (element["state"] != "not_heard") for element in found["elements"])
    assert (found["hedges"], found["repetitions"]) == (1, 1)
    assert found["questions"] == ["What are the next steps?"]
