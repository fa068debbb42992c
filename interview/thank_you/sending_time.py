"""When a thank-you note should go out: not at once, within a day, and in the morning rather than at night."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from content.follow_up_rules import rule
from interview.interview import Interview
from interview.time_zones import hour_of, zone_of


@dataclass(frozen=True)
class NoteWindow:
    """Moments on the clocks of the interview's zone."""

    opens: datetime  # some hours after the end
    best: datetime  # the same day after an early interview, the next morning after a late one
    closes: datetime  # a day after the end


def note_window(interview: Interview) -> NoteWindow | None:
    """The window for notes after an interview; None without a time. A weekend makes no difference to it."""
    ends = interview.ends
    if ends is None:
        return None
    hours, zone = rule("note_window"), zone_of(interview.zone)
    opens, closes = (_later(ends, hour) for hour in (hours.hours_from or 0, hours.hours_to or 24))
    early, first_thing = (rule("note_early_or_late").early_until_hour or 0, morning_hour())
    is_early = ends.time() <= time(early)
    day = opens.date() if is_early else ends.date() + timedelta(days=1)
    in_the_morning = hour_of(day, first_thing, zone)
    return NoteWindow(opens, max(opens, in_the_morning) if is_early else in_the_morning, closes)


def morning_hour() -> int:
    """The hour that is first thing in the morning, for notes and for every step that has only a day."""
    return rule("note_early_or_late").morning_hour or 0


def _later(moment: datetime, hours: int) -> datetime:
    """So many real hours later, on the same clocks."""
    return (moment.astimezone(UTC) + timedelta(hours=hours)).astimezone(moment.tzinfo)
