"""Interviews and the steps after them as one calendar file (.ics, RFC 5545) for any calendar program.

Steps are short events that leave the time free, for many calendars show no tasks. Done and undated ones are left out.
The same thing has the same UID in every file, so that reading a newer file changes an entry instead of doubling it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vText

from interview.follow_up.follow_up import FollowUp
from interview.follow_up.situation import named
from interview.interview import Interview, InterviewState
from interview.person import INTERVIEWED, Person
from interview.time_zones import zone_of
from interview.working_days import day_told

MADE_BY = "-//Answer Aloud//EN"
STEP = timedelta(minutes=15)  # long enough to be seen in a calendar
BEFORE_INTERVIEW = (timedelta(days=-1), timedelta(hours=-1))
WHEN_DUE = (timedelta(0),)


@dataclass(frozen=True)
class Agenda:
    """One interview with its people and its steps."""

    interview: Interview
    people: tuple[Person, ...] = ()
    steps: tuple[FollowUp, ...] = ()


def calendar_file(agendas: Iterable[Agenda], now: datetime) -> bytes:
    """The calendar of one or several interviews, written at `now`."""
    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    events = [event for agenda in agendas for event in _events(agenda, now)]
    for event in events:
        calendar.add_component(event)
    if events:
        begins = [event.start.date() for event in events if isinstance(event.start, datetime)]
        year = timedelta(days=366)
        calendar.add_missing_timezones(min(begins) - year, max(begins) + year)
    written: bytes = calendar.to_ical()
    return written


def _events(agenda: Agenda, now: datetime) -> Iterator[Event]:
    interview = agenda.interview
    if interview.begins is not None and interview.ends is not None and interview.state is not InterviewState.WITHDRAWN:
        yield _interview(agenda, interview.begins, interview.ends, now)
    for step in agenda.steps:
        if step.due is not None and step.done_at is None:
            yield _step(step, step.due.astimezone(zone_of(step.zone)), interview, now)


def _interview(agenda: Agenda, begins: datetime, ends: datetime, now: datetime) -> Event:
    interview = agenda.interview
    title = f"Interview: {_what_for(interview)}"
    people = "\n".join(f"With {named(each)}." for each in agenda.people if each.part in INTERVIEWED)
    event = _event(interview.id, title, "\n".join(filter(None, (people, interview.notes))), begins, ends, now)
    if interview.place:
        event.add("location", _Text(interview.place))
    _remind(event, title, BEFORE_INTERVIEW)
    return event


def _step(step: FollowUp, begins: datetime, interview: Interview, now: datetime) -> Event:
    title = f"{step.title} ({interview.company})"
    ends = (begins.astimezone(UTC) + STEP).astimezone(begins.tzinfo)
    latest = step.latest.astimezone(begins.tzinfo) if step.latest else None
    until = f"Not later than {day_told(latest.date())}, {latest:%H:%M}." if latest else ""
    event = _event(step.id, title, "\n".join(filter(None, (step.text, until))), begins, ends, now)
    event.add("transp", "TRANSPARENT")
    _remind(event, title, WHEN_DUE)
    return event


def _event(thing_id: str, title: str, text: str, begins: datetime, ends: datetime, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(UUID(thing_id)))
    event.add("dtstamp", now.astimezone(UTC))
    # A local time means the first of two in the hour that clocks show twice, so the second one is told in UTC.
    zone = UTC if begins.fold or ends.fold else begins.tzinfo
    event.add("dtstart", begins.astimezone(zone))
    event.add("dtend", ends.astimezone(zone))
    event.add("summary", _Text(title))
    if text:
        event.add("description", _Text(text))
    return event


def _remind(event: Event, title: str, times: Iterable[timedelta]) -> None:
    for before in times:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _Text(title))
        alarm.add("trigger", before)
        event.add_component(alarm)


def _what_for(interview: Interview) -> str:
    return f"{interview.role} at {interview.company}" if interview.role else interview.company


class _Text(vText):
    r"""A text with a backslash before a capital N, which the library would write as a line break: "C:\New"."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return text.encode()
