"""Interviews and people in words: pure functions and labels, no widget."""

from __future__ import annotations

from datetime import date

from content.taxonomy import sorting
from interview.interview import Interview, InterviewState
from interview.person import Part, Way
from interview.working_days import day_told

STATES = {
    InterviewState.UPCOMING: "To come",
    InterviewState.HELD: "Held, waiting to hear",
    InterviewState.INVITED_AGAIN: "Invited again",
    InterviewState.OFFERED: "Offered the job",
    InterviewState.TURNED_DOWN: "Turned down",
    InterviewState.WITHDRAWN: "Withdrawn by you",
}
PARTS = {
    Part.INTERVIEWER: "Interviewer",
    Part.SUPERVISOR: "Interviewer you would report to",
    Part.COLLEAGUE: "Colleague met in related work",
    Part.STAFF: "Staff who helped",
    Part.HUMAN_RESOURCES: "Human resources",
    Part.REFERENCE: "Reference for you",
    Part.NETWORK: "Knows somebody there",
}
WAYS = {
    Way.NOT_SAID: "Not said",
    Way.EMAIL: "Email",
    Way.LETTER: "Letter",
    Way.BY_HAND: "Note by hand",
    Way.PHONE: "Telephone",
}
NO_DATE = "No date yet"


def title(interview: Interview) -> str:
    """What it is for: "Data Analyst at Harbour Analytics"."""
    return f"{interview.role} at {interview.company}" if interview.role else interview.company


def stage(key: str) -> str:
    """The label of a stage; a key of an earlier version as it is."""
    return sorting().stages.get(key, key)


def when(interview: Interview) -> str:
    """Day, clock and zone: "Wednesday 11 March 2026, 10:00 (Europe/Vienna)"."""
    begins = interview.begins
    return NO_DATE if begins is None else f"{day(begins)}, {begins:%H:%M} ({interview.zone})"


def day(at: date) -> str:
    """A day with its year: "Wednesday 11 March 2026"."""
    return f"{day_told(at)} {at.year}"


def facts(interview: Interview) -> str:
    """Stage, date and state in one line."""
    found = (interview.stage and stage(interview.stage), when(interview), STATES[interview.state])
    return " · ".join(filter(None, found))
