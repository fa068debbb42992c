"""When to send a thank-you note: not at once, within a day, and in the morning rather than at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from content.follow_up_rules import get_rule
from interview.interview import Interview
from interview.time_zones import find_zone, make_full_hour


@dataclass(frozen=True)
class NoteWindow:
    """When to send a note, in the interview's time zone."""

    opens: datetime  # some hours after the end
    best: datetime  # the same day after an early interview, the next morning after a late one
    closes: datetime  # a day after the end


def find_note_window(interview: Interview) -> NoteWindow | None:
    """Return when to send notes after an interview; None if it has no date. Weekends make no difference."""
    ends = interview.over_at
    if ends is None:
        return None
    hours, zone = get_rule("note_window"), find_zone(interview.zone)
    opens, closes = (_add_real_hours(ends, hour) for hour in (hours.hours_from or 0, hours.hours_to or 24))
    early, first_thing = (get_rule("note_early_or_late").early_until_hour or 0, get_morning_hour())
    is_early = ends.time() <= time(early)
    day = opens.date() if is_early else ends.date() + timedelta(days=1)
    in_the_morning = make_full_hour(day, first_thing, zone)
    return NoteWindow(opens, max(opens, in_the_morning) if is_early else in_the_morning, closes)


def get_morning_hour() -> int:
    """Return the hour of the morning (0..23) for notes, and for steps that have only a date."""
    return get_rule("note_early_or_late").morning_hour or 0


def _add_real_hours(moment: datetime, hours: int) -> datetime:
    """Add elapsed hours to a time, keeping its zone."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)
