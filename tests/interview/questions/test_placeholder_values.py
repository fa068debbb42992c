"""What fills the gaps of a question, and the length that a question of one's own asks for."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from analysis.finding import Verdict
from content.questions import question
from interview.questions.own_question import own_question
from interview.questions.placeholder_values import Filling, Fillings, filled, fillings_id
from interview.validation import EntryError
from store.db import document_json

COMPANY = "what_do_you_know_about_us"  # its one gap is {company}


def test_gaps_are_filled_with_one_line_and_empty_ones_left_out():
    found = filled(COMPANY, {"company": "  Harbour\n Analytics ", "role": "   "})
    assert found.by_slot == {"company": "Harbour Analytics"}
    assert question(COMPANY).asked(found.by_slot) == "What do you know about Harbour Analytics?"


def test_braces_in_a_filling_stay_text():
    assert "{company}" in question(COMPANY).asked(filled(COMPANY, {"company": "{company}"}).by_slot)


def test_a_question_has_its_fillings_once():
    assert filled(COMPANY, {"company": "A"}).id == filled(COMPANY, {}).id == fillings_id(COMPANY)


def test_fillings_come_back_from_json_as_they_were_kept():
    found = filled(COMPANY, {"company": "Zoë & Söhne"})
    assert document_json.from_json(Fillings, json.loads(json.dumps(document_json.to_json(found)))) == found


@pytest.mark.parametrize("bad", ["", " x", "two\nlines", "x" * 301])
def test_what_is_no_line_fills_nothing(bad: str):
    with pytest.raises(EntryError):
        Filling("company", bad)


def test_a_length_set_with_a_question_judges_its_answers():
    mine = own_question("1" * 32, "Why maps?", "technical")  # 90 to 180 s as its kind
    assert mine.bands == {}
    band = replace(mine, target_seconds=(20.0, 40.0)).bands["answer_length"]
    verdicts = [band.verdict(seconds) for seconds in (9.9, 10, 20, 40, 80, 80.1)]
    assert verdicts == [Verdict.ACT, Verdict.WATCH, Verdict.FINE, Verdict.FINE, Verdict.WATCH, Verdict.ACT]
    assert band.source.name == "Your own question"
