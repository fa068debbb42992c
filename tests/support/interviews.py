"""An interview with its people, for the tests of the room around the answers; all names are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from interview.debrief import Debrief, DebriefNote, WishedAnswer
from interview.interview import Interview, InterviewState
from interview.person import ContactMethod, Person, PersonRole
from interview.thank_you.note import ThankYou, make_thank_you_id

VIENNA = ZoneInfo("Europe/Vienna")
ONE, TWO, THREE, FOUR = ("1" * 32, "2" * 32, "3" * 32, "4" * 32)


def make_local_time(text: str, zone: str = "Europe/Vienna") -> datetime:
    """Return a moment in a time zone: "2026-03-11 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# A Wednesday morning; the hour ends at 11:00.
HELD = Interview(
    ONE,
    "Harbour Analytics",
    "Data Analyst",
    stage="first",
    at=make_local_time("2026-03-11 10:00"),
    zone="Europe/Vienna",
    decision_by=date(2026, 3, 20),
    state=InterviewState.HELD,
)
MARIA = Person(
    TWO,
    "Maria Okafor",
    ONE,
    PersonRole.SUPERVISOR,
    "Head of Data",
    "maria@harbour.example",
    prefers=ContactMethod.EMAIL,
)
TOM = Person(THREE, "Tom Brandl", ONE, PersonRole.INTERVIEWER, email="tom@harbour.example")
RECEPTION = Person(FOUR, "Ines Roth", ONE, PersonRole.STAFF, email="front@harbour.example")
NOTE = ThankYou(
    make_thank_you_id(ONE, TWO),
    ONE,
    TWO,
    moment="the move from nightly tables to a stream",
    added_point="the dashboard I built for a ferry line",
    question="How would you test a model nobody can explain?",
    answer="I would begin with cases whose result is known, and look at what moves it away from them.",
)
DEBRIEF = Debrief(
    "d" * 32,
    ONE,
    make_local_time("2026-03-11 12:30"),
    keep=DebriefNote("The answer about the ferry line."),
    remember=DebriefNote("They move from nightly tables to a stream in May."),
    too_fast=True,
    wished=(WishedAnswer("How would you test a model nobody can explain?", DebriefNote("With known cases.")),),
)


def make_interview(**changes: object) -> Interview:
    """Return the interview with some values changed."""
    return replace(HELD, **changes)
