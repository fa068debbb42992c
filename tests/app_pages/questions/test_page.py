"""The page of the question bank over a real store, and what practising makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.questions.question_filter import Wanted, Which, matching
from app_pages.questions.question_list import AT_ONCE
from content.questions import question, questions
from content.taxonomy import sorting
from interview.ids import new_id
from interview.questions.own_question import HiddenQuestion, OwnQuestion, hidden_id, own_question
from interview.questions.placeholder_values import Fillings, filled
from services.question_bank import QuestionBank
from speech.audio.recording import from_bytes
from tests.support.pages import (
    APP,
    QUESTION,
    address,
    choose,
    field,
    has_report,
    labels,
    new_tab,
    press,
    record,
    run_until,
    shows,
    sound,
    texts,
)

pytest_plugins = ("tests.support.pages",)

COMPANY = "what_do_you_know_about_us"  # its one gap is {company}
MAPS = OwnQuestion("1" * 32, "Why maps?", "technical", "learning", "second", target_seconds=(20.0, 40.0))
MARKUP = "<script>alert(1)</script> **bold** [link](x)"


def opened() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/questions/page.py").run()
    assert not tab.exception
    return tab


def listed(tab: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in tab.expander if not each.label.startswith("Bring questions")]


def only(tab: AppTest, which: Which) -> AppTest:
    return tab.selectbox(key="questions_which").select(which).run()


def test_all_questions_are_there_a_screenful_at_a_time_by_stage(data):
    tab = opened()
    assert shows(tab, f"{len(questions())} questions")
    seen = listed(tab)
    assert len(seen) == AT_ONCE
    for page in range(2, -(-len(questions()) // AT_ONCE) + 1):
        tab.get("pagination")[0].set_value(page).run()
        seen += listed(tab)
    stages = list(sorting().stages)
    by_stage = sorted(questions(), key=lambda each: stages.index(each.stage))
    assert seen == [each.asked() for each in by_stage]


def test_an_opened_question_tells_all_that_is_known_of_it(data):
    tab = opened()
    tab.text_input(key="questions_find").set_value("walk me through your resume").run()
    (found,) = [each for each in questions() if each.asked().startswith("Walk me through your resume")]
    for text in (*found.good_answer, *found.prompts, str(found.citation)):
        assert shows(tab, text)
    (link,) = [each for each in tab.get("page_link") if "Practise" in each.value]
    assert link.proto.query_string == f"question={found.id}"


def test_filters_let_through_what_is_of_every_chosen_sort(data):
    bank = QuestionBank(
        {MAPS.id: MAPS}, {"our_expectations": HiddenQuestion(hidden_id("our_expectations"), "our_expectations")}, {}
    )
    everything = {each.id for each in matching(bank, (), Wanted())}
    assert everything == {each.id for each in questions() if each.id != "our_expectations"} | {MAPS.id}
    assert [each.id for each in matching(bank, (), Wanted(which=Which.HIDDEN))] == [
        each.id for each in questions() if each.id == "our_expectations"
    ]
    assert [each.id for each in matching(bank, (), Wanted(which=Which.OWN))] == [MAPS.id]
    assert everything - {each.id for each in matching(bank, {QUESTION}, Wanted(which=Which.NEW))} == {QUESTION}
    closing = matching(bank, (), Wanted(stage="closing", kind="closing"))
    assert closing
    assert {(each.stage, each.kind) for each in closing} == {("closing", "closing")}
    assert [each.id for each in matching(bank, (), Wanted("MAPS why"))] == [MAPS.id]
    assert matching(bank, (), Wanted("maps", competency="trust")) == ()


def test_no_match_is_told(data):
    tab = opened()
    tab.text_input(key="questions_find").set_value("zeppelin quokka").run()
    assert shows(tab, "No question is like that.")


def test_an_own_question_is_added_with_what_is_usual_for_its_kind_and_is_there_after_reloading(kept):
    tab = press(opened(), "Add a question of your own")
    field(tab.text_input, "own_question_text").set_value("  Why   maps? ")
    field(tab.selectbox, "own_question_kind").select("technical")
    field(tab.text_area, "own_question_good_answer").set_value("one map\n\nwho used it")
    field(tab.number_input, "own_question_low").set_value(20)
    field(tab.number_input, "own_question_high").set_value(40)
    field(tab.text_area, "own_question_answer").set_value("Because.\nThey show.")
    press(tab, "Save")
    (mine,) = kept.things(OwnQuestion)
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
    assert listed(only(opened(), Which.OWN)) == ["Why maps? · yours"]


@pytest.mark.parametrize(
    ("text", "low", "parts", "told"),
    [
        ("  ", None, "", "A question needs words."),
        ("Why?", 20, "", "Give both, or neither."),
        ("Why?", None, "a\nb\nc\nd\ne", "should be at most 4, not 5"),
    ],
)
def test_what_does_not_fit_is_told_and_what_was_typed_stays(kept, text, low, parts, told):
    tab = press(opened(), "Add a question of your own")
    field(tab.text_input, "own_question_text").set_value(text)
    field(tab.text_area, "own_question_good_answer").set_value(parts)
    field(tab.text_area, "own_question_answer").set_value("A long answer.")
    if low:
        field(tab.number_input, "own_question_low").set_value(low)
    press(tab, "Save")
    assert shows(tab, told)
    assert field(tab.text_area, "own_question_answer").value == "A long answer."
    assert kept.things(OwnQuestion) == ()


def test_an_own_question_is_changed_and_what_is_not_in_the_form_stays(kept):
    kept.keep(MAPS)
    tab = only(opened(), Which.OWN)
    tab.button(key=f"change_{MAPS.id}").click().run()
    field(tab.text_input, "own_question_text").set_value("Why charts?")
    press(tab, "Save")
    assert kept.things(OwnQuestion) == (replace(MAPS, text="Why charts?"),)


def test_a_question_changed_in_another_tab_meanwhile_is_told_even_when_it_is_not_found_any_more(kept):
    kept.keep(MAPS)
    tab = opened()
    tab.text_input(key="questions_find").set_value("maps").run()
    tab.button(key=f"change_{MAPS.id}").click().run()
    other = replace(MAPS, text="Why charts?")
    kept.keep(other, instead_of=MAPS)
    field(tab.text_area, "own_question_answer").set_value("Because.")
    press(tab, "Save")
    assert shows(tab, "This was changed in another window")
    assert field(tab.text_area, "own_question_answer").value == "Because."
    assert kept.things(OwnQuestion) == (other,)


def test_deleting_an_own_question_leaves_its_answers_which_can_still_be_read(kept, page):
    kept.keep(MAPS)
    tab = new_tab(question=MAPS.id)
    run_until(record(tab, sound()), has_report)
    take = address(tab)
    gone = only(opened(), Which.OWN)
    gone.button(key=f"delete_{MAPS.id}").click().run()
    press(gone, "Delete for good")
    assert kept.things(OwnQuestion) == ()
    again = new_tab(take=take)
    assert has_report(again)
    assert shows(again, "This report is for another question: “Why maps?”")
    assert shows(new_tab(question=MAPS.id), "is not here any more")


def test_a_hidden_question_is_not_offered_and_comes_back(kept):
    tab = opened()
    tab.button(key=f"hide_{QUESTION}").click().run()
    assert [each.question for each in kept.things(HiddenQuestion)] == [QUESTION]
    assert question(QUESTION).asked() not in listed(opened())
    practice = new_tab()
    assert question(QUESTION).asked() not in [each.value.replace("\\", "") for each in practice.subheader]
    assert len(practice.selectbox(key="chosen_question").options) == len(questions()) - 1
    hidden = only(opened(), Which.HIDDEN)
    assert listed(hidden) == [question(QUESTION).asked()]
    hidden.button(key=f"hide_{QUESTION}").click().run()
    assert kept.things(HiddenQuestion) == ()


def test_a_gap_that_was_filled_is_asked_so_everywhere_and_kept_with_the_answer(kept, page):
    tab = opened()
    tab.text_input(key="questions_find").set_value("what do you know about").run()
    tab.text_input(key=f"fill_{COMPANY}_company").set_value("Harbour {x}").run()
    assert kept.things(Fillings) == (filled(COMPANY, {"company": "Harbour {x}"}),)
    asked = "What do you know about Harbour {x}?"
    assert asked in listed(tab)
    practice = choose(new_tab(), COMPANY)
    assert shows(practice, asked)
    run_until(record(practice, sound()), has_report)
    assert kept.attempt(address(practice)).question.text == asked
    tab.text_input(key=f"fill_{COMPANY}_company").set_value("").run()
    assert "What do you know about us? · 1 take" in listed(tab)


def test_gaps_filled_in_another_tab_meanwhile_are_not_overwritten(kept):
    tab = opened()
    tab.text_input(key="questions_find").set_value("what do you know about").run()
    other = filled(COMPANY, {"company": "Harbour"})
    kept.keep(other)
    tab.text_input(key=f"fill_{COMPANY}_company").set_value("Ferries").run()
    assert shows(tab, "This was changed in another window")
    assert kept.things(Fillings) == (other,)
    assert tab.text_input(key=f"fill_{COMPANY}_company").value == "Harbour"


def test_an_own_question_is_practised_and_judged_by_its_own_length(kept, page):
    kept.keep(MAPS)
    tab = new_tab(question=MAPS.id)
    assert shows(tab, "Why maps?")
    assert shows(tab, "Aim for 20 to 40 seconds.")
    run_until(record(tab, sound()), has_report)
    found = kept.report(address(tab)).finding("answer_length")
    assert found.band.fine == (20.0, 40.0)
    assert shows(only(opened(), Which.OWN), "practised in 1 take")


def test_a_file_brings_questions_once(kept):
    table = b"text,kind\nWhy maps?,technical\n=1+1?,closing\n"
    tab = opened()
    tab.file_uploader(key="questions_upload").set_value(("mine.csv", table, "text/csv")).run()
    press(tab, "Bring them in")
    assert [each.value for each in tab.success] == ["2 questions added."]
    assert {each.text for each in kept.things(OwnQuestion)} == {"Why maps?", "=1+1?"}
    press(tab, "Bring them in")
    assert [each.value for each in tab.success] == ["No questions added. 2 questions of the file you had already."]
    assert len(kept.things(OwnQuestion)) == 2


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("mine.csv", b"text,colour\nWhy?,red\n", "Nothing was imported."),
        ("mine.toml", b"[[question]]\ntext = 5\n", "Nothing was imported."),
        ("mine.toml", b"\xff\xfe", "is not written in UTF-8"),
    ],
)
def test_mistakes_in_a_file_are_told_and_nothing_is_kept(kept, name, content, told):
    tab = opened()
    tab.file_uploader(key="questions_upload").set_value((name, content, "text/plain")).run()
    press(tab, "Bring them in")
    assert shows(tab, told)
    assert kept.things(OwnQuestion) == ()


def test_own_questions_can_be_taken_out_as_soon_as_there_are_some(kept):
    assert not opened().get("download_button")
    kept.keep(MAPS)
    assert [each.label for each in opened().get("download_button")] == [
        "Take yours out (CSV)",
        "Take yours out (TOML)",
    ]


def test_markup_that_was_typed_is_shown_as_text(kept):
    kept.keep(OwnQuestion(new_id(), MARKUP, "technical", "trust", "screen", (MARKUP,), (MARKUP,), answer=MARKUP))
    tab = only(opened(), Which.OWN)
    read = [*texts(tab), *(each.label for each in tab.expander)]
    assert any("alert" in text for text in read)
    assert not [text for text in read if "<script>" in text or "**bold**" in text or "[link](x)" in text]


def test_when_everything_is_hidden_practising_still_offers_questions(kept):
    for each in questions():
        kept.keep(HiddenQuestion(hidden_id(each.id), each.id))
    tab = new_tab()
    assert not tab.exception
    assert shows(tab, questions()[0].asked())


def test_an_answer_to_a_question_named_in_the_address_is_for_that_question(kept, page):
    mine = own_question(new_id(), "What would you sing?", "closing")
    kept.keep(mine)
    kept.add_recording(
        from_bytes(sound(), "Browser recording"), QuestionBank({mine.id: mine}, {}, {}).asked(mine.question)
    )
    tab = new_tab(question=mine.id)
    assert shows(tab, "Next: take 2.")
    assert "question" not in tab.query_params
    assert "Random question" in labels(tab)
