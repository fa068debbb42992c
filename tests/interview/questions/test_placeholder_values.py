"""What fills the gaps of a question, and the length that a question of one's own asks for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analysis.finding import Verdict
from content.questions import get_question
from interview.questions.own_question import make_own_question
from interview.questions.placeholder_values import (
    PlaceholderValue,
    PlaceholderValues,
    make_placeholder_values,
    make_placeholder_values_id,
)
from interview.validation import EntryError
from store.db import document_json

COMPANY = "what_do_you_know_about_us"  # its one gap is {company}


def test_placeholder_values_are_one_line_and_empty_ones_are_left_out():
    found = make_placeholder_values(COMPANY, {"company": "  Harbour\n Analytics ", "role": "   "})
    assert found.by_slot == {"company": "Harbour Analytics"}
    assert get_question(COMPANY).fill_slots(found.by_slot) == "What do you know about Harbour Analytics?"


def test_braces_in_a_placeholder_value_stay_text():
    assert "{company}" in get_question(COMPANY).fill_slots(
        make_placeholder_values(COMPANY, {"company": "{company}"}).by_slot
    )


def test_a_question_has_one_set_of_placeholder_values():
    assert (
        make_placeholder_values(COMPANY, {"company": "A"}).id
        == make_placeholder_values(COMPANY, {}).id
        == make_placeholder_values_id(COMPANY)
    )


def test_placeholder_values_survive_a_json_round_trip():
    found = make_placeholder_values(COMPANY, {"company": "Zoë & Söhne"})
    assert document_json.from_json(PlaceholderValues, json.loads(json.dumps(document_json.to_json(found)))) == found


@pytest.mark.parametrize("bad", ["", " x", "two\nlines", "x" * 301])
def test_a_placeholder_value_that_is_not_one_line_is_refused(bad: str):
    with pytest.raises(EntryError):
        PlaceholderValue("company", bad)


def test_a_target_length_set_with_a_question_applies_to_its_answers():
    mine = make_own_question("1" * 32, "Why maps?", "technical")  # 90 to 180 s as its kind
    assert mine.bands == {}
    band = replace(mine, target_seconds=(20.0, 40.0)).bands["answer_length"]
    verdicts = [band.judge(seconds) for seconds in (9.9, 10, 20, 40, 80, 80.1)]
    assert verdicts == [Verdict.ACT, Verdict.WATCH, Verdict.FINE, Verdict.FINE, Verdict.WATCH, Verdict.ACT]
    assert band.source.name == "Your own question"
