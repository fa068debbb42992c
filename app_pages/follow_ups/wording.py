"""Describe follow-up steps in words (pure functions and labels, no widgets)."""

from __future__ import annotations

from datetime import datetime

from app_pages.interviews.wording import format_full_day
from content.follow_up_rules import FollowUpRule, load_follow_up_rules
from interview.follow_up.due import DueStatus
from interview.follow_up.follow_up import FollowUp
from interview.interview import InterviewState
from interview.time_zones import find_zone

NOTHING_DUE_FOR_INTERVIEW = "After this interview, your to-dos appear here with dates."
NOTHING_DUE = "After an interview, your to-dos appear here with dates."
NOTHING_DUE_TODAY = "Nothing to do today."
GROUPS = {
    DueStatus.OVERDUE: "Overdue",
    DueStatus.TODAY: "Today",
    DueStatus.COMING: "Coming up",
    DueStatus.WAITING: "No date: what to wait for and what to avoid",
    DueStatus.DONE: "Done",
}
# What goes on meanwhile, without a day and without an end, by how the interviews stand.
MEANWHILE = {
    InterviewState.HELD: ("not_over_yet", "keep_applying", "stay_known_to_references", "people_who_matter"),
    InterviewState.INVITED_AGAIN: ("keep_applying",),
    InterviewState.TURNED_DOWN: ("keep_applying", "stay_known_to_references"),
}
A_NO_IS_NORMAL = "expect_some_noes"
OWN_RULE = "own"  # the rule of a step that the user wrote
DEBRIEF_RULE = "write_it_down"  # the rule whose step is done on the page of debriefs
NOTE_RULES = frozenset({"note_to_everyone", "staff_who_helped", "colleagues_met", "note_asks_when"})


def find_rule(step: FollowUp) -> FollowUpRule | None:
    """Return the rule a step comes from; None for a step of the user's own or for a rule that is gone."""
    return load_follow_up_rules().rules.get(step.rule)


def describe_due_time(step: FollowUp) -> str:
    """Return the due time of a step with its time zone; empty if it has none.

    For example "Wednesday 11 March 2026, 14:00 (Europe/Vienna)"; if there is a latest time, that stands
    before the zone.
    """
    if step.due is None:
        return ""
    until = "" if step.latest is None else f", by {_format_moment(step.latest, step.zone)} at the latest"
    return f"{_format_moment(step.due, step.zone)}{until} ({step.zone})"


def describe_done(step: FollowUp) -> str:
    """Return when a step was done, in its time zone; empty if it is not done."""
    return "" if step.done_at is None else f"✓ Done on {_format_moment(step.done_at, step.zone)} ({step.zone})"


def _format_moment(at: datetime, zone: str) -> str:
    local = at.astimezone(find_zone(zone))
    return f"{format_full_day(local)}, {local:%H:%M}"
