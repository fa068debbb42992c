"""The page of what is due over a real store: steps stand in their group, stay as they were left, can be taken along.

The interview of these tests is over on Wednesday 11 March 2026 at 11:00 in Vienna, and they decide by Friday 20 March.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from app_pages import due_clock
from content.followups import rule
from interview.follow_up import FollowUp
from interview.interview import InterviewState
from store.settings import Settings, write_settings
from tests.interviews import HELD, MARIA, NOTE, ONE, THREE, TOM, at
from tests.pages import APP, field, labels, shows, texts

pytest_plugins = ("tests.pages",)

MARKUP = "<script>alert(1)</script> **bold** [link](x)"
THANK = "Thank Maria Okafor"
CALL = "If you have heard nothing: call (1 of 2)"


@pytest.fixture
def clock(monkeypatch):
    """Sets the page's clock."""

    def show(text: str, zone: str = "Europe/Vienna") -> None:
        monkeypatch.setattr(due_clock, "now", lambda: at(text, zone))

    show("2026-03-11 18:00")
    return show


@pytest.fixture
def held(kept, clock):
    """The store with an interview and one of its people, in the evening of the day."""
    for thing in (HELD, MARIA):
        kept.keep(thing)
    return kept


def opened() -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30)
    tab.switch_page("app_pages/due.py")
    tab.run()
    assert not tab.exception
    return tab


def step(store, title: str) -> FollowUp:
    (found,) = [each for each in store.things(FollowUp) if each.title == title]
    return found


def titles(store) -> set[str]:
    return {each.title for each in store.things(FollowUp)}


def press(tab: AppTest, key: str) -> AppTest:
    tab.button(key=key).click().run()
    assert not tab.exception
    return tab


def save(tab: AppTest, form: str) -> AppTest:
    return press(tab, f"{form}_save")


def group(tab: AppTest, title: str) -> str:
    """The heading that a step stands under, where it is one of the groups that are not folded away."""
    heading = ""
    for each in walk(tab.main):
        if each.type == "subheader":
            heading = each.value.split(" (")[0]
        elif each.type == "markdown" and each.value.replace("\\", "").startswith(f"**{title}**"):
            return heading
    raise AssertionError(f"no step {title}: {texts(tab)}")


def walk(block):
    for each in block.children.values():
        if hasattr(each, "children"):
            yield from walk(each)
        else:
            yield each


def test_without_an_interview_that_was_held_the_page_says_what_would_stand_there(data):
    tab = opened()
    assert shows(tab, "Nothing is due.")
    assert "To the interviews" in [each.value for each in tab.get("page_link")]


def test_what_to_write_down_leads_to_the_debrief_of_this_interview(held):
    (link,) = [each for each in opened().get("page_link") if each.value == "Debrief"]
    assert link.proto.query_string == f"interview={ONE}"


def test_a_thank_you_note_is_for_the_day_with_time_zone_reason_and_source(held):
    tab = opened()
    assert group(tab, THANK) == "Today"
    assert shows(tab, "not later than Thursday 12 March 2026, 11:00 (Europe/Vienna)")  # a day after the end
    assert shows(tab, f"Why: {rule('note_to_everyone').why} :small[{rule('note_to_everyone').citation}]")
    assert shows(tab, "Data Analyst at Harbour Analytics")
    assert ("interview=" + ONE) in [each.proto.query_string for each in tab.get("page_link") if "notes" in each.value]


@pytest.mark.parametrize(
    ("now", "stands"),
    [("2026-03-12 10:59", "Today"), ("2026-03-12 11:01", "Overdue")],
)
def test_a_note_is_overdue_a_day_after_the_end_by_the_minute(held, clock, now, stands):
    clock(now)
    assert group(opened(), THANK) == stands


def test_the_call_is_coming_until_the_working_day_after_their_date(held, clock):
    assert group(opened(), CALL) == "Coming"
    clock("2026-03-23 09:00")  # the Monday after that Friday
    assert group(opened(), CALL) == "Today"
    clock("2026-03-24 00:01")
    assert group(opened(), CALL) == "Overdue"


def test_days_are_those_of_the_users_clocks_and_times_those_of_the_interviews(held, clock):
    clock("2026-03-22 15:30", "UTC")
    assert group(opened(), CALL) == "Coming"
    clock("2026-03-23 00:30", "Asia/Tokyo")  # the same moment
    assert group(opened(), CALL) == "Today"
    assert shows(opened(), "Monday 23 March 2026, 09:00 (Europe/Vienna)")


