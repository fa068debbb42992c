"""An interview with its people, for the tests of the room around the answers; all names are made up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from interview.debrief import Debrief, Said, WishedAnswer
from interview.interview import Interview, InterviewState
from interview.person import Part, Person, Way
from interview.thank_you.note import ThankYou, thank_you_id

VIENNA = ZoneInfo("Europe/Vienna")
ONE, TWO, THREE, FOUR = ("1" * 32, "2" * 32, "3" * 32, "4" * 32)


def at(text: str, zone: str = "Europe/Vienna") -> datetime:
    """A moment on the clocks of a zone: "2026-03-11 10:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


# A Wednesday morning; the hour ends at 11:00.
HELD = Interview(
    ONE,
    "Harbour Analytics",
    "Data Analyst",
    stage="first",
    at=at("2026-03-11 10:00"),
    zone="Europe/Vienna",
    decision_by=date(2026, 3, 20),
    state=InterviewState.HELD,
)
MARIA = Person(TWO, "Maria Okafor", ONE, Part.SUPERVISOR, "Head of Data", "maria@harbour.example", prefers=Way.EMAIL)
TOM = Person(THREE, "Tom Brandl", ONE, Part.INTERVIEWER, email="tom@harbour.example")
RECEPTION = Person(FOUR, "Ines Roth", ONE, Part.STAFF, email="front@harbour.example")
NOTE = ThankYou(
    thank_you_id(ONE, TWO),
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
    at("2026-03-11 12:30"),
    keep=Said("The answer about the ferry line."),
    remember=Said("They move from nightly tables to a stream in May."),
    too_fast=True,
    wished=(WishedAnswer("How would you test a model nobody can explain?", Said("With known cases.")),),
)


def interview(**changes: object) -> Interview:
    """The interview with other values."""
    return replace(HELD, **changes)
