"""Test the page of thank-you notes over a real store: made of its parts, checked, saved and sent."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.thank_you import send
from app_pages.ui import current_time
from content.follow_up_rules import get_rule
from interview.follow_up.plan import plan_follow_ups
from interview.person import ContactMethod, PersonRole
from interview.thank_you.note import ThankYou, make_thank_you_id
from tests.support.interviews import DEBRIEF, HELD, MARIA, NOTE, ONE, RECEPTION, THREE, TOM, TWO, make_local_time
from tests.support.pages import APP, is_shown, list_button_labels, list_texts, press

pytest_plugins = ("tests.support.pages",)

MARKUP = "<script>alert(1)</script> **bold** [link](x)"
TO_MARIA, TO_TOM = make_thank_you_id(ONE, TWO), make_thank_you_id(ONE, THREE)
NOW = make_local_time("2026-03-11 16:00")  # five hours after the interview


@pytest.fixture
def held(kept, monkeypatch):
    """Return a store with an interview and two interviewers, on the afternoon of that day."""
    monkeypatch.setattr(current_time, "now", lambda: NOW)
    for thing in (HELD, MARIA, TOM):
        kept.save(thing)
    return kept


def open_page() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/thank_you/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert not tab.exception
    return tab


def find_area(tab: AppTest, field: str, note: str = TO_MARIA):
    return tab.text_area(key=f"note_{field}_{note}")


def write_note(tab: AppTest) -> AppTest:
    """Write a note from two parts."""
    find_area(tab, "moment").set_value(NOTE.moment)
    find_area(tab, "added_point").set_value(NOTE.added_point)
    tab.text_input(key="note_sender").set_value("Alex Doe")  # and the click is what ends the typing
    return press(tab, "Write draft")


def read_link(tab: AppTest) -> str:
    (found,) = tab.get("link_button")
    return found.proto.url


def test_without_interviews_or_people_the_page_says_what_to_do(kept):
    tab = AppTest.from_file(APP, default_timeout=30).run().switch_page("app_pages/thank_you/page.py").run()
    assert is_shown(tab, "Add the interview you have coming up")
    kept.save(HELD)
    tab = open_page()
    assert is_shown(tab, "Add the people you met first")
    assert [each.proto.label for each in tab.get("page_link")] == ["Add the people you met"]


def test_only_people_met_at_the_interview_are_offered(held):
    held.save(RECEPTION)
    held.save(replace(RECEPTION, id="5" * 32, name="Rhea", interview=None, part=PersonRole.REFERENCE))
    assert open_page().selectbox(key=f"note_to_{ONE}").options == [
        "Tom Brandl · no note yet",
        "Maria Okafor, Head of Data · no note yet",
        "Ines Roth · no note yet",
    ]


def test_the_text_is_made_from_the_parts_and_stored_with_the_button(held):
    tab = open_page()
    tab.selectbox(key=f"note_to_{ONE}").select(TWO).run()
    write_note(tab)
    body = find_area(tab, "body").value
    assert body.startswith("Dear Maria,")
    assert NOTE.moment in body
    assert NOTE.added_point in body
    assert body.endswith("Kind regards,\nAlex Doe\n")
    assert is_shown(tab, "Not saved yet.")
    assert held.load_documents(ThankYou) == ()
    press(tab, "Save note")
    assert "Maria Okafor, Head of Data · saved, not sent yet" in tab.selectbox(key=f"note_to_{ONE}").options
    assert [each.value for each in tab.success] == ["Note saved."]
    (new,) = held.load_documents(ThankYou)
    assert (new.id, new.person, new.body) == (TO_MARIA, TWO, body)
    assert new.subject == "Thank you for our conversation on Wednesday"
    again = open_page()
    again.selectbox(key=f"note_to_{ONE}").select(TWO).run()
    assert find_area(again, "body").value == body
    assert again.text_input(key="note_sender").value == "Alex Doe"
    assert "Rewrite draft" in list_button_labels(again)


def select_maria(tab: AppTest) -> AppTest:
    return tab.selectbox(key=f"note_to_{ONE}").select(TWO).run()


def test_a_new_note_starts_with_the_debriefs_text_for_the_first_person_only(held):
    held.save(DEBRIEF)
    tab = open_page()
    assert _read_moment(tab, TO_TOM) == DEBRIEF.remember.text  # the first in the list
    assert tab.text_input(key=f"note_question_{TO_TOM}").value == DEBRIEF.wished[0].question
    assert is_shown(tab, "Filled in from your debrief.")
    assert _read_moment(tab, TO_MARIA) == ""  # not the same to both
    assert not is_shown(tab, "Filled in from your debrief.")
    assert held.load_documents(ThankYou) == ()


def _read_moment(tab: AppTest, note: str) -> str:
    tab.selectbox(key=f"note_to_{ONE}").select({TO_MARIA: TWO, TO_TOM: THREE}[note]).run()
    return str(find_area(tab, "moment", note).value)


def test_the_findings_follow_the_typed_text(held):
    tab = write_note(select_maria(open_page()))
    assert is_shown(tab, "✓ It says thank you.")
    assert not is_shown(tab, "Change:")
    find_area(tab, "body").set_value("Dear Maria Okafor,\n\nI look forward to working with you as your analyst.").run()
    assert is_shown(tab, "▲ **Change:** It doesn't say thank you.")
    assert is_shown(tab, str(get_rule("note_not_presuming").citation))
    find_area(tab, "body").set_value("Dear Tom Brandl,\n\nThank you.").run()
    assert is_shown(tab, "It greets Tom Brandl, and is for Maria Okafor.")


def test_the_page_says_when_to_send_a_note_and_why(held):
    tab = open_page()
    assert is_shown(tab, "Best time: Wednesday 11 March, ")
    assert is_shown(tab, "Any time until Thursday 12 March, 11:00 is fine. (Europe/Vienna)")
    assert is_shown(tab, get_rule("note_window").why)


def test_after_a_late_interview_the_next_morning_is_recommended(held):
    held.save(replace(HELD, at=make_local_time("2026-03-11 17:00")), expected=HELD)
    assert is_shown(open_page(), "Best time: Thursday 12 March, ")


def test_without_a_date_of_the_interview_no_sending_time_is_given(held):
    held.save(replace(HELD, at=None), expected=HELD)
    assert is_shown(open_page(), "Add the date of the interview")


def test_the_email_file_and_the_link_contain_text_and_address(held, monkeypatch):
    files = []
    monkeypatch.setattr(send, "make_eml", lambda *given: files.append(EML(*given)) or files[-1])
    tab = write_note(select_maria(open_page()))
    body = find_area(tab, "body").value
    message = message_from_bytes(files[-1], policy=policy.default)
    assert message["To"].addresses[0].addr_spec == MARIA.email
    assert message.get_content().replace("\r\n", "\n") == body
    parts = urlsplit(read_link(tab))
    assert (parts.scheme, unquote(parts.path)) == ("mailto", MARIA.email)
    assert parse_qs(parts.query)["body"] == [body.replace("\n", "\r\n")]
    assert [each.value for each in tab.code] == [body.rstrip()]


EML = send.make_eml


def test_a_note_too_long_for_a_link_has_none_and_a_missing_address_is_reported(held):
    held.save(replace(MARIA, email=""), expected=MARIA)
    tab = write_note(select_maria(open_page()))
    assert is_shown(tab, "You have no email address for Maria Okafor.")
    find_area(tab, "body").set_value("Thank you. " * 300).run()
    assert is_shown(tab, "too long to open in a mail program")
    assert tab.get("link_button") == []


def test_a_handwritten_note_comes_with_advice(held):
    held.save(replace(MARIA, prefers=ContactMethod.BY_HAND), expected=MARIA)
    tab = write_note(select_maria(open_page()))
    assert [each.value for each in tab.text] == [f"Preferred contact: handwritten note · {MARIA.email}"]
    assert is_shown(tab, get_rule("note_by_hand").text)


def test_marking_a_note_as_sent_stores_its_text_and_completes_its_step(held):
    tab = press(write_note(select_maria(open_page())), "I sent it")
    (new,) = held.load_documents(ThankYou)
    assert (new.sent_at, new.body) == (NOW, find_area(tab, "body").value)
    assert is_shown(tab, "✓ Sent on Wednesday 11 March 2026, 16:00.")
    assert is_shown(tab, "You sent it within a day.")
    assert [step.done_at for step in plan_follow_ups(HELD, (MARIA, TOM), (new,)) if step.person == TWO] == [NOW]
    press(tab, "Not sent after all")
    assert held.load_documents(ThankYou) == (replace(new, sent_at=None),)


def test_a_note_changed_in_another_tab_is_not_overwritten_and_the_typed_text_stays(held):
    held.save(NOTE)
    tab = select_maria(open_page())
    other = replace(NOTE, moment="Changed there.")
    held.save(other, expected=NOTE)
    find_area(tab, "moment").set_value("Changed here.")
    press(tab, "Save note")
    assert is_shown(tab, "You changed this in another window")
    assert find_area(tab, "moment").value == "Changed here."
    assert held.load_documents(ThankYou) == (other,)


def test_unsaved_text_survives_a_visit_to_another_note_and_another_page(held):
    tab = select_maria(open_page())
    find_area(tab, "moment").set_value("The stream.").run()
    tab.selectbox(key=f"note_to_{ONE}").select(THREE).run()
    tab.switch_page("app_pages/measures/page.py").run()
    select_maria(tab.switch_page("app_pages/thank_you/page.py").run())
    assert find_area(tab, "moment").value == "The stream."
    assert held.load_documents(ThankYou) == ()


def test_too_many_samples_show_an_error_and_nothing_is_stored(held):
    tab = select_maria(open_page())
    find_area(tab, "samples").set_value("one\ntwo\nthree").run()
    press(tab, "Save note")
    assert is_shown(tab, "The samples of work should be at most 2, not 3.")
    assert held.load_documents(ThankYou) == ()


def test_markup_in_stored_text_is_shown_as_text(kept):
    kept.save(replace(HELD, company=MARKUP))
    kept.save(replace(MARIA, name=MARKUP, position=MARKUP, email=""))
    kept.save(replace(NOTE, moment=MARKUP, body=MARKUP))
    tab = open_page()
    assert not any("<script>" in text or "**bold**" in text for text in list_texts(tab))
    assert [each.value for each in tab.code] == [MARKUP]
