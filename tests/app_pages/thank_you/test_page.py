"""The page of thank-you notes over a real store: made of its parts, looked at, kept, taken along, marked as sent."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app_pages.thank_you import send
from app_pages.ui import current_time
from content.follow_up_rules import rule
from interview.follow_up.plan import plan
from interview.person import Part, Way
from interview.thank_you.note import ThankYou, thank_you_id
from tests.support.interviews import DEBRIEF, HELD, MARIA, NOTE, ONE, RECEPTION, THREE, TOM, TWO, at
from tests.support.pages import APP, labels, press, shows, texts

pytest_plugins = ("tests.support.pages",)

MARKUP = "<script>alert(1)</script> **bold** [link](x)"
TO_MARIA, TO_TOM = thank_you_id(ONE, TWO), thank_you_id(ONE, THREE)
NOW = at("2026-03-11 16:00")  # five hours after the interview


@pytest.fixture
def held(kept, monkeypatch):
    """The store with an interview and two who asked there, in the afternoon of the day."""
    monkeypatch.setattr(current_time, "now", lambda: NOW)
    for thing in (HELD, MARIA, TOM):
        kept.keep(thing)
    return kept


def opened() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/thank_you/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert not tab.exception
    return tab


def area(tab: AppTest, field: str, note: str = TO_MARIA):
    return tab.text_area(key=f"note_{field}_{note}")


def write(tab: AppTest) -> AppTest:
    """A note out of two parts."""
    area(tab, "moment").set_value(NOTE.moment)
    area(tab, "added_point").set_value(NOTE.added_point)
    tab.text_input(key="note_sender").set_value("Alex Doe")  # and the click is what ends the typing
    return press(tab, "Make the text of it")


def link(tab: AppTest) -> str:
    (found,) = tab.get("link_button")
    return found.proto.url


def test_without_interviews_and_without_people_the_page_says_what_to_do(kept):
    tab = AppTest.from_file(APP, default_timeout=30).run().switch_page("app_pages/thank_you/page.py").run()
    assert shows(tab, "No interview yet.")
    kept.keep(HELD)
    tab = opened()
    assert shows(tab, "Nobody is noted for this interview yet.")
    assert [each.proto.label for each in tab.get("page_link")] == ["Add the people you met"]


def test_who_was_met_is_offered_and_nobody_else(held):
    held.keep(RECEPTION)
    held.keep(replace(RECEPTION, id="5" * 32, name="Rhea", interview=None, part=Part.REFERENCE))
    assert opened().selectbox(key=f"note_to_{ONE}").options == [
        "Tom Brandl · no note yet",
        "Maria Okafor, Head of Data · no note yet",
        "Ines Roth · no note yet",
    ]


def test_the_text_is_made_of_the_parts_and_kept_with_the_button(held):
    tab = opened()
    tab.selectbox(key=f"note_to_{ONE}").select(TWO).run()
    write(tab)
    body = area(tab, "body").value
    assert body.startswith("Dear Maria Okafor,")
    assert NOTE.moment in body
    assert NOTE.added_point in body
    assert body.endswith("Kind regards,\nAlex Doe\n")
    assert shows(tab, "Not saved yet.")
    assert held.things(ThankYou) == ()
    press(tab, "Save the note")
    (new,) = held.things(ThankYou)
    assert (new.id, new.person, new.body) == (TO_MARIA, TWO, body)
    assert new.subject == "Thank you for our conversation on Wednesday"
    again = opened()
    again.selectbox(key=f"note_to_{ONE}").select(TWO).run()
    assert area(again, "body").value == body
    assert again.text_input(key="note_sender").value == "Alex Doe"
    assert "Make the text anew" in labels(again)


def maria(tab: AppTest) -> AppTest:
    return tab.selectbox(key=f"note_to_{ONE}").select(TWO).run()


def test_a_new_note_begins_with_what_the_debrief_has_for_it(held):
    held.keep(DEBRIEF)
    tab = opened()
    assert _moment(tab, TO_TOM) == DEBRIEF.remember.text  # the first in the list
    assert tab.text_input(key=f"note_question_{TO_TOM}").value == DEBRIEF.wished[0].question
    assert shows(tab, "Begun with what your debrief has.")
    assert _moment(tab, TO_MARIA) == ""  # not the same to both
    assert not shows(tab, "Begun with what your debrief has.")
    assert held.things(ThankYou) == ()


def _moment(tab: AppTest, note: str) -> str:
    tab.selectbox(key=f"note_to_{ONE}").select({TO_MARIA: TWO, TO_TOM: THREE}[note]).run()
    return str(area(tab, "moment", note).value)


def test_what_the_advice_says_follows_what_is_typed(held):
    tab = write(maria(opened()))
    assert shows(tab, "✓ It says thank you.")
    assert not shows(tab, "Change:")
    area(tab, "body").set_value("Dear Maria Okafor,\n\nI look forward to working with you as your analyst.").run()
    assert shows(tab, "▲ **Change:** It does not say thank you.")
    assert shows(tab, str(rule("note_not_presuming").citation))
    area(tab, "body").set_value("Dear Tom Brandl,\n\nThank you.").run()
    assert shows(tab, "It greets Tom Brandl, and is for Maria Okafor.")


def test_when_to_send_it_is_told_with_why(held):
    tab = opened()
    assert shows(tab, "Best sent from Wednesday 11 March 2026, ")
    assert shows(tab, "and by Thursday 12 March 2026, 11:00 at the latest (Europe/Vienna)")
    assert shows(tab, rule("note_window").why)


def test_after_a_late_interview_the_next_morning_is_best(held):
    held.keep(replace(HELD, at=at("2026-03-11 17:00")), instead_of=HELD)
    assert shows(opened(), "Best sent Thursday 12 March 2026, ")


def test_without_a_time_nothing_is_said_about_when(held):
    held.keep(replace(HELD, at=None), instead_of=HELD)
    assert shows(opened(), "The interview has no time yet")


def test_the_email_file_and_the_link_hold_the_text_and_the_address(held, monkeypatch):
    files = []
    monkeypatch.setattr(send, "eml", lambda *given: files.append(EML(*given)) or files[-1])
    tab = write(maria(opened()))
    body = area(tab, "body").value
    message = message_from_bytes(files[-1], policy=policy.default)
    assert message["To"].addresses[0].addr_spec == MARIA.email
    assert message.get_content().replace("\r\n", "\n") == body
    parts = urlsplit(link(tab))
    assert (parts.scheme, unquote(parts.path)) == ("mailto", MARIA.email)
    assert parse_qs(parts.query)["body"] == [body.replace("\n", "\r\n")]
    assert [each.value for each in tab.code] == [body.rstrip()]


EML = send.eml


def test_a_note_too_long_for_a_link_has_none_and_a_person_without_address_is_told(held):
    held.keep(replace(MARIA, email=""), instead_of=MARIA)
    tab = write(maria(opened()))
    assert shows(tab, "No email address is noted for Maria Okafor.")
    area(tab, "body").set_value("Thank you. " * 300).run()
    assert shows(tab, "too long for a link")
    assert tab.get("link_button") == []


def test_a_note_by_hand_says_how(held):
    held.keep(replace(MARIA, prefers=Way.BY_HAND), instead_of=MARIA)
    tab = write(maria(opened()))
    assert [each.value for each in tab.text] == [f"Likes to be written to by: note by hand · {MARIA.email}"]
    assert shows(tab, rule("note_by_hand").text)


def test_a_note_that_was_sent_keeps_its_text_is_told_and_ticks_off_its_step(held):
    tab = press(write(maria(opened())), "I sent it")
    (new,) = held.things(ThankYou)
    assert (new.sent_at, new.body) == (NOW, area(tab, "body").value)
    assert shows(tab, "✓ Sent on Wednesday 11 March 2026, 16:00.")
    assert shows(tab, "It was sent within a day.")
    assert [step.done_at for step in plan(HELD, (MARIA, TOM), (new,)) if step.person == TWO] == [NOW]
    press(tab, "Not sent after all")
    assert held.things(ThankYou) == (replace(new, sent_at=None),)


def test_a_note_changed_in_another_tab_is_told_and_what_was_typed_stays(held):
    held.keep(NOTE)
    tab = maria(opened())
    other = replace(NOTE, moment="Changed there.")
    held.keep(other, instead_of=NOTE)
    area(tab, "moment").set_value("Changed here.")
    press(tab, "Save the note")
    assert shows(tab, "This was changed in another window")
    assert area(tab, "moment").value == "Changed here."
    assert held.things(ThankYou) == (other,)


def test_what_was_typed_is_there_after_a_look_at_another_note_and_another_page(held):
    tab = maria(opened())
    area(tab, "moment").set_value("The stream.").run()
    tab.selectbox(key=f"note_to_{ONE}").select(THREE).run()
    tab.switch_page("app_pages/measures/page.py").run()
    maria(tab.switch_page("app_pages/thank_you/page.py").run())
    assert area(tab, "moment").value == "The stream."
    assert held.things(ThankYou) == ()


def test_too_many_samples_are_told_and_nothing_is_kept(held):
    tab = maria(opened())
    area(tab, "samples").set_value("one\ntwo\nthree").run()
    press(tab, "Save the note")
    assert shows(tab, "The samples of work should be at most 2, not 3.")
    assert held.things(ThankYou) == ()


def test_what_somebody_wrote_is_shown_as_text(kept):
    kept.keep(replace(HELD, company=MARKUP))
    kept.keep(replace(MARIA, name=MARKUP, position=MARKUP, email=""))
    kept.keep(replace(NOTE, moment=MARKUP, body=MARKUP))
    tab = opened()
    assert not any("<script>" in text or "**bold**" in text for text in texts(tab))
    assert [each.value for each in tab.code] == [MARKUP]
