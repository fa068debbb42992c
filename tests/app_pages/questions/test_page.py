"""Test the page of the question bank over a real store, and practising its questions."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.questions.question_filter import QuestionFilter, QuestionScope, find_matching
from app_pages.questions.question_list import QUESTIONS_PER_PAGE
from content.questions import get_question, load_questions
from content.taxonomy import load_taxonomy
from interview.ids import make_id
from interview.questions.own_question import HiddenQuestion, OwnQuestion, make_hidden_id, make_own_question
from interview.questions.placeholder_values import PlaceholderValues, make_placeholder_values
from services.question_bank import QuestionBank
from speech.audio.recording import from_bytes
from tests.support.pages import (
    APP,
    QUESTION,
    choose,
    find_field,
    get_take,
    has_report,
    is_shown,
    list_button_labels,
    list_choices,
    list_texts,
    make_sound,
    open_tab,
    press,
    record,
    run_until,
)

pytest_plugins = ("tests.support.pages",)

COMPANY = "what_do_you_know_about_us"  # its one gap is {company}
MAPS = OwnQuestion("1" * 32, "Why maps?", "technical", "learning", "second", target_seconds=(20.0, 40.0))
MARKUP = "<script>alert(1)</script> **bold** [link](x)"


def open_page() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/questions/page.py").run()
    assert not tab.exception
    return tab


def list_questions(tab: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in tab.expander if not each.label.startswith("Import / export")]


def select_scope(tab: AppTest, which: QuestionScope) -> AppTest:
    return tab.selectbox(key="questions_which").select(which).run()


def test_all_questions_are_listed_by_stage_in_pages(data):
    tab = open_page()
    assert is_shown(tab, f"{len(load_questions())} questions")
    seen = list_questions(tab)
    assert len(seen) == QUESTIONS_PER_PAGE
    for page in range(2, -(-len(load_questions()) // QUESTIONS_PER_PAGE) + 1):
        tab.get("pagination")[0].set_value(page).run()
        seen += list_questions(tab)
    stages = list(load_taxonomy().stages)
    by_stage = sorted(load_questions(), key=lambda each: stages.index(each.stage))
    assert seen == [each.fill_slots() for each in by_stage]


def test_an_opened_question_shows_good_answer_prompts_source_and_practice_link(data):
    tab = open_page()
    tab.text_input(key="questions_find").set_value("walk me through your cv").run()
    (found,) = [each for each in load_questions() if each.fill_slots().startswith("Walk me through your CV")]
    for text in (*found.good_answer, *found.prompts, str(found.citation)):
        assert is_shown(tab, text)
    link = next(each for each in tab.get("page_link") if "Practise" in each.value)  # of the best match
    assert link.proto.query_string == f"question={found.id}"


def test_a_question_is_found_if_it_matches_every_filter(data):
    bank = QuestionBank(
        {MAPS.id: MAPS},
        {"our_expectations": HiddenQuestion(make_hidden_id("our_expectations"), "our_expectations")},
        {},
    )
    everything = {each.id for each in find_matching(bank, (), QuestionFilter())}
    assert everything == {each.id for each in load_questions() if each.id != "our_expectations"} | {MAPS.id}
    assert [each.id for each in find_matching(bank, (), QuestionFilter(which=QuestionScope.HIDDEN))] == [
        each.id for each in load_questions() if each.id == "our_expectations"
    ]
    assert [each.id for each in find_matching(bank, (), QuestionFilter(which=QuestionScope.OWN))] == [MAPS.id]
    assert everything - {
        each.id for each in find_matching(bank, {QUESTION}, QuestionFilter(which=QuestionScope.NEW))
    } == {QUESTION}
    closing = find_matching(bank, (), QuestionFilter(stage="closing", kind="closing"))
    assert closing
    assert {(each.stage, each.kind) for each in closing} == {("closing", "closing")}
    assert find_matching(bank, (), QuestionFilter("MAPS why"))[0].id == MAPS.id
    assert MAPS.id not in {each.id for each in find_matching(bank, (), QuestionFilter("maps", competency="trust"))}
    fields = {field for each in find_matching(bank, (), QuestionFilter(field="health")) for field in each.fields}
    assert "health" in fields
    assert "campaigns" not in fields


def test_a_search_without_a_match_says_so(data):
    tab = open_page()
    tab.text_input(key="questions_find").set_value("zzqx").run()
    assert is_shown(tab, "No matches.")


def test_a_new_question_gets_the_defaults_of_its_kind_and_is_stored(kept):
    tab = press(open_page(), "Add your own question")
    find_field(tab.text_input, "own_question_text").set_value("  Why   maps? ")
    find_field(tab.selectbox, "own_question_kind").select("technical")
    find_field(tab.text_area, "own_question_good_answer").set_value("one map\n\nwho used it")
    find_field(tab.number_input, "own_question_low").set_value(20)
    find_field(tab.number_input, "own_question_high").set_value(40)
    find_field(tab.text_area, "own_question_answer").set_value("Because.\nThey show.")
    press(tab, "Save")
    assert [each.value.replace("\\", "") for each in tab.success] == ["Added: “Why maps?”"]
    assert list_questions(tab)[0] == "Why maps? · yours"
    assert len(set(list_questions(tab))) == len(list_questions(tab))
    (mine,) = kept.load_documents(OwnQuestion)
    assert mine == OwnQuestion(
        mine.id,
        "Why maps?",
        "technical",
        "technical_depth",
        "technical",
        ("one map", "who used it"),
        target_seconds=(20.0, 40.0),
        answer="Because.\nThey show.",
    )
    assert list_questions(select_scope(open_page(), QuestionScope.OWN)) == ["Why maps? · yours"]


@pytest.mark.parametrize(
    ("text", "low", "parts", "told"),
    [
        ("  ", None, "", "Please enter a question."),
        ("Why?", 20, "", "Give both a minimum and a maximum length, or neither."),
        ("Why?", None, "a\nb\nc\nd\ne", "should be at most 4, not 5"),
    ],
)
def test_an_invalid_question_shows_an_error_and_the_typed_text_stays(kept, text, low, parts, told):
    tab = press(open_page(), "Add your own question")
    find_field(tab.text_input, "own_question_text").set_value(text)
    find_field(tab.text_area, "own_question_good_answer").set_value(parts)
    find_field(tab.text_area, "own_question_answer").set_value("A long answer.")
    if low:
        find_field(tab.number_input, "own_question_low").set_value(low)
    press(tab, "Save")
    assert is_shown(tab, told)
    assert find_field(tab.text_area, "own_question_answer").value == "A long answer."
    assert kept.load_documents(OwnQuestion) == ()


def test_changing_a_users_question_keeps_the_values_that_were_not_changed(kept):
    kept.save(MAPS)
    tab = select_scope(open_page(), QuestionScope.OWN)
    tab.button(key=f"change_{MAPS.id}").click().run()
    find_field(tab.text_input, "own_question_text").set_value("Why charts?")
    press(tab, "Save")
    assert kept.load_documents(OwnQuestion) == (replace(MAPS, text="Why charts?"),)


def test_a_question_changed_in_another_tab_shows_an_error_even_if_it_no_longer_matches(kept):
    kept.save(MAPS)
    tab = open_page()
    tab.text_input(key="questions_find").set_value("maps").run()
    tab.button(key=f"change_{MAPS.id}").click().run()
    other = replace(MAPS, text="Why charts?")
    kept.save(other, expected=MAPS)
    find_field(tab.text_area, "own_question_answer").set_value("Because.")
    press(tab, "Save")
    assert is_shown(tab, "You changed this in another window")
    assert find_field(tab.text_area, "own_question_answer").value == "Because."
    assert kept.load_documents(OwnQuestion) == (other,)


def test_deleting_a_users_question_keeps_its_answers_readable(kept, page):
    kept.save(MAPS)
    tab = open_tab(question=MAPS.id)
    run_until(record(tab, make_sound()), has_report)
    take = get_take(tab)
    gone = select_scope(open_page(), QuestionScope.OWN)
    gone.button(key=f"delete_{MAPS.id}").click().run()
    press(gone, "Yes, delete it")
    assert kept.load_documents(OwnQuestion) == ()
    again = open_tab(take=take)
    assert has_report(again)
    assert is_shown(again, "This report is for a different question: “Why maps?”")
    assert is_shown(open_tab(question=MAPS.id), "That question has been deleted.")


def test_a_deleted_question_comes_back(kept):
    kept.save(MAPS)
    tab = select_scope(open_page(), QuestionScope.OWN)
    tab.button(key=f"delete_{MAPS.id}").click().run()
    press(tab, "Yes, delete it")
    assert [each.value.replace("\\", "") for each in tab.success] == [
        "Deleted: “Why maps?”. You can undo this until you leave this page."
    ]
    press(tab, "Undo")
    assert kept.load_documents(OwnQuestion) == (MAPS,)
    assert list_questions(tab) == ["Why maps? · yours"]


def test_a_hidden_question_is_not_offered_until_it_is_unhidden(kept):
    tab = open_page()
    tab.button(key=f"hide_{QUESTION}").click().run()
    assert [each.question for each in kept.load_documents(HiddenQuestion)] == [QUESTION]
    assert get_question(QUESTION).fill_slots() not in list_questions(open_page())
    practice = open_tab()
    assert get_question(QUESTION).fill_slots() not in [each.value.replace("\\", "") for each in practice.header]
    assert len(list_choices(practice)) == len(load_questions()) - 1
    hidden = select_scope(open_page(), QuestionScope.HIDDEN)
    assert list_questions(hidden) == [get_question(QUESTION).fill_slots()]
    hidden.button(key=f"hide_{QUESTION}").click().run()
    assert kept.load_documents(HiddenQuestion) == ()


def test_a_filled_placeholder_is_used_on_every_page_and_stored_with_the_answer(kept, page):
    tab = open_page()
    tab.text_input(key="questions_find").set_value("what do you know about").run()
    tab.text_input(key=f"fill_{COMPANY}_company").set_value("Harbour {x}").run()
    assert kept.load_documents(PlaceholderValues) == (make_placeholder_values(COMPANY, {"company": "Harbour {x}"}),)
    asked = "What do you know about Harbour {x}?"
    assert asked in list_questions(tab)
    practice = choose(open_tab(), COMPANY)
    assert is_shown(practice, asked)
    run_until(record(practice, make_sound()), has_report)
    assert kept.load_attempt(get_take(practice)).question.text == asked
    tab.text_input(key=f"fill_{COMPANY}_company").set_value("").run()
    assert "What do you know about us? · 1 take" in list_questions(tab)


def test_placeholders_filled_in_another_tab_are_not_overwritten(kept):
    tab = open_page()
    tab.text_input(key="questions_find").set_value("what do you know about").run()
    other = make_placeholder_values(COMPANY, {"company": "Harbour"})
    kept.save(other)
    tab.text_input(key=f"fill_{COMPANY}_company").set_value("Ferries").run()
    assert is_shown(tab, "You changed this in another window")
    assert kept.load_documents(PlaceholderValues) == (other,)
    assert tab.text_input(key=f"fill_{COMPANY}_company").value == "Harbour"


def test_an_answer_to_a_users_question_is_judged_by_that_questions_length(kept, page):
    kept.save(MAPS)
    tab = open_tab(question=MAPS.id)
    assert is_shown(tab, "Why maps?")
    assert is_shown(tab, "Aim for 20 to 40 seconds.")
    run_until(record(tab, make_sound()), has_report)
    found = kept.load_report(get_take(tab)).get_finding("answer_length")
    assert found.band.fine == (20.0, 40.0)
    assert is_shown(select_scope(open_page(), QuestionScope.OWN), "practised in 1 take")


def test_importing_a_file_twice_adds_its_questions_once(kept):
    table = b"text,kind\nWhy maps?,technical\n=1+1?,closing\n"
    tab = open_page()
    tab.file_uploader(key="questions_upload").set_value(("mine.csv", table, "text/csv")).run()
    press(tab, "Import")
    assert [each.value for each in tab.success] == ["2 questions added."]
    assert {each.text for each in kept.load_documents(OwnQuestion)} == {"Why maps?", "=1+1?"}
    press(tab, "Import")
    assert [each.value for each in tab.success] == ["No questions added. You already had 2 questions of the file."]
    assert len(kept.load_documents(OwnQuestion)) == 2


def test_a_mistake_in_a_file_is_named_with_its_line_and_the_rest_is_imported(kept):
    table = b"text,kind\nWhy maps?,technical\nWhy charts?,about\nWhy globes?,About you\n"
    tab = open_page()
    tab.file_uploader(key="questions_upload").set_value(("mine.csv", table, "text/csv")).run()
    press(tab, "Import")
    assert [each.value for each in tab.success] == ["2 questions added."]
    (warning,) = [each.value.replace("\\", "") for each in tab.warning]
    assert warning.startswith("1 question couldn't be read. Fix the file and import it again:")
    assert "mine.csv, line 3, kind: “about” isn't one we know. Use Screening, About you" in warning
    assert {each.text for each in kept.load_documents(OwnQuestion)} == {"Why maps?", "Why globes?"}


def test_the_example_answer_waits_for_the_first_take(kept, page):
    example = get_question(QUESTION).example
    assert example is not None
    assert not is_shown(open_page(), example.text)
    assert is_shown(open_page(), "There's an example answer, for after your first take.")
    tab = open_tab(question=QUESTION)
    assert not is_shown(tab, example.text)
    run_until(record(tab, make_sound()), has_report)
    assert is_shown(tab, "A good answer contains")
    assert is_shown(tab, example.text)
    assert is_shown(open_page(), example.text)


def test_the_field_is_remembered_and_keeps_campaign_questions_away(kept):
    tab = open_page()
    tab.selectbox(key="questions_field").select("health").run()
    assert open_page().selectbox(key="questions_field").value == "health"
    practice = open_tab()
    assert practice.selectbox(key="filter_field").value == "health"
    offered = list_choices(practice)
    assert "patient_getting_worse" in offered
    assert "working_with_purpose" not in offered


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mine.csv", b"text,colour\nWhy?,red\n", "Nothing was imported."),
        ("mine.toml", b"[[question]]\ntext = 5\n", "Nothing was imported."),
        ("mine.toml", b"\xff\xfe", "isn't written in UTF-8"),
    ],
)
def test_an_invalid_file_shows_an_error_and_imports_nothing(kept, name, content, told):
    tab = open_page()
    tab.file_uploader(key="questions_upload").set_value((name, content, "text/plain")).run()
    press(tab, "Import")
    assert is_shown(tab, told)
    assert kept.load_documents(OwnQuestion) == ()


def test_the_export_appears_once_there_are_questions_of_the_users_own(kept):
    assert not open_page().get("download_button")
    kept.save(MAPS)
    assert [each.label for each in open_page().get("download_button")] == [
        "Export yours (CSV)",
        "Export yours (TOML)",
    ]


def test_markup_in_a_question_is_shown_as_text(kept):
    kept.save(OwnQuestion(make_id(), MARKUP, "technical", "trust", "screen", (MARKUP,), (MARKUP,), answer=MARKUP))
    tab = select_scope(open_page(), QuestionScope.OWN)
    read = [*list_texts(tab), *(each.label for each in tab.expander)]
    assert any("alert" in text for text in read)
    assert not [text for text in read if "<script>" in text or "**bold**" in text or "[link](x)" in text]


def test_the_practice_page_offers_questions_even_if_all_are_hidden(kept):
    for each in load_questions():
        kept.save(HiddenQuestion(make_hidden_id(each.id), each.id))
    tab = open_tab()
    assert not tab.exception
    assert is_shown(tab, load_questions()[0].fill_slots())


def test_an_address_with_a_question_opens_it_for_its_next_take(kept, page):
    mine = make_own_question(make_id(), "What would you sing?", "closing")
    kept.save(mine)
    kept.add_recording(
        from_bytes(make_sound(), "Browser recording"),
        QuestionBank({mine.id: mine}, {}, {}).to_asked_question(mine.question),
    )
    tab = open_tab(question=mine.id)
    assert is_shown(tab, "Next: take 2.")
    assert "question" not in tab.query_params
    assert "Random question" in list_button_labels(tab)
