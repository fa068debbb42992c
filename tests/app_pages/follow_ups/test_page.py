"""The page of what is due over a real store: steps stand in their group with their day, and can be taken along."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
import streamlit as st
from icalendar import Calendar
from streamlit.testing.v1 import AppTest

from app_pages.ui import current_time
from content.follow_up_rules import rule
from interview.follow_up.follow_up import FollowUp
from interview.interview import InterviewState
from store.settings import Settings, write_settings
from tests.app_pages.follow_ups.helpers import CALL, THANK, group, opened, press, step
from tests.support.interviews import HELD, MARIA, ONE, THREE, at
from tests.support.pages import APP, shows, texts

pytest_plugins = ("tests.support.pages", "tests.app_pages.follow_ups.helpers")

MARKUP = "<script>alert(1)</script> **bold** [link](x)"


def test_without_an_interview_that_was_held_the_page_says_what_would_stand_there(data):
    tab = opened()
    assert shows(tab, "Nothing is due.")
    assert "To the interviews" in [each.value for each in tab.get("page_link")]


def test_what_to_write_down_leads_to_the_debrief_of_this_interview(evening):
    (link,) = [each for each in opened().get("page_link") if each.value == "Debrief"]
    assert link.proto.query_string == f"interview={ONE}"


def test_a_thank_you_note_is_for_the_day_with_time_zone_reason_and_source(evening):
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
def test_a_note_is_overdue_a_day_after_the_end_by_the_minute(evening, clock, now, stands):
    clock(now)
    assert group(opened(), THANK) == stands


def test_the_call_is_coming_until_the_working_day_after_their_date(evening, clock):
    assert group(opened(), CALL) == "Coming"
    clock("2026-03-23 09:00")  # the Monday after that Friday
    assert group(opened(), CALL) == "Today"
    clock("2026-03-24 00:01")
    assert group(opened(), CALL) == "Overdue"


def test_days_are_those_of_the_users_clocks_and_times_those_of_the_interviews(evening, clock):
    clock("2026-03-22 15:30", "UTC")
    assert group(opened(), CALL) == "Coming"
    clock("2026-03-23 00:30", "Asia/Tokyo")  # the same moment
    assert group(opened(), CALL) == "Today"
    assert shows(opened(), "Monday 23 March 2026, 09:00 (Europe/Vienna)")


def test_the_users_clock_is_in_the_zone_that_the_browser_tells(monkeypatch):
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: "Asia/Tokyo"))
    assert current_time.now().tzinfo == ZoneInfo("Asia/Tokyo")
    assert abs((current_time.now() - datetime.now().astimezone()).total_seconds()) < 5


def test_what_not_to_do_has_no_button_to_do_it_unless_it_has_a_day(evening):
    tab = opened()
    (left,) = [each for each in evening.things(FollowUp) if each.rule == "no_linkedin_before"]
    assert shows(tab, left.title)
    assert f"done_{left.id}" not in [each.key for each in tab.button]
    (dated,) = [each for each in evening.things(FollowUp) if each.rule == "silence_after_two_calls"]
    press(tab, f"done_{dated.id}")  # else it would stay overdue
    assert step(evening, dated.title).done_at is not None


def test_a_call_that_falls_on_a_holiday_of_the_settings_waits_for_the_next_working_day(evening, tmp_path, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    opened()
    before = step(evening, CALL).due
    write_settings(Settings(holidays=(before.date(),)))
    tab = opened()
    after = step(evening, CALL)
    assert after.due.date() > before.date()
    assert after.text.endswith("to Tuesday 24 March, because of the weekend and a holiday.")
    assert shows(tab, "because of the weekend and a holiday.")


def test_an_address_that_names_an_interview_shows_what_is_due_after_this_one_only(evening):
    evening.keep(replace(HELD, id=THREE, company="Ferry Works"))
    everything = opened()
    assert shows(everything, "at Ferry Works")
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/follow_ups/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert not tab.exception
    assert shows(tab, "Data Analyst at Harbour Analytics")
    assert not shows(tab, "at Ferry Works")
    press(tab, "every_interview")
    assert shows(tab, "at Ferry Works")


def test_an_address_that_names_an_interview_to_come_says_so_and_leads_to_it(kept, clock):
    kept.keep(replace(HELD, at=at("2026-03-20 10:00"), decision_by=None, state=InterviewState.UPCOMING))
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/follow_ups/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert shows(tab, "Nothing is due after this interview yet")


def test_the_calendar_files_have_the_dated_steps_of_one_interview_or_all(evening, monkeypatch):
    other = replace(HELD, id="9" * 32, company="Ferry Works", role="")
    evening.keep(other)
    files, really = {}, st.download_button

    def taken(label, data, *rest, key, **options):
        files[key] = Calendar.from_ical(data)
        return really(label, data, *rest, key=key, **options)

    monkeypatch.setattr(st, "download_button", taken)
    tab = opened()
    press(tab, f"done_{step(evening, THANK).id}")
    steps = [each for each in evening.things(FollowUp) if each.due is not None and each.done_at is None]
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
