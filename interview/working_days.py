"""Mornings of working days: what falls on a weekend or a holiday is moved to the next one, and says so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interview.time_zones import hour_of, zone_of
from interview.validation import refuse

SATURDAY, SUNDAY = 5, 6  # as date.weekday() counts
_DAY = timedelta(days=1)
_LONGEST_BREAK = 60  # days; a longer row of holidays is a mistake in the list
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class WorkingDays:
    """Which days are worked on."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        if not self.weekend < set(range(7)):
            refuse("The weekend", "be some of the days 0 to 6 and not all of them", sorted(self.weekend))

    def has(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def on_or_after(self, day: date) -> date:
        """The day itself, or the next working day; raises EntryError when there is none for two months."""
        found = day
        while not self.has(found):
            found += _DAY
            if (found - day).days > _LONGEST_BREAK:
                refuse("The holidays", f"leave a working day within {_LONGEST_BREAK} days", day.isoformat())
        return found


@dataclass(frozen=True)
class Morning:
    """A morning to do something on; `moved` says in a sentence why it is not the day that was counted."""

    at: datetime
    moved: str  # empty: it was not moved


def morning(day: date, hour: int, zone: str, working: WorkingDays) -> Morning:
    """That hour on the day, or on the next working day after it."""
    found = working.on_or_after(day)
    moment = hour_of(found, hour, zone_of(zone))
    if found == day:
        return Morning(moment, "")
    passed = [day + n * _DAY for n in range((found - day).days)]
    reasons = {"a holiday" if each in working.holidays else "the weekend": None for each in passed}
    reason = " and ".join(reasons)
    return Morning(moment, f"Moved from {day_told(day)} to {day_told(found)}, because of {reason}.")


def day_told(day: date) -> str:
    """A day in words: "Saturday 14 March"."""
    return f"{weekday_of(day)} {day.day} {_MONTHS[day.month - 1]}"


def weekday_of(day: date) -> str:
    """The name of a day: "Saturday"; strftime would ask the machine's language."""
    return _WEEKDAYS[day.weekday()]
