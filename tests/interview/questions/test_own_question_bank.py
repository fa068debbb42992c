import json
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content.taxonomy import load_taxonomy
from interview.document_kinds import DOCUMENT_KINDS
from interview.questions.own_question import (
    HiddenQuestion,
    OwnQuestion,
    from_written,
    make_hidden_id,
    make_own_question,
)
from interview.questions.own_question_files import as_csv, as_toml, read_question_file
from interview.validation import EntryError
from store.db import document_json

ONE, TWO = "1" * 32, "f" * 32
MAPS = OwnQuestion(
    ONE,
    "Why maps, {name}?",
    "technical",
    "learning",
    "second",
    ("one map",),
    ("Think.",),
    (30.0, 45.0),
    "Because.\nThey show.",
)
PLAIN = make_own_question(TWO, "What would you sing?", "closing")
HIDDEN = HiddenQuestion(make_hidden_id("money_mix"), "money_mix")


KEPT = [("own_question", MAPS), ("own_question", PLAIN), ("hidden_question", HIDDEN)]


@pytest.mark.parametrize(("name", "value"), KEPT)
def test_own_questions_survive_a_json_round_trip(name, value):
    assert DOCUMENT_KINDS[name] is type(value)
    assert document_json.from_json(DOCUMENT_KINDS[name], json.loads(json.dumps(document_json.to_json(value)))) == value


def test_an_own_question_is_asked_as_written_and_is_marked_as_the_users():
    asked = MAPS.question
    assert asked.fill_slots({"name": "Ada"}) == "Why maps, {name}?"
    assert (asked.id, asked.kind, asked.target_seconds) == (ONE, "technical", (30, 45))
    assert str(asked.citation) == "Your own question"


def test_a_question_without_a_target_length_uses_that_of_its_kind():
    assert PLAIN.question.target_seconds == load_taxonomy().kinds["closing"].target_seconds
    assert (PLAIN.competency, PLAIN.stage) == ("closing", "closing")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "why_maps"}, "32 hexadecimal digits"),
        ({"text": ""}, "A question should not be empty"),
        ({"text": "x" * 301}, "at most 300 characters"),
        ({"text": "two\nlines"}, "one line"),
        ({"kind": "song"}, "The kind of a question should be one of screening, .* not 'song'"),
        ({"competency": "charm"}, "The competency of a question should be one of"),
        ({"stage": "third"}, "The stage of a question should be one of"),
        ({"prompts": ("a", "b", "c")}, "at most 2, not 3"),
        ({"good_answer": ("",)}, "should not be empty"),
        ({"target_seconds": (30.0,)}, "a shortest and a longest"),
        ({"target_seconds": (90.0, 30.0)}, "a shortest and a longest"),
        ({"target_seconds": (1.0, 30.0)}, "between 5 and 3600, not 1"),
        ({"answer": "a\x00"}, "no control characters"),
    ],
)
def test_an_invalid_question_is_refused_with_a_sentence(changes, told):
    with pytest.raises(EntryError, match=told):
        replace(MAPS, **changes)


def test_an_unknown_kind_is_refused_with_a_sentence():
    with pytest.raises(EntryError, match="be one of screening"):
        make_own_question(ONE, "Why?", "song")


def test_exported_questions_can_be_imported():
    for name, text in (("own.csv", as_csv((MAPS, PLAIN))), ("OWN.TOML", as_toml((MAPS, PLAIN)))):
        found = read_question_file(name, text.encode())
        assert [from_written(ONE, each.written) for each in found.new] == [replace(q, id=ONE) for q in (MAPS, PLAIN)]
        assert len({each.id for each in found.new} | {ONE, TWO}) == 4
        assert read_question_file(name, text.encode(), [MAPS.text.upper()]).known_count == 1


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("own.xlsx", b"", "own.xlsx isn't a list of questions we can read. Choose a file ending in .csv or .toml."),
        ("a/b\\own.csv", b"", "Nothing was imported. own.csv, line 1: should name the columns"),
        ("own.csv", b"text\nWhy\xff?\n", "own.csv, line 2: isn't written in UTF-8; save the file in that encoding"),
        ("own.toml", b"x" * 4_000_001, "own.toml: is longer than 4,000,000 bytes"),
        ("own.toml", b"question = 3", "question: should be an array of tables that is not empty"),
    ],
)
def test_an_unusable_file_is_refused_with_a_sentence(name, data, told):
    with pytest.raises(EntryError) as mistake:
        read_question_file(name, data)
    assert told in str(mistake.value)
    assert str(mistake.value).endswith(".")


def test_a_long_error_message_is_shortened():
    with pytest.raises(EntryError) as mistake:
        read_question_file("own.toml", b'[[question]]\ntext = "Why?"\nkind = "' + b"x" * 90_000 + b'"')
    assert len(str(mistake.value)) < 700


@given(st.binary(max_size=200), st.sampled_from([".csv", ".toml"]))
def test_any_bytes_are_imported_or_refused_with_a_sentence(data, ending):
    for beginning in (b"", b"text,answer\n", b"[[question]]\ntext ="):
        with suppress(EntryError):
            assert read_question_file("own" + ending, beginning + data).new