def test_the_users_clock_is_in_the_zone_that_the_browser_tells(monkeypatch):
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: "Asia/Tokyo"))
    assert due_clock.now().tzinfo == ZoneInfo("Asia/Tokyo")
    assert abs((due_clock.now() - datetime.now().astimezone()).total_seconds()) < 5


def test_what_was_done_stays_done_after_reloading_and_can_be_taken_back(held):
    tab = opened()
    note = step(held, THANK)
    press(tab, f"done_{note.id}")
    assert step(held, THANK) == replace(note, done_at=at("2026-03-11 18:00"))
    again = opened()
    assert shows(again, "✓ Done on Wednesday 11 March 2026, 18:00 (Europe/Vienna)")
    assert f"done_{note.id}" not in [each.key for each in again.button]
    press(again, f"undone_{note.id}")
    assert step(held, THANK) == note
    assert group(opened(), THANK) == "Today"


def test_a_note_that_was_sent_has_done_its_step_and_no_button_says_otherwise(held):
    held.keep(replace(NOTE, sent_at=at("2026-03-11 14:00")))
    tab = opened()
    assert shows(tab, "✓ Done on Wednesday 11 March 2026, 14:00 (Europe/Vienna)")
    assert shows(tab, "The note is marked as sent")
    assert not {f"{way}_{step(held, THANK).id}" for way in ("done", "undone")} & {each.key for each in tab.button}


def test_what_not_to_do_has_no_button_to_do_it_unless_it_has_a_day(held):
    tab = opened()
    (left,) = [each for each in held.things(FollowUp) if each.rule == "no_linkedin_before"]
    assert shows(tab, left.title)
    assert f"done_{left.id}" not in [each.key for each in tab.button]
    (dated,) = [each for each in held.things(FollowUp) if each.rule == "silence_after_two_calls"]
    press(tab, f"done_{dated.id}")  # else it would stay overdue
    assert step(held, dated.title).done_at is not None


