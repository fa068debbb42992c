"""The questions to practise: those of the content and the user's own, some hidden, with their gaps filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.finding import Band, Source
from analysis.question import AskedQuestion, QuestionKind
from content.questions import question, questions
from interview.mock.run import MockStep
from interview.questions.own_question import HiddenQuestion, OwnQuestion, hidden_id, own_question
from interview.questions.placeholder_values import filled
from samples import load
from services.asked_questions import (
    asked_by_id,
    asked_in_debrief,
    asked_in_mock,
    asked_in_sample,
    asked_question,
    is_practice,
)
from services.question_bank import (
    delete_own_question,
    import_own_questions,
    is_open,
    load_question_bank,
    own_answers,
    own_bands,
    question_texts,
    shared_own_bands,
    toggle_hidden,
)
from store.store import Store, open_store
from tests.support.practised_store import DAY, FIRST, practise

ONE, TWO = "1" * 32, "2" * 32
MAPS, PLAIN = own_question(ONE, "Why maps?", "technical"), own_question(TWO, "What would you sing?", "closing")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(folder=tmp_path)
    yield opened
    opened.close()


def hide(store: Store, *question_ids: str) -> None:
    for each in question_ids:
        store.keep(HiddenQuestion(hidden_id(each), each))


def test_the_bank_is_the_content_and_the_users_own_without_the_hidden(store):
    assert load_question_bank(store).offered == questions()
    store.keep(MAPS)
    store.keep(PLAIN)
    hide(store, "money_mix")
    bank = load_question_bank(store)
    assert {each.id for each in bank.offered} == {each.id for each in questions()} - {"money_mix"} | {ONE, TWO}
    assert [each.id for each in bank.offered[-2:]] == [ONE, TWO]
    hide(store, ONE)
    assert ONE not in {each.id for each in load_question_bank(store).offered}


def test_all_questions_are_offered_while_all_are_hidden(store):
    hide(store, *(each.id for each in questions()))
    assert load_question_bank(store).offered == questions()


def test_a_hidden_question_is_still_found_by_its_id_and_a_deleted_one_is_not(store):
    store.keep(MAPS)
    hide(store, ONE, "money_mix")
    bank = load_question_bank(store)
    assert bank.find("money_mix").id == "money_mix"
    assert bank.find(ONE).text == MAPS.text
    delete_own_question(store, bank, ONE)
    assert load_question_bank(store).find(ONE) is None
    assert store.things(OwnQuestion) == ()
    assert [each.question for each in store.things(HiddenQuestion)] == ["money_mix"]


def test_hiding_a_question_twice_offers_it_again(store):
    toggle_hidden(store, load_question_bank(store), "money_mix")
    assert "money_mix" in load_question_bank(store).hidden
    toggle_hidden(store, load_question_bank(store), "money_mix")
    assert load_question_bank(store).hidden == {}


def test_a_gap_holds_the_given_value_else_the_users_word_else_the_example(store):
    asked = next(each for each in questions() if len(each.slots) == 1)
    name, example = asked.slots[0].name, asked.slots[0].example
    assert load_question_bank(store).text(asked) == asked.asked({name: example})
    store.keep(filled(asked.id, {name: "Their word"}))
    bank = load_question_bank(store)
    assert bank.asked(asked) == AskedQuestion(asked.id, asked.asked({name: "Their word"}), QuestionKind(asked.kind))
    assert bank.text_with(asked, {name: "Given"}) == asked.asked({name: "Given"})
    assert bank.text_with(asked, {name: ""}) == bank.text(asked)


def test_every_question_that_is_asked_keeps_its_words_and_kind():
    known = question("money_mix")
    assert asked_by_id("money_mix") == AskedQuestion("money_mix", known.asked(), QuestionKind(known.kind))
    step = MockStep("money_mix", "What pay do you want?", "screening")
    assert asked_in_mock(step) == AskedQuestion("money_mix", "What pay do you want?", QuestionKind.SCREENING)
    with pytest.raises(KeyError):
        asked_by_id("nothing_like_it")


def test_samples_and_debriefs_are_no_practice():
    sample = load()[0]
    assert asked_in_sample(sample).id == f"sample:{sample.name}"
    assert asked_in_debrief(ONE, "keep", "What went well").id == f"debrief:{ONE}:keep"
    assert not is_practice(asked_in_sample(sample).id)
    assert not is_practice(asked_in_debrief(ONE, "keep", "What went well").id)
    assert is_practice(sample.truth.question)


def test_own_answers_leave_out_samples_and_debriefs(store):
    mine = practise(store, [0])
    practise(store, [0], asked_in_sample(load()[0]))
    practise(store, [0], asked_in_debrief(ONE, "keep", "What went well"))
    assert [each.id for each in own_answers(store)] == mine
    assert own_answers(store, "money_mix") == ()


def test_an_answer_is_named_by_its_question_as_it_is_asked_now_or_as_it_was_once_that_is_gone(store):
    asked = load_question_bank(store).asked(question("money_mix"))
    practise(store, [0], AskedQuestion("money_mix", "In older words?", asked.kind))
    practise(store, [0], AskedQuestion(ONE, "Asked once?", asked.kind))
    texts = question_texts(store, store.measured(), load_question_bank(store))
    assert texts == {"money_mix": asked.text, ONE: "Asked once?"}


def test_questions_that_are_there_already_are_not_imported_again(store):
    table = b"text\nWhy maps?\nWhat would you sing?\n"
    assert len(import_own_questions(store, load_question_bank(store), "own.csv", table).new) == 2
    again = import_own_questions(store, load_question_bank(store), "own.csv", table + b"And why?\n")
    assert (len(again.new), again.known) == (1, 2)
    assert [each.text for each in store.things(OwnQuestion)] == ["Why maps?", "What would you sing?", "And why?"]


def test_answers_share_a_range_only_where_their_questions_have_the_same(store):
    short = replace(MAPS, target_seconds=(30.0, 45.0))
    store.keep(short)
    practise(store, [0], asked_question(short.question))
    practise(store, [0], asked_by_id("money_mix"), FIRST + DAY)
    bank, (mine, other) = load_question_bank(store), own_answers(store)
    (measure,) = own_bands(store, ONE)
    settings = {measure: Band((60, 90), (30, 120), Source("Your own range", "", False))}
    assert shared_own_bands([mine], bank, settings) == own_bands(store, ONE) == short.bands
    assert shared_own_bands([other], bank, settings) == settings
    assert is_open(shared_own_bands([mine, other], bank, settings)[measure])
    assert is_open(shared_own_bands([mine, other], bank, {})[measure])
    assert shared_own_bands([other], bank, {}) == {}
