"""The calendar file, read back by a calendar library."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from interview.calendar_file import Agenda, DayEntry, make_calendar_file
from interview.follow_up.follow_up import FollowUp
from interview.follow_up.plan import plan_follow_ups
from interview.interview import Interview, InterviewState
from tests.support.interviews import HELD, MARIA, ONE, RECEPTION, THREE, TOM, TWO, make_interview, make_local_time

NOW = datetime(2026, 3, 10, 8, 30, tzinfo=UTC)
PEOPLE = (MARIA, TOM, RECEPTION)
ANY_TEXT = st.text(st.characters(exclude_categories=("Cc", "Cs"), include_characters="\n\t"), max_size=300)
ANY_LINE = ANY_TEXT.map(lambda text: " ".join(text.split())[:200].strip()).filter(bool)
ZONES = ["Europe/Vienna", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC"]


def read(*agendas: Agenda) -> dict[UUID, Event]:
    """The events of a calendar file by UID."""
    return {UUID(event.uid): event for event in Calendar.from_ical(make_calendar_file(agendas, NOW)).events}


def test_an_interview_is_an_event_with_its_place_its_people_and_two_reminders() -> None:
    held = make_interview(place="Pier 3, room 2; ask at the desk", notes="Bring a pen.")
    event = read(Agenda(held, PEOPLE))[UUID(ONE)]
    assert str(event["summary"]) == "Interview: Data Analyst at Harbour Analytics"
    assert str(event["location"]) == "Pier 3, room 2; ask at the desk"
    assert str(event["description"]) == "With Maria Okafor, Head of Data.\nWith Tom Brandl.\nBring a pen."
    assert (event.start, event.end) == (make_local_time("2026-03-11 10:00"), make_local_time("2026-03-11 11:00"))
    assert event["dtstart"].params["TZID"] == "Europe/Vienna"
    assert event.stamp == NOW
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(days=-1), timedelta(hours=-1)]


def test_an_interview_without_a_time_lasts_its_whole_day() -> None:
    event = read(Agenda(make_interview(at=None, day=date(2026, 3, 11))))[UUID(ONE)]
    assert (event.start, event.end) == (date(2026, 3, 11), date(2026, 3, 12))
    assert str(event["summary"]) == "Interview: Data Analyst at Harbour Analytics"


def test_an_interview_without_a_date_is_not_in_the_calendar() -> None:
    assert read(Agenda(make_interview(at=None))) == {}


def test_a_day_of_practice_leaves_the_day_free_and_reminds_in_the_morning() -> None:
    entry = DayEntry(
        TWO, date(2026, 3, 9), "Practise for Harbour Analytics, 12 minutes", "Tell me about yourself.\nWhy us?"
    )
    event = read(Agenda(HELD, practice=(entry,)))[UUID(TWO)]
    assert (event.start, event.end) == (date(2026, 3, 9), date(2026, 3, 10))
    assert str(event["summary"]) == entry.title
    assert str(event["description"]) == entry.text
    assert str(event["transp"]) == "TRANSPARENT"
    assert [alarm["trigger"].dt for alarm in event.walk("VALARM")] == [timedelta(hours=9)]


def test_every_open_step_with_a_date_is_an_event_at_its_moment() -> None:
    steps = plan_follow_ups(HELD, PEOPLE)
    done = (replace(steps[0], done_at=NOW), *steps[1:])
    events = read(Agenda(HELD, PEOPLE, done))
    dated = {UUID(step.id): step for step in done if step.due is not None and step.done_at is None}
    assert events.keys() == dated.keys() | {UUID(ONE)}
    for uid, step in dated.items():
        assert events[uid].start == step.due
        assert str(events[uid]["transp"]) == "TRANSPARENT"
        assert [alarm["trigger"].dt for alarm in events[uid].walk("VALARM")] == [timedelta(0)]


def test_the_event_of_a_note_gives_its_deadline() -> None:
    steps = [step for step in plan_follow_ups(HELD, PEOPLE) if step.person == MARIA.id]
    event = read(Agenda(HELD, steps=tuple(steps)))[UUID(steps[0].id)]
    assert str(event["summary"]) == "Thank Maria Okafor (Harbour Analytics)"
    assert str(event["description"]).endswith("\nNot later than Thursday 12 March, 11:00.")


def test_one_calendar_holds_several_interviews_with_all_their_time_zones() -> None:
    far = Interview(
        TWO, "Bay Maps", at=make_local_time("2026-03-12 16:00", "America/Los_Angeles"), zone="America/Los_Angeles"
    )
    written = make_calendar_file(
        [Agenda(HELD, PEOPLE, plan_follow_ups(HELD, PEOPLE)), Agenda(far, (), plan_follow_ups(far))], NOW
    )
    calendar = Calendar.from_ical(written)
    assert {zone.tz_name for zone in calendar.timezones} == {"Europe/Vienna", "America/Los_Angeles"}
    assert {UUID(ONE), UUID(TWO)} <= {UUID(event.uid) for event in calendar.events}
    assert len({event.uid for event in calendar.events}) == len(calendar.events)


def test_the_same_step_keeps_its_uid_when_the_interview_moves() -> None:
    later = make_interview(at=make_local_time("2026-03-18 10:00"))
    before, after = (
        read(Agenda(HELD, (), plan_follow_ups(HELD, PEOPLE))),
        read(Agenda(later, (), plan_follow_ups(later, PEOPLE))),
    )
    assert before.keys() == after.keys()


@pytest.mark.parametrize("changes", [{"at": None}, {"state": InterviewState.WITHDRAWN}])
def test_an_interview_that_is_withdrawn_or_has_no_time_makes_no_event(changes: dict[str, object]) -> None:
    assert read(Agenda(make_interview(**changes), PEOPLE)) == {}


def test_a_calendar_without_events_is_valid() -> None:
    calendar = Calendar.from_ical(make_calendar_file([], NOW))
    assert (calendar.events, str(calendar["version"])) == ([], "2.0")


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2035, 1, 1)),
    st.sampled_from(ZONES),
    st.integers(5, 300),
)
def test_any_time_in_any_zone_is_read_back_as_the_same_moment(utc: datetime, zone: str, minutes: int) -> None:
    begins = utc.replace(tzinfo=UTC, second=0, microsecond=0)
    event = read(Agenda(Interview(ONE, "C", at=begins, zone=zone, minutes=minutes)))[UUID(ONE)]
    assert event.start.timestamp() == begins.timestamp()
    assert event.end.timestamp() == begins.timestamp() + 60 * minutes
    assert event["dtstart"].params.get("TZID", "UTC") in (zone, "UTC")


def test_the_second_of_two_equal_local_times_in_autumn_is_written_in_utc() -> None:
    second = make_local_time("2026-10-25 02:30").replace(fold=1)
    event = read(Agenda(make_interview(at=second)))[UUID(ONE)]
    assert event.start == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    first = read(Agenda(make_interview(at=make_local_time("2026-10-25 02:30"), minutes=20)))[UUID(ONE)]
    assert first["dtstart"].params["TZID"] == "Europe/Vienna"
    assert first.start.astimezone(UTC) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize("zone", [zone for zone in ZONES if zone != "UTC"])
def test_the_written_time_zone_has_the_offsets_of_the_real_one(zone: str) -> None:
    held = Interview(ONE, "C", at=make_local_time("2026-03-11 10:00", zone), zone=zone, decision_by=None)
    calendar = Calendar.from_ical(make_calendar_file([Agenda(held, (), plan_follow_ups(held))], NOW))
    (written,) = calendar.timezones
    rebuilt = written.to_tz(lookup_tzid=False)
    for days in range(0, 300, 7):
        noon = datetime(2026, 3, 1, 12) + timedelta(days=days)
        assert noon.replace(tzinfo=rebuilt).utcoffset() == noon.replace(tzinfo=ZoneInfo(zone)).utcoffset()


@settings(max_examples=150, deadline=None)
@given(ANY_LINE, ANY_LINE, ANY_TEXT)
def test_any_text_survives_a_round_trip(company: str, place: str, notes: str) -> None:
    event = read(Agenda(Interview(ONE, company, at=HELD.at, place=place, notes=notes)))[UUID(ONE)]
    assert str(event["summary"]) == f"Interview: {company}"
    assert str(event["location"]) == place
    assert str(event.get("description", "")) == notes


@settings(max_examples=100, deadline=None)
@given(ANY_LINE, ANY_TEXT)
def test_no_text_can_add_a_property_and_no_line_is_longer_than_75_bytes(title: str, text: str) -> None:
    title, text = f"BEGIN:VALARM {title}", f"{text}\nATTACH:https://x.example\nEND:VEVENT\n{text}"
    step = FollowUp(THREE, ONE, "x", title, text, due=HELD.at, zone="Europe/Vienna", own=True)
    written = make_calendar_file([Agenda(HELD, (), (step,))], NOW)
    assert not re.search(rb"(^|\n)(ATTACH|END:VEVENT\n)", written)
    assert written.count(b"\r\nEND:VEVENT\r\n") == 2
    lines = written.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    for line in lines:
        line.decode()  # no character is torn apart by folding


def test_a_backslash_before_a_capital_n_is_not_read_as_a_line_break() -> None:
    event = read(Agenda(make_interview(place=r"C:\New\notes, \\N")))[UUID(ONE)]
    assert str(event["location"]) == r"C:\New\notes, \\N"