def test_a_call_that_falls_on_a_holiday_of_the_settings_waits_for_the_next_working_day(held, tmp_path, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    opened()
    before = step(held, CALL).due
    write_settings(Settings(holidays=(before.date(),)))
    tab = opened()
    after = step(held, CALL)
    assert after.due.date() > before.date()
    assert after.text.endswith("to Tuesday 24 March, because of the weekend and a holiday.")
    assert shows(tab, "because of the weekend and a holiday.")


def test_an_address_that_names_an_interview_shows_what_is_due_after_this_one_only(held):
    held.keep(replace(HELD, id=THREE, company="Ferry Works"))
    everything = opened()
    assert shows(everything, "at Ferry Works")
    tab = AppTest.from_file(APP, default_timeout=30)
    tab.switch_page("app_pages/due.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert not tab.exception
    assert shows(tab, "Data Analyst at Harbour Analytics")
    assert not shows(tab, "at Ferry Works")
    press(tab, "every_interview")
    assert shows(tab, "at Ferry Works")


def test_an_address_that_names_an_interview_to_come_says_so_and_leads_to_it(kept, clock):
    kept.keep(replace(HELD, at=at("2026-03-20 10:00"), decision_by=None, state=InterviewState.UPCOMING))
    tab = AppTest.from_file(APP, default_timeout=30)
    tab.switch_page("app_pages/due.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert shows(tab, "Nothing is due after this interview yet")


def test_a_no_leaves_what_is_gracious_on_the_next_working_day_and_what_was_done(held):
    tab = opened()
    done = step(held, THANK)
    press(tab, f"done_{done.id}")
    press(tab, f"decide_{ONE}")
    field(tab.radio, "decision_state").set_value(InterviewState.TURNED_DOWN)
    field(tab.date_input, "decision_came").set_value(date(2026, 3, 13))  # a Friday
    save(tab, "decision")
    gracious = step(held, rule("gracious_after_no").title)
    assert gracious.due == at("2026-03-16 09:00")
    assert "because of the weekend" in gracious.text
    assert group(tab, gracious.title) == "Coming"
    assert CALL not in titles(held)
    assert step(held, THANK).done_at is not None
    assert titles(held) >= {rule("stay_in_contact").title, rule("linkedin_after_no").title}


def test_an_answer_without_its_day_came_today_and_another_date_moves_the_calls(held):
    tab = press(opened(), f"decide_{ONE}")
    field(tab.date_input, "decision_by").set_value(date(2026, 3, 25))
    save(tab, "decision")
    assert step(held, CALL).due == at("2026-03-26 09:00")
    press(tab, f"decide_{ONE}")
    field(tab.radio, "decision_state").set_value(InterviewState.OFFERED)
    save(tab, "decision")
    (new,) = held.things(type(HELD))
    assert (new.state, new.decided_on, new.decision_by) == ("offered", date(2026, 3, 11), date(2026, 3, 25))
    assert CALL not in titles(held)


def test_an_own_step_is_kept_through_a_decision_and_deleted_when_asked(held):
    tab = press(opened(), f"add_{ONE}")
    field(tab.text_input, "own_step_title").set_value("  Send the  ferry map ")
    save(tab, "own_step")
    assert shows(tab, "A step needs a few words and a day.")
    field(tab.date_input, "own_step_day").set_value(date(2026, 3, 14))
    save(tab, "own_step")
    own = step(held, "Send the ferry map")
    assert (own.own, own.due) == (True, at("2026-03-14 09:00"))
    held.keep(replace(HELD, state=InterviewState.WITHDRAWN), instead_of=HELD)
    tab = opened()
    assert titles(held) == {own.title}
    assert group(tab, own.title) == "Coming"
    press(press(tab, f"delete_{own.id}"), "delete_step_yes")
    assert held.things(FollowUp) == ()


def test_an_interview_whose_time_is_over_is_held_with_one_click(kept, clock):
    kept.keep(replace(HELD, state=InterviewState.UPCOMING))
    clock("2026-03-11 10:59")
    assert "It was held" not in labels(opened())
    clock("2026-03-11 11:00")
    tab = opened()
    assert kept.things(FollowUp) == ()
    press(tab, f"held_{ONE}")
    assert kept.things(type(HELD)) == (HELD,)
    assert "It was held" not in labels(tab)
    assert group(tab, rule("write_it_down").title) == "Today"


def test_the_calendar_files_have_the_dated_steps_of_one_interview_or_all(held, monkeypatch):
    other = replace(HELD, id="9" * 32, company="Ferry Works", role="")
    held.keep(other)
    files, really = {}, st.download_button

    def taken(label, data, *rest, key, **options):
        files[key] = Calendar.from_ical(data)
        return really(label, data, *rest, key=key, **options)

    monkeypatch.setattr(st, "download_button", taken)
    tab = opened()
    press(tab, f"done_{step(held, THANK).id}")
    steps = [each for each in held.things(FollowUp) if each.due is not None and each.done_at is None]
    expected = {
        each.id: {f"{found.title} ({each.company})" for found in steps if found.interview == each.id}
        | {f"Interview: {each.role} at {each.company}" if each.role else f"Interview: {each.company}"}
        for each in (HELD, other)
    }
    found = {key: {str(event["summary"]) for event in file.walk("VEVENT")} for key, file in files.items()}
    assert f"{THANK} (Harbour Analytics)" not in expected[ONE]
    assert found == {f"ics_{one}": those for one, those in expected.items()} | {
        "ics_all": set().union(*expected.values())
    }


def test_what_somebody_wrote_is_text(kept, clock):
    kept.keep(replace(HELD, company=MARKUP, role=MARKUP))
    kept.keep(replace(MARIA, name=MARKUP))
    tab = opened()
    assert shows(tab, f"**Thank {MARKUP}**")
    shown = [*texts(tab), *(each.label for each in tab.expander), *(each.value for each in tab.get("page_link"))]
    assert any("alert" in each for each in shown)
    assert not any(re.search(r"(?<!\\)(<script|\*\*bold|\[link)", each) for each in shown)


def test_a_step_done_or_deleted_in_another_tab_meanwhile_is_told(held, clock):
    first, second = opened(), opened()
    note, call = step(held, THANK), step(held, CALL)
    press(first, f"done_{note.id}")
    clock("2026-03-11 18:01")
    press(second, f"done_{note.id}")
    assert shows(second, "This was changed in another window")
    held.forget(call.id)
    press(first, f"done_{call.id}")
    assert shows(first, "This was deleted in the meantime.")


def test_a_decision_entered_in_another_tab_meanwhile_is_told_and_not_overwritten(held):
    tab = press(opened(), f"decide_{ONE}")
    other = replace(HELD, state=InterviewState.OFFERED, decided_on=date(2026, 3, 11))
    held.keep(other, instead_of=HELD)
    field(tab.radio, "decision_state").set_value(InterviewState.TURNED_DOWN)
    save(tab, "decision")
    assert shows(tab, "This was changed in another window")
    assert held.things(type(HELD)) == (other,)


def test_a_person_added_later_gets_a_note_and_one_deleted_loses_it(held):
    opened()
    held.keep(TOM)
    opened()
    assert "Thank Tom Brandl" in titles(held)
    held.forget(TOM.id)
    opened()
    assert "Thank Tom Brandl" not in titles(held)
