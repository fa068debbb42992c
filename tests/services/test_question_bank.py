"""The questions to practise: those of the content and the user's own, some hidden, with their gaps filled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.finding import Band, Source
from analysis.question import AskedQuestion, QuestionKind
from content.questions import get_question, load_questions
from interview.mock.run import MockStep
from interview.questions.own_question import HiddenQuestion, OwnQuestion, make_hidden_id, make_own_question
from interview.questions.placeholder_values import make_placeholder_values
from samples import load
from services.asked_questions import (
    find_asked_question,
    is_practice,
    make_asked_question,
    make_debrief_question,
    make_mock_question,
    make_sample_question,
)
from services.question_bank import (
    delete_own_question,
    find_own_bands,
    find_shared_bands,
    find_target_bands,
    import_own_questions,
    is_open,
    load_own_answers,
    load_question_bank,
    load_question_texts,
    toggle_hidden,
)
from store.store import Store, open_store
from tests.support.practised_store import DAY, FIRST, practise

ONE, TWO = "1" * 32, "2" * 32
MAPS, PLAIN = (
    make_own_question(ONE, "Why maps?", "technical"),
    make_own_question(TWO, "What would you sing?", "closing"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(folder=tmp_path)
    yield opened
    opened.close()


def hide(store: Store, *question_ids: str) -> None:
    for each in question_ids:
        store.save(HiddenQuestion(make_hidden_id(each), each))


def test_the_bank_offers_content_and_own_questions_except_hidden_ones(store):
    assert load_question_bank(store).offered == load_questions()
    store.save(MAPS)
    store.save(PLAIN)
    hide(store, "money_mix")
    bank = load_question_bank(store)
    assert {each.id for each in bank.offered} == {each.id for each in load_questions()} - {"money_mix"} | {ONE, TWO}
    assert [each.id for each in bank.offered[-2:]] == [ONE, TWO]
    hide(store, ONE)
    assert ONE not in {each.id for each in load_question_bank(store).offered}


def test_all_questions_are_offered_if_all_are_hidden(store):
    hide(store, *(each.id for each in load_questions()))
    assert load_question_bank(store).offered == load_questions()


def test_a_hidden_question_is_found_by_its_id_and_a_deleted_one_is_not(store):
    store.save(MAPS)
    hide(store, ONE, "money_mix")
    bank = load_question_bank(store)
    assert bank.find("money_mix").id == "money_mix"
    assert bank.find(ONE).text == MAPS.text
    delete_own_question(store, bank, ONE)
    assert load_question_bank(store).find(ONE) is None
    assert store.load_documents(OwnQuestion) == ()
    assert [each.question for each in store.load_documents(HiddenQuestion)] == ["money_mix"]


def test_hiding_a_question_twice_offers_it_again(store):
    toggle_hidden(store, load_question_bank(store), "money_mix")
    assert "money_mix" in load_question_bank(store).hidden
    toggle_hidden(store, load_question_bank(store), "money_mix")
    assert load_question_bank(store).hidden == {}


def test_a_placeholder_shows_the_given_value_else_the_users_else_the_example(store):
    asked = next(each for each in load_questions() if len(each.slots) == 1)
    name, example = asked.slots[0].name, asked.slots[0].example
    assert load_question_bank(store).format_text(asked) == asked.fill_slots({name: example})
    store.save(make_placeholder_values(asked.id, {name: "Their word"}))
    bank = load_question_bank(store)
    assert bank.to_asked_question(asked) == AskedQuestion(
        asked.id, asked.fill_slots({name: "Their word"}), QuestionKind(asked.kind)
    )
    assert bank.format_text_with(asked, {name: "Given"}) == asked.fill_slots({name: "Given"})
    assert bank.format_text_with(asked, {name: ""}) == bank.format_text(asked)


def test_every_question_that_is_asked_keeps_its_words_and_kind():
    known = get_question("money_mix")
    assert find_asked_question("money_mix") == AskedQuestion("money_mix", known.fill_slots(), QuestionKind(known.kind))
    step = MockStep("money_mix", "What pay do you want?", "screening")
    assert make_mock_question(step) == AskedQuestion("money_mix", "What pay do you want?", QuestionKind.SCREENING)
    with pytest.raises(KeyError):
        find_asked_question("nothing_like_it")


def test_samples_and_debriefs_do_not_count_as_practice():
    sample = load()[0]
    assert make_sample_question(sample).id == f"sample:{sample.name}"
    assert make_debrief_question(ONE, "keep", "What went well").id == f"debrief:{ONE}:keep"
    assert not is_practice(make_sample_question(sample).id)
    assert not is_practice(make_debrief_question(ONE, "keep", "What went well").id)
    assert is_practice(sample.truth.question)


def test_own_answers_leave_out_samples_and_debriefs(store):
    mine = practise(store, [0])
    practise(store, [0], make_sample_question(load()[0]))
    practise(store, [0], make_debrief_question(ONE, "keep", "What went well"))
    assert [each.id for each in load_own_answers(store)] == mine
    assert load_own_answers(store, "money_mix") == ()


def test_an_answer_has_its_questions_current_text_or_its_last_one_if_deleted(store):
    asked = load_question_bank(store).to_asked_question(get_question("money_mix"))
    practise(store, [0], AskedQuestion("money_mix", "In older words?", asked.kind))
    practise(store, [0], AskedQuestion(ONE, "Asked once?", asked.kind))
    texts = load_question_texts(store, store.load_measured(), load_question_bank(store))
    assert texts == {"money_mix": asked.text, ONE: "Asked once?"}


def test_questions_that_exist_are_not_imported_again(store):
    table = b"text\nWhy maps?\nWhat would you sing?\n"
    assert len(import_own_questions(store, load_question_bank(store), "own.csv", table).new) == 2
    again = import_own_questions(store, load_question_bank(store), "own.csv", table + b"And why?\n")
    assert (len(again.new), again.known_count) == (1, 2)
    assert [each.text for each in store.load_documents(OwnQuestion)] == [
        "Why maps?",
        "What would you sing?",
        "And why?",
    ]


def test_answers_share_a_target_range_only_if_their_questions_have_the_same(store):
    short = replace(MAPS, target_seconds=(30.0, 45.0))
    store.save(short)
    practise(store, [0], make_asked_question(short.question))
    practise(store, [0], find_asked_question("money_mix"), FIRST + DAY)
    bank, (mine, other) = load_question_bank(store), load_own_answers(store)
    (measure,) = find_own_bands(store, ONE)
    settings = {measure: Band((60, 90), (30, 120), Source("Your own range", "", False))}
    assert find_shared_bands([mine], bank, settings) == find_own_bands(store, ONE) == short.bands
    assert find_shared_bands([other], bank, settings) == settings
    assert is_open(find_shared_bands([mine, other], bank, settings)[measure])
    assert is_open(find_shared_bands([mine, other], bank, {})[measure])
    assert find_shared_bands([other], bank, {}) == find_target_bands("money_mix")
    assert find_target_bands("money_mix")[measure].fine == (None, get_question("money_mix").target_seconds[1])
    assert find_target_bands(ONE) == {}
