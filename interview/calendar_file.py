"""Write interviews and follow-up steps to one calendar file (.ics, RFC 5545).

Steps are short events that leave the time free, because many calendars do not show tasks. Finished
steps and steps without a date are left out. Days of practice, and an interview whose time is not known yet, are
events of a whole day. An entry has the same UID in every file, so importing a
newer file updates it instead of duplicating it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from icalendar import Alarm, Calendar, Event
from icalendar.prop import vText

from interview.follow_up.follow_up import FollowUp
from interview.follow_up.situation import format_person
from interview.interview import Interview, InterviewState
from interview.person import INTERVIEWER_ROLES, Person
from interview.time_zones import find_zone
from interview.working_days import format_day

PRODUCT_ID = "-//Answer Aloud//EN"
STEP_DURATION = timedelta(minutes=15)  # long enough to be seen in a calendar
INTERVIEW_REMINDERS = (timedelta(days=-1), timedelta(hours=-1))
STEP_REMINDERS = (timedelta(0),)
DAY_REMINDERS = (timedelta(hours=9),)  # of events of a whole day, counted from midnight


@dataclass(frozen=True)
class DayEntry:
    """Something to do on a day, whatever the hour."""

    id: str
    day: date
    title: str
    text: str


@dataclass(frozen=True)
class Agenda:
    """One interview with its people, its follow-up steps and the practice for it."""

    interview: Interview
    people: tuple[Person, ...] = ()
    steps: tuple[FollowUp, ...] = ()
    practice: tuple[DayEntry, ...] = ()


def make_calendar_file(agendas: Iterable[Agenda], now: datetime) -> bytes:
    """Return a calendar of one or more interviews.

    Args:
        agendas: the interviews with their people and steps.
        now: the time of writing, with its zone.

    Returns:
        The bytes of an .ics file.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT_ID)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    events = [event for agenda in agendas for event in _make_events(agenda, now)]
    for event in events:
        calendar.add_component(event)
    begins = [event.start.date() for event in events if isinstance(event.start, datetime)]
    if begins:
        year = timedelta(days=366)
        calendar.add_missing_timezones(min(begins) - year, max(begins) + year)
    written: bytes = calendar.to_ical()
    return written


def _make_events(agenda: Agenda, now: datetime) -> Iterator[Event]:
    interview = agenda.interview
    if interview.begins is not None and interview.ends is not None and interview.state is not InterviewState.WITHDRAWN:
        yield _make_interview_event(agenda, interview.begins, interview.ends, now)
    elif interview.day is not None and interview.state is not InterviewState.WITHDRAWN:
        yield _make_interview_event(agenda, interview.day, interview.day + timedelta(days=1), now)
    for entry in agenda.practice:
        yield _make_day_event(entry, now)
    for step in agenda.steps:
        if step.due is not None and step.done_at is None:
            yield _make_step_event(step, step.due.astimezone(find_zone(step.zone)), interview, now)


def _make_day_event(entry: DayEntry, now: datetime) -> Event:
    event = _make_event(entry.id, entry.title, entry.text, entry.day, entry.day + timedelta(days=1), now)
    event.add("transp", "TRANSPARENT")
    _add_reminders(event, entry.title, DAY_REMINDERS)
    return event


def _make_interview_event(agenda: Agenda, begins: date, ends: date, now: datetime) -> Event:
    """Make the event of an interview; dates without a time make it last the whole day."""
    interview = agenda.interview
    title = f"Interview: {_describe_interview(interview)}"
    people = "\n".join(f"With {format_person(each)}." for each in agenda.people if each.part in INTERVIEWER_ROLES)
    event = _make_event(interview.id, title, "\n".join(filter(None, (people, interview.notes))), begins, ends, now)
    if interview.place:
        event.add("location", _Text(interview.place))
    _add_reminders(event, title, INTERVIEW_REMINDERS)
    return event


def _make_step_event(step: FollowUp, begins: datetime, interview: Interview, now: datetime) -> Event:
    title = f"{step.title} ({interview.company})"
    ends = (begins.astimezone(UTC) + STEP_DURATION).astimezone(begins.tzinfo)
    latest = step.latest.astimezone(begins.tzinfo) if step.latest else None
    until = f"Not later than {format_day(latest.date())}, {latest:%H:%M}." if latest else ""
    event = _make_event(step.id, title, "\n".join(filter(None, (step.text, until))), begins, ends, now)
    event.add("transp", "TRANSPARENT")
    _add_reminders(event, title, STEP_REMINDERS)
    return event


def _make_event(thing_id: str, title: str, text: str, begins: date, ends: date, now: datetime) -> Event:
    event = Event()
    event.add("uid", str(UUID(thing_id)))
    event.add("dtstamp", now.astimezone(UTC))
    if isinstance(begins, datetime) and isinstance(ends, datetime):
        # A local time means the first of two in the hour that clocks show twice, so the second one is told in UTC.
        zone = UTC if begins.fold or ends.fold else begins.tzinfo
        begins, ends = begins.astimezone(zone), ends.astimezone(zone)
    event.add("dtstart", begins)
    event.add("dtend", ends)
    event.add("summary", _Text(title))
    if text:
        event.add("description", _Text(text))
    return event


def _add_reminders(event: Event, title: str, times: Iterable[timedelta]) -> None:
    for before in times:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _Text(title))
        alarm.add("trigger", before)
        event.add_component(alarm)


def _describe_interview(interview: Interview) -> str:
    return f"{interview.role} at {interview.company}" if interview.role else interview.company


class _Text(vText):
    """Text whose backslash before a capital N is escaped; the library would write a line break."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return text.encode()
