"""Test the debrief page over a real store: typed or dictated, saved, and answers to practise again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from content.follow_up_rules import get_rule
from interview.debrief import Debrief, DebriefNote, WishedAnswer
from interview.interview import Interview, InterviewState
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import make_question_id
from services.question_bank import load_own_answers
from store.errors import StoreError
from tests.support.interviews import DEBRIEF, HELD, ONE, TWO, make_local_time
from tests.support.pages import (
    APP,
    find_field,
    is_shown,
    list_button_labels,
    list_drawn,
    list_texts,
    make_sound,
    press,
    record,
    run_until,
)

pytest_plugins = ("tests.support.pages",)

MARKUP = "<script>alert(1)</script> **bold** [link](x)"
ASKED_THERE = "How would you test a model nobody can explain?"
HEARD = "I build data tools and like I I test them with the people who use them every day"  # what pages.SAID leaves


def open_page(interview: str | None = ONE) -> AppTest:
    """Open the page in a new tab, with or without an interview in its address."""
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/debrief/page.py")
    if interview is not None:
        tab.query_params["interview"] = interview
    tab.run()
    assert not tab.exception
    return tab


def has_success(tab: AppTest, text: str) -> bool:
    return any(text in each.value for each in tab.success)


def find_area(tab: AppTest, field: str, interview: str = ONE):
    return tab.text_area(key=f"debrief_{field}_{interview}")


def collect_links(tab: AppTest) -> dict[str, str]:
    """Return where the links lead, by their labels."""
    return {each.proto.label: f"{each.proto.page}?{each.proto.query_string}" for each in tab.get("page_link")}


def speak(tab: AppTest, seconds: float = 12.0) -> AppTest:
    (recorder,) = list_drawn(tab, "recorder")
    record(tab, make_sound(seconds), recorder["place"])
    assert not tab.exception
    return tab


PUT_IN = "Insert what I said"


def insert_words(tab: AppTest) -> AppTest:
    """Wait for the words of a recording, and insert them into their field."""
    return press(run_until(tab, lambda page: PUT_IN in list_button_labels(page)), PUT_IN)


@pytest.fixture
def held(kept):
    kept.save(HELD)
    return kept


def test_without_interviews_the_page_offers_to_add_one(kept):
    tab = open_page(None)
    assert is_shown(tab, "Add the interview you have coming up")
    press(tab, "Add an interview")
    find_field(tab.text_input, "interview_company").set_value("Ferry Works")
    press(tab, "Save")
    (new,) = kept.load_documents(Interview)
    assert tab.query_params["interview"] == new.id
    assert find_area(tab, "keep", new.id).value == ""


def test_the_latest_interview_that_has_begun_is_preselected(held):
    later = Interview(TWO, "Ferry Works", at=make_local_time("2026-02-01 10:00"))
    held.save(later)
    tab = open_page(None)
    assert tab.selectbox(key="picked_interview").value == ONE
    tab.selectbox(key="picked_interview").select(TWO).run()
    assert tab.query_params["interview"] == TWO
    assert find_area(tab, "keep", TWO).value == ""


def test_the_save_button_stores_the_debrief_and_confirms_it(held):
    tab = open_page()
    assert not is_shown(tab, "Not saved yet.")
    find_area(tab, "keep").set_value("The ferry line.").run()
    assert is_shown(tab, "Not saved yet.")
    assert held.load_documents(Debrief) == ()
    find_area(tab, "did_not_go_well").set_value("I rushed.")
    find_area(tab, "remember").set_value("A stream in May.")
    tab.button_group(key=f"debrief_too_fast_{ONE}").set_value("Yes")
    tab.button_group(key=f"debrief_jittery_{ONE}").set_value("No")
    press(tab, "Save debrief")
    assert has_success(tab, "Debrief saved.")
    assert not is_shown(tab, "Not saved yet.")
    (new,) = held.load_documents(Debrief, interview=ONE)
    assert (new.keep, new.did_not_go_well, new.remember) == (
        DebriefNote("The ferry line."),
        DebriefNote("I rushed."),
        DebriefNote("A stream in May."),
    )
    assert (new.too_fast, new.jittery, new.enough_questions) == (True, False, None)
    again = open_page()
    assert find_area(again, "remember").value == "A stream in May."
    assert again.button_group(key=f"debrief_too_fast_{ONE}").value is True


def test_unsaved_text_survives_a_visit_to_another_page(held):
    tab = open_page()
    find_area(tab, "keep").set_value("The ferry line.").run()
    tab.switch_page("app_pages/measures/page.py").run()
    tab.switch_page("app_pages/debrief/page.py").run()
    assert find_area(tab, "keep").value == "The ferry line."
    assert is_shown(tab, "Not saved yet.")


def test_a_debrief_changed_in_another_tab_is_not_overwritten_and_the_typed_text_stays(held):
    held.save(DEBRIEF)
    tab = open_page()
    other = replace(DEBRIEF, keep=DebriefNote("Changed there."))
    held.save(other, expected=DEBRIEF)
    find_area(tab, "keep").set_value("Changed here.")
    press(tab, "Save debrief")
    assert is_shown(tab, "You changed this in another window")
    assert find_area(tab, "keep").value == "Changed here."
    assert held.load_documents(Debrief) == (other,)


def test_a_wished_answer_becomes_a_question_to_practise_at_once(held):
    tab = open_page()
    find_area(tab, "keep").set_value("Not saved.").run()
    press(tab, "Add a question they asked")
    find_field(tab.text_input, "wished_question").set_value(f"  {ASKED_THERE} ")
    find_field(tab.selectbox, "wished_kind").select("technical")
    find_field(tab.text_area, "wished_answer").set_value("With known cases.")
    find_field(tab.checkbox, "wished_blank").check()
    press(tab, "Save")
    assert has_success(tab, "Added to your debrief and to your questions")
    (own,) = held.load_documents(OwnQuestion)
    assert (own.text, own.kind, own.answer) == (ASKED_THERE, "technical", "With known cases.")
    (debrief,) = held.load_documents(Debrief)
    assert debrief.wished == (WishedAnswer(ASKED_THERE, DebriefNote("With known cases."), "technical", blank=True),)
    assert debrief.keep == DebriefNote()
    assert find_area(tab, "keep").value == "Not saved."
    assert collect_links(tab)["Practise it aloud"].endswith(f"question={own.id}")


def test_changing_a_wished_answer_changes_its_question(held):
    held.save(DEBRIEF)
    tab = open_page()
    key = make_question_id(ONE, ASKED_THERE)
    find_area(tab, f"answer:{key}").set_value("With cases whose result is known.")
    press(tab, "Save debrief")
    assert held.load_document(OwnQuestion, key).answer == "With cases whose result is known."
    assert held.load_documents(Debrief)[0].wished[0].answer == DebriefNote("With cases whose result is known.")


def test_saving_a_debrief_does_not_restore_a_deleted_question(held):
    held.save(DEBRIEF)
    tab = open_page()
    find_area(tab, "keep").set_value("Something else.")
    press(tab, "Save debrief")
    assert held.load_documents(OwnQuestion) == ()
    assert "Practise it aloud" not in collect_links(tab)


@pytest.mark.parametrize(
    ("question", "told"),
    [(" ", "Please enter the question"), (ASKED_THERE.upper(), "You already have this question in the debrief")],
)
def test_a_missing_or_repeated_question_shows_an_error(held, question, told):
    held.save(DEBRIEF)
    tab = press(open_page(), "Add a question they asked")
    find_field(tab.text_input, "wished_question").set_value(question)
    press(tab, "Save")
    assert is_shown(tab, told)
    assert held.load_documents(Debrief) == (DEBRIEF,)


def test_removing_a_wished_answer_keeps_its_question(held):
    tab = press(open_page(), "Add a question they asked")
    find_field(tab.text_input, "wished_question").set_value(ASKED_THERE)
    press(press(tab, "Save"), "Remove")
    assert held.load_documents(Debrief)[0].wished == ()
    assert [each.text for each in held.load_documents(OwnQuestion)] == [ASKED_THERE]


def test_a_dictation_is_inserted_on_request_and_does_not_count_as_practice(held, recogniser):
    tab = open_page()
    find_area(tab, "keep").set_value("Typed before.").run()
    recogniser.may_answer.clear()
    speak(tab)
    (attempt,) = held.load_history()
    assert attempt.question.id == f"debrief:{ONE}:keep"
    assert is_shown(tab, "your recording is saved")
    recogniser.may_answer.set()
    run_until(tab, lambda page: PUT_IN in list_button_labels(page))
    assert find_area(tab, "keep").value == "Typed before."  # not before it is asked for: somebody may be typing there
    assert HEARD in [each.value for each in tab.text]
    find_area(tab, "keep").set_value("Typed since.")
    press(tab, PUT_IN)
    assert is_shown(tab, "is in “What went well” now")
    assert find_area(tab, "keep").value == f"Typed since.\n{HEARD}"
    assert PUT_IN not in list_button_labels(tab)
    assert is_shown(tab, "Not saved yet.")
    press(tab, "Save debrief")
    assert held.load_documents(Debrief)[0].keep == DebriefNote(f"Typed since.\n{HEARD}", attempt.id)
    assert load_own_answers(held) == ()
    assert len(held.load_measured()) == 1
    again = open_page()
    assert find_area(again, "keep").value == f"Typed since.\n{HEARD}"
    assert PUT_IN not in list_button_labels(again)  # not offered once more


def test_a_dictation_from_before_a_restart_is_offered_again(held):
    tab = open_page()
    tab.selectbox(key=f"debrief_talks_about_{ONE}").select("remember").run()
    speak(tab)
    run_until(tab, lambda page: PUT_IN in list_button_labels(page))
    again = insert_words(open_page())
    assert find_area(again, "remember").value == HEARD
    assert find_area(again, "keep").value == ""


def test_a_second_dictation_is_appended_to_the_first(held):
    tab = open_page()
    for seconds in (11.0, 12.0):
        insert_words(speak(tab, seconds))
        press(tab, "Save debrief")
    assert find_area(tab, "keep").value == f"{HEARD}\n{HEARD}"
    assert held.load_documents(Debrief)[0].keep.attempt == held.load_history()[-1].id


def test_a_dictation_that_fails_can_be_tried_again(held, recogniser):
    recogniser.error = OSError("the model file is gone")
    tab = speak(open_page())
    run_until(tab, lambda page: "Try again" in list_button_labels(page))
    recogniser.error = None
    insert_words(press(tab, "Try again"))
    assert find_area(tab, "keep").value == HEARD


def test_a_dictation_that_failed_can_be_deleted(held, recogniser):
    recogniser.error = OSError("the model file is gone")
    tab = speak(open_page())
    run_until(tab, lambda page: "Try again" in list_button_labels(page))
    press(tab, "Delete this recording")
    assert held.load_history() == ()
    assert "Try again" not in list_button_labels(tab)


def test_offered_words_can_be_deleted_with_their_recording(held):
    tab = run_until(speak(open_page()), lambda page: PUT_IN in list_button_labels(page))
    press(tab, "Delete this recording")
    assert held.load_history() == ()
    assert PUT_IN not in list_button_labels(tab)
    assert find_area(tab, "keep").value == ""


def test_the_advice_cites_its_sources(held):
    shown = "\n".join(list_texts(open_page())).replace("\\", "")
    assert all(str(get_rule(each).citation) in shown for each in ("write_it_down", "what_went_well", "answer_you_wish"))


def test_markup_in_stored_text_is_shown_as_text(kept):
    kept.save(replace(HELD, company=MARKUP, state=InterviewState.HELD))
    kept.save(replace(DEBRIEF, wished=(WishedAnswer(MARKUP, DebriefNote(MARKUP)),)))
    tab = open_page()
    assert not any("<script>" in text or "**bold**" in text for text in list_texts(tab))
    assert is_shown(tab, MARKUP)


def test_an_interview_deleted_meanwhile_shows_an_error(held):
    tab = open_page()
    find_area(tab, "keep").set_value("The ferry line.").run()
    held.delete_document(ONE)
    tab.run()
    assert is_shown(tab, "We can't find that interview")
    with pytest.raises(StoreError, match="has been deleted"):
        held.save(replace(DEBRIEF, written_at=DEBRIEF.written_at + timedelta(hours=1)))


def test_what_went_wrong_leads_to_something_to_practise(page, held):
    tab = open_page()
    tab.button_group(key=f"debrief_too_fast_{ONE}").set_value("Yes").run()
    (lesson,) = [each for each in tab.get("page_link") if "You talked too fast" in each.proto.label]
    assert lesson.proto.query_string == "question=tell_me_about_yourself"


def test_an_open_question_form_has_the_only_button_to_save(page, held):
    tab = press(open_page(), "Add a question they asked")
    assert [label for label in list_button_labels(tab) if label.startswith("Save")] == ["Save"]


def test_why_a_question_matters_and_that_it_goes_deeper_are_kept(page, held):
    tab = press(open_page(), "Add a question they asked")
    find_field(tab.text_input, "wished_question").set_value("How would you train a team?")
    find_field(tab.text_input, "wished_why").set_value("it decides who stays")
    find_field(tab.checkbox, "wished_is_deeper").check()
    press(tab, "Save")
    (wished,) = held.load_documents(Debrief)[0].wished
    assert (wished.why, wished.is_deeper) == ("it decides who stays", True)
