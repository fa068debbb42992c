"""The page for looking back: typed or spoken, saved with a button, each answer to give again a question to practise."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from content.follow_up_rules import rule
from interview.debrief import Debrief, Said, WishedAnswer
from interview.interview import Interview, InterviewState
from interview.questions.own_question import OwnQuestion
from interview.questions.practice_again import question_id
from services.question_bank import own_answers
from store.errors import StoreError
from tests.support.interviews import DEBRIEF, HELD, ONE, TWO, at
from tests.support.pages import APP, drawn, field, labels, press, record, run_until, shows, sound, texts

pytest_plugins = ("tests.support.pages",)

MARKUP = "<script>alert(1)</script> **bold** [link](x)"
ASKED_THERE = "How would you test a model nobody can explain?"
HEARD = "I build data tools and like I I test them with the people who use them every day"  # what pages.SAID leaves


def opened(interview: str | None = ONE) -> AppTest:
    """The page in a new tab, with an interview in its address or without."""
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/debrief/page.py")
    if interview is not None:
        tab.query_params["interview"] = interview
    tab.run()
    assert not tab.exception
    return tab


def succeeded(tab: AppTest, text: str) -> bool:
    return any(text in each.value for each in tab.success)


def area(tab: AppTest, field: str, interview: str = ONE):
    return tab.text_area(key=f"debrief_{field}_{interview}")


def links(tab: AppTest) -> dict[str, str]:
    """Where the links lead, by their labels."""
    return {each.proto.label: f"{each.proto.page}?{each.proto.query_string}" for each in tab.get("page_link")}


def speak(tab: AppTest, seconds: float = 12.0) -> AppTest:
    (recorder,) = drawn(tab, "recorder")
    record(tab, sound(seconds), recorder["place"])
    assert not tab.exception
    return tab


PUT_IN = "Put what I said into the field"


def put_in(tab: AppTest) -> AppTest:
    """Wait for the words of a recording, and put them into their field."""
    return press(run_until(tab, lambda page: PUT_IN in labels(page)), PUT_IN)


@pytest.fixture
def held(kept):
    kept.keep(HELD)
    return kept


def test_without_interviews_the_page_says_so_and_one_can_be_added_there(kept):
    tab = opened(None)
    assert shows(tab, "No interview yet.")
    press(tab, "Add an interview")
    field(tab.text_input, "interview_company").set_value("Ferry Works")
    press(tab, "Save")
    (new,) = kept.things(Interview)
    assert tab.query_params["interview"] == new.id
    assert area(tab, "keep", new.id).value == ""


def test_the_latest_interview_that_has_begun_is_offered_and_another_can_be_chosen(held):
    later = Interview(TWO, "Ferry Works", at=at("2026-02-01 10:00"))
    held.keep(later)
    tab = opened(None)
    assert tab.selectbox(key="picked_interview").value == ONE
    tab.selectbox(key="picked_interview").select(TWO).run()
    assert tab.query_params["interview"] == TWO
    assert area(tab, "keep", TWO).value == ""


def test_what_is_typed_is_kept_with_the_button_and_told_and_is_there_again(held):
    tab = opened()
    assert not shows(tab, "Not saved yet.")
    area(tab, "keep").set_value("The ferry line.").run()
    assert shows(tab, "Not saved yet.")
    assert held.things(Debrief) == ()
    area(tab, "did_not_go_well").set_value("I rushed.")
    area(tab, "remember").set_value("A stream in May.")
    tab.button_group(key=f"debrief_too_fast_{ONE}").set_value("Yes")
    tab.button_group(key=f"debrief_jittery_{ONE}").set_value("No")
    press(tab, "Save the debrief")
    assert succeeded(tab, "Saved.")
    assert not shows(tab, "Not saved yet.")
    (new,) = held.things(Debrief, interview=ONE)
    assert (new.keep, new.did_not_go_well, new.remember) == (
        Said("The ferry line."),
        Said("I rushed."),
        Said("A stream in May."),
    )
    assert (new.too_fast, new.jittery, new.enough_questions) == (True, False, None)
    again = opened()
    assert area(again, "remember").value == "A stream in May."
    assert again.button_group(key=f"debrief_too_fast_{ONE}").value is True


def test_what_was_typed_and_not_saved_is_there_after_a_look_at_another_page(held):
    tab = opened()
    area(tab, "keep").set_value("The ferry line.").run()
    tab.switch_page("app_pages/measures/page.py").run()
    tab.switch_page("app_pages/debrief/page.py").run()
    assert area(tab, "keep").value == "The ferry line."
    assert shows(tab, "Not saved yet.")


def test_a_debrief_changed_in_another_tab_is_told_and_what_was_typed_stays(held):
    held.keep(DEBRIEF)
    tab = opened()
    other = replace(DEBRIEF, keep=Said("Changed there."))
    held.keep(other, instead_of=DEBRIEF)
    area(tab, "keep").set_value("Changed here.")
    press(tab, "Save the debrief")
    assert shows(tab, "This was changed in another window")
    assert area(tab, "keep").value == "Changed here."
    assert held.things(Debrief) == (other,)


def test_an_answer_to_give_again_is_at_once_a_question_to_practise(held):
    tab = opened()
    area(tab, "keep").set_value("Not saved.").run()
    press(tab, "Add a question they asked")
    field(tab.text_input, "wished_question").set_value(f"  {ASKED_THERE} ")
    field(tab.selectbox, "wished_kind").select("technical")
    field(tab.text_area, "wished_answer").set_value("With known cases.")
    field(tab.checkbox, "wished_blank").check()
    press(tab, "Save")
    assert succeeded(tab, "kept among your questions")
    (own,) = held.things(OwnQuestion)
    assert (own.text, own.kind, own.answer) == (ASKED_THERE, "technical", "With known cases.")
    (debrief,) = held.things(Debrief)
    assert debrief.wished == (WishedAnswer(ASKED_THERE, Said("With known cases."), "technical", blank=True),)
    assert debrief.keep == Said()
    assert area(tab, "keep").value == "Not saved."
    assert links(tab)["Practise it aloud"].endswith(f"question={own.id}")


def test_an_answer_changed_in_the_debrief_changes_in_the_question(held):
    held.keep(DEBRIEF)
    tab = opened()
    key = question_id(ONE, ASKED_THERE)
    area(tab, f"answer:{key}").set_value("With cases whose result is known.")
    press(tab, "Save the debrief")
    assert held.thing(OwnQuestion, key).answer == "With cases whose result is known."
    assert held.things(Debrief)[0].wished[0].answer == Said("With cases whose result is known.")


def test_a_question_that_was_deleted_since_does_not_come_back_with_every_save(held):
    held.keep(DEBRIEF)
    tab = opened()
    area(tab, "keep").set_value("Something else.")
    press(tab, "Save the debrief")
    assert held.things(OwnQuestion) == ()
    assert "Practise it aloud" not in links(tab)


@pytest.mark.parametrize(
    ("question", "told"), [(" ", "The question is missing."), (ASKED_THERE.upper(), "is in the debrief")]
)
def test_no_question_and_one_that_is_there_already_are_told(held, question, told):
    held.keep(DEBRIEF)
    tab = press(opened(), "Add a question they asked")
    field(tab.text_input, "wished_question").set_value(question)
    press(tab, "Save")
    assert shows(tab, told)
    assert held.things(Debrief) == (DEBRIEF,)


def test_an_answer_taken_off_leaves_its_question_to_practise(held):
    tab = press(opened(), "Add a question they asked")
    field(tab.text_input, "wished_question").set_value(ASKED_THERE)
    press(press(tab, "Save"), "Take it off")
    assert held.things(Debrief)[0].wished == ()
    assert [each.text for each in held.things(OwnQuestion)] == [ASKED_THERE]


def test_what_is_said_is_kept_put_into_its_field_and_is_no_practice(held, recogniser):
    tab = opened()
    area(tab, "keep").set_value("Typed before.").run()
    recogniser.may_answer.clear()
    speak(tab)
    (attempt,) = held.history()
    assert attempt.question.id == f"debrief:{ONE}:keep"
    assert shows(tab, "your recording is saved")
    recogniser.may_answer.set()
    run_until(tab, lambda page: PUT_IN in labels(page))
    assert area(tab, "keep").value == "Typed before."  # not before it is asked for: somebody may be typing there
    assert HEARD in [each.value for each in tab.text]
    area(tab, "keep").set_value("Typed since.")
    press(tab, PUT_IN)
    assert shows(tab, "stands in “What went well, to keep” now")
    assert area(tab, "keep").value == f"Typed since.\n{HEARD}"
    assert PUT_IN not in labels(tab)
    assert shows(tab, "Not saved yet.")
    press(tab, "Save the debrief")
    assert held.things(Debrief)[0].keep == Said(f"Typed since.\n{HEARD}", attempt.id)
    assert own_answers(held) == ()
    assert len(held.measured()) == 1
    again = opened()
    assert area(again, "keep").value == f"Typed since.\n{HEARD}"
    assert PUT_IN not in labels(again)  # not offered once more


def test_what_was_said_before_the_app_was_closed_is_offered_the_next_time(held):
    tab = opened()
    tab.selectbox(key=f"debrief_talks_about_{ONE}").select("remember").run()
    speak(tab)
    run_until(tab, lambda page: PUT_IN in labels(page))
    again = put_in(opened())
    assert area(again, "remember").value == HEARD
    assert area(again, "keep").value == ""


def test_a_second_recording_of_a_part_is_put_in_after_the_first(held):
    tab = opened()
    for seconds in (11.0, 12.0):
        put_in(speak(tab, seconds))
        press(tab, "Save the debrief")
    assert area(tab, "keep").value == f"{HEARD}\n{HEARD}"
    assert held.things(Debrief)[0].keep.attempt == held.history()[-1].id


def test_a_recording_whose_words_cannot_be_had_is_told_with_ways_on(held, recogniser):
    recogniser.error = OSError("the model file is gone")
    tab = speak(opened())
    run_until(tab, lambda page: "Try again" in labels(page))
    recogniser.error = None
    put_in(press(tab, "Try again"))
    assert area(tab, "keep").value == HEARD


def test_a_recording_that_is_not_wanted_can_be_deleted(held, recogniser):
    recogniser.error = OSError("the model file is gone")
    tab = speak(opened())
    run_until(tab, lambda page: "Try again" in labels(page))
    press(tab, "Delete this recording")
    assert held.history() == ()
    assert "Try again" not in labels(tab)


def test_words_that_are_not_wanted_can_be_deleted_with_their_recording(held):
    tab = run_until(speak(opened()), lambda page: PUT_IN in labels(page))
    press(tab, "Delete this recording")
    assert held.history() == ()
    assert PUT_IN not in labels(tab)
    assert area(tab, "keep").value == ""


def test_the_advice_names_its_documents(held):
    shown = "\n".join(texts(opened())).replace("\\", "")
    assert all(str(rule(each).citation) in shown for each in ("write_it_down", "what_went_well", "answer_you_wish"))


def test_what_somebody_wrote_is_shown_as_text(kept):
    kept.keep(replace(HELD, company=MARKUP, state=InterviewState.HELD))
    kept.keep(replace(DEBRIEF, wished=(WishedAnswer(MARKUP, Said(MARKUP)),)))
    tab = opened()
    assert not any("<script>" in text or "**bold**" in text for text in texts(tab))
    assert shows(tab, MARKUP)


def test_an_interview_deleted_meanwhile_is_told(held):
    tab = opened()
    area(tab, "keep").set_value("The ferry line.").run()
    held.forget(ONE)
    tab.run()
    assert shows(tab, "is not here (any more)")
    with pytest.raises(StoreError, match="deleted in the meantime"):
        held.keep(replace(DEBRIEF, written_at=DEBRIEF.written_at + timedelta(hours=1)))
