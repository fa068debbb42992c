"""Describe interviews and people in words (pure functions and labels, no widgets)."""

from __future__ import annotations

from datetime import date

from content.taxonomy import load_taxonomy
from interview.interview import Interview, InterviewState
from interview.person import ContactMethod, PersonRole
from interview.working_days import format_day

STATES = {
    InterviewState.UPCOMING: "Upcoming",
    InterviewState.HELD: "Done – waiting to hear",
    InterviewState.INVITED_AGAIN: "Invited again",
    InterviewState.OFFERED: "Offered the job",
    InterviewState.TURNED_DOWN: "Turned down",
    InterviewState.WITHDRAWN: "Withdrawn by you",
}
PARTS = {
    PersonRole.INTERVIEWER: "Interviewer",
    PersonRole.SUPERVISOR: "Interviewer you would report to",
    PersonRole.COLLEAGUE: "Colleague in related work",
    PersonRole.STAFF: "Staff who helped",
    PersonRole.HUMAN_RESOURCES: "Human resources",
    PersonRole.REFERENCE: "Reference for you",
    PersonRole.NETWORK: "Knows someone there",
}
WAYS = {
    ContactMethod.NOT_SAID: "Not set",
    ContactMethod.EMAIL: "Email",
    ContactMethod.LETTER: "Letter",
    ContactMethod.BY_HAND: "Handwritten note",
    ContactMethod.PHONE: "Phone",
}
NO_DATE, DATE_PASSED = "No date yet", "Date has passed"


def format_title(interview: Interview) -> str:
    """Return the role and company, such as "Data Analyst at Harbour Analytics"."""
    return f"{interview.role} at {interview.company}" if interview.role else interview.company


def get_stage_label(key: str) -> str:
    """Return the label of a stage; its key if there is no such stage (any more)."""
    return load_taxonomy().stages.get(key, key)


def format_start(interview: Interview) -> str:
    """Return when an interview is: "Wednesday 11 March 2026, 10:00–11:00 (Europe/Vienna)"."""
    begins, ends = interview.begins, interview.ends
    if begins is None or ends is None:
        return f"{format_full_day(interview.day)}, time not set" if interview.day else NO_DATE
    until = f"–{ends:%H:%M}" if ends.date() == begins.date() else f" to {format_full_day(ends)}, {ends:%H:%M}"
    return f"{format_full_day(begins)}, {begins:%H:%M}{until} ({interview.zone})"


def format_full_day(at: date) -> str:
    """Return a date with its year, such as "Wednesday 11 March 2026"."""
    return f"{format_day(at)} {at.year}"


def describe_interview(interview: Interview, *, is_over: bool = False) -> str:
    """Return stage, date and state in one line.

    Args:
        interview: the interview.
        is_over: its time has passed; one that nobody said was held is not called upcoming then.
    """
    state = DATE_PASSED if is_over and interview.state is InterviewState.UPCOMING else STATES[interview.state]
    found = (interview.stage and get_stage_label(interview.stage), format_start(interview), state)
    return " · ".join(filter(None, found))
