"""Test the page of what is due over a real store: groups, due times and calendar files."""

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
from content.follow_up_rules import get_rule
from interview.follow_up.follow_up import FollowUp
from interview.interview import InterviewState
from store.settings import Settings, write_settings
from tests.app_pages.follow_ups.helpers import CALL, THANK, find_group, find_step, open_page, press
from tests.support.interviews import HELD, MARIA, ONE, THREE, make_local_time
from tests.support.pages import APP, is_shown, list_texts

pytest_plugins = ("tests.support.pages", "tests.app_pages.follow_ups.helpers")

MARKUP = "<script>alert(1)</script> **bold** [link](x)"


def test_without_a_held_interview_the_page_explains_what_it_is_for(data):
    tab = open_page()
    assert is_shown(tab, "After an interview, your to-dos appear here with dates.")
    assert "Open your interviews" in [each.value for each in tab.get("page_link")]


def test_the_debrief_step_links_to_the_debrief_of_its_interview(evening):
    (link,) = [each for each in open_page().get("page_link") if each.value == "Debrief"]
    assert link.proto.query_string == f"interview={ONE}"


def test_a_thank_you_step_shows_time_zone_reason_and_source(evening):
    tab = open_page()
    assert find_group(tab, THANK) == "Today"
    assert is_shown(tab, ", by Thursday 12 March 2026, 11:00 at the latest (Europe/Vienna)")  # a day after the end
    assert is_shown(tab, f"Why: {get_rule('note_to_everyone').why} :small[{get_rule('note_to_everyone').citation}]")
    assert is_shown(tab, "Data Analyst at Harbour Analytics")
    assert ("interview=" + ONE) in [each.proto.query_string for each in tab.get("page_link") if "notes" in each.value]


@pytest.mark.parametrize(
    ("now", "stands"),
    [("2026-03-12 10:59", "Today"), ("2026-03-12 11:01", "Overdue")],
)
def test_a_note_is_overdue_exactly_24_hours_after_the_interview(evening, clock, now, stands):
    clock(now)
    assert find_group(open_page(), THANK) == stands


def test_the_call_is_due_on_the_working_day_after_their_deadline(evening, clock):
    assert find_group(open_page(), CALL) == "Coming up"
    clock("2026-03-23 09:00")  # the Monday after that Friday
    assert find_group(open_page(), CALL) == "Today"
    clock("2026-03-24 00:01")
    assert find_group(open_page(), CALL) == "Overdue"


def test_groups_use_the_users_time_zone_and_times_that_of_the_interview(evening, clock):
    clock("2026-03-22 15:30", "UTC")
    assert find_group(open_page(), CALL) == "Coming up"
    clock("2026-03-23 00:30", "Asia/Tokyo")  # the same moment
    assert find_group(open_page(), CALL) == "Today"
    assert is_shown(open_page(), "Monday 23 March 2026, 09:00 (Europe/Vienna)")


def test_the_current_time_is_in_the_time_zone_of_the_browser(monkeypatch):
    monkeypatch.setattr(type(st.context), "timezone", property(lambda _: "Asia/Tokyo"))
    assert current_time.now().tzinfo == ZoneInfo("Asia/Tokyo")
    assert abs((current_time.now() - datetime.now().astimezone()).total_seconds()) < 5


def test_advice_against_something_has_no_done_button_unless_it_has_a_date(evening):
    tab = open_page()
    (left,) = [each for each in evening.load_documents(FollowUp) if each.rule == "no_linkedin_before"]
    assert is_shown(tab, left.title)
    assert f"done_{left.id}" not in [each.key for each in tab.button]
    (dated,) = [each for each in evening.load_documents(FollowUp) if each.rule == "silence_after_two_calls"]
    press(tab, f"done_{dated.id}")  # else it would stay overdue
    assert find_step(evening, dated.title).done_at is not None


def test_a_call_on_a_holiday_in_the_settings_moves_to_the_next_working_day(evening, tmp_path, monkeypatch):
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    open_page()
    before = find_step(evening, CALL).due
    write_settings(Settings(holidays=(before.date(),)))
    tab = open_page()
    after = find_step(evening, CALL)
    assert after.due.date() > before.date()
    assert after.text.endswith("to Tuesday 24 March, because of the weekend and a holiday.")
    assert is_shown(tab, "because of the weekend and a holiday.")


def test_an_address_with_an_interview_shows_only_the_steps_of_that_one(evening):
    evening.save(replace(HELD, id=THREE, company="Ferry Works"))
    everything = open_page()
    assert is_shown(everything, "at Ferry Works")
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/follow_ups/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert not tab.exception
    assert is_shown(tab, "Data Analyst at Harbour Analytics")
    assert not is_shown(tab, "at Ferry Works")
    press(tab, "every_interview")
    assert is_shown(tab, "at Ferry Works")


def test_an_address_of_an_upcoming_interview_says_that_nothing_is_due(kept, clock):
    kept.save(replace(HELD, at=make_local_time("2026-03-20 10:00"), decision_by=None, state=InterviewState.UPCOMING))
    tab = AppTest.from_file(APP, default_timeout=30).run()
    tab.switch_page("app_pages/follow_ups/page.py")
    tab.query_params["interview"] = ONE
    tab.run()
    assert is_shown(tab, "After this interview, your to-dos appear here")


def test_calendar_files_contain_the_dated_steps_of_one_interview_or_of_all(evening, monkeypatch):
    other = replace(HELD, id="9" * 32, company="Ferry Works", role="")
    evening.save(other)
    files, really = {}, st.download_button

    def taken(label, data, *rest, key, **options):
        files[key] = Calendar.from_ical(data)
        return really(label, data, *rest, key=key, **options)

    monkeypatch.setattr(st, "download_button", taken)
    tab = open_page()
    press(tab, f"done_{find_step(evening, THANK).id}")
    steps = [each for each in evening.load_documents(FollowUp) if each.due is not None and each.done_at is None]
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


def test_markup_in_stored_text_is_shown_as_text(kept, clock):
    kept.save(replace(HELD, company=MARKUP, role=MARKUP))
    kept.save(replace(MARIA, name=MARKUP))
    tab = open_page()
    assert is_shown(tab, f"**Thank {MARKUP}**")
    shown = [*list_texts(tab), *(each.label for each in tab.expander), *(each.value for each in tab.get("page_link"))]
    assert any("alert" in each for each in shown)
    assert not any(re.search(r"(?<!\\)(<script|\*\*bold|\[link)", each) for each in shown)


def test_what_comes_up_is_shown_up_to_the_next_three_steps_and_the_rest_is_folded(evening):
    for day in range(5):
        due = make_local_time(f"2026-05-0{day + 1} 10:00")
        evening.save(FollowUp(f"{day + 5}" * 32, ONE, "own", f"My step {day}", due=due, zone="Europe/Vienna", own=True))
    (later,) = [each for each in open_page().expander if each.label.replace("\\", "") == "Later (7)"]
    assert "Coming up (10)" in [each.value.replace("\\", "") for each in open_page().header]
    texts = [each.value for each in later.markdown]
    assert [day for day in range(5) if any(f"My step {day}" in text for text in texts)] == [0, 1, 2, 3, 4]
