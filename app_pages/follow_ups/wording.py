"""Steps in words: pure functions and labels, no widget."""

from __future__ import annotations

from datetime import datetime

from app_pages.interviews.wording import day
from content.follow_up_rules import Rule, followups
from interview.follow_up.due import Standing
from interview.follow_up.follow_up import FollowUp
from interview.time_zones import zone_of

NONE_OF_THIS = "Nothing is due after this interview yet: it was not held, as far as is entered here."
NONE = (
    "Nothing is due. Once an interview was held, what to do after it stands here with its day: the thank-you notes, "
    "something of use, when to call and when to wait. Add an interview first, or say that one was held."
)
NOTHING_NOW = "Nothing is overdue, and nothing is for today."
GROUPS = {
    Standing.OVERDUE: "Overdue",
    Standing.TODAY: "Today",
    Standing.COMING: "Coming",
    Standing.WAITING: "Without a day: what to wait for, and what to leave",
    Standing.DONE: "Done",
}
OWN = "own"  # the rule of a step that the user wrote
DEBRIEF = "write_it_down"  # the rule whose step is done on the page of debriefs
NOTES = frozenset({"note_to_everyone", "staff_who_helped", "colleagues_met", "note_asks_when"})


def rule_of(step: FollowUp) -> Rule | None:
    """The rule that a step is from; None for the user's own, and for one that an earlier version had."""
    return followups().rules.get(step.rule)


def when(step: FollowUp) -> str:
    """Day, clock and zone, and until when: "Wednesday 11 March 2026, 14:00 (Europe/Vienna)"; empty without a day."""
    if step.due is None:
        return ""
    until = "" if step.latest is None else f", not later than {_told(step.latest, step.zone)}"
    return f"{_told(step.due, step.zone)}{until} ({step.zone})"


def done(step: FollowUp) -> str:
    """When it was done, on the clocks of its zone; empty while it is not."""
    return "" if step.done_at is None else f"✓ Done on {_told(step.done_at, step.zone)} ({step.zone})"


def _told(at: datetime, zone: str) -> str:
    local = at.astimezone(zone_of(zone))
    return f"{day(local)}, {local:%H:%M}"
