"""Working days: move what falls on a weekend or a holiday to the next one, and say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from interview.time_zones import find_zone, make_full_hour
from interview.validation import refuse

SATURDAY, SUNDAY = 5, 6  # as date.weekday() counts
_DAY = timedelta(days=1)
_MAX_BREAK_DAYS = 60  # days; a longer row of holidays is a mistake in the list
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class WorkingDays:
    """Which days are working days."""

    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({SATURDAY, SUNDAY})

    def __post_init__(self) -> None:
        if not self.weekend < set(range(7)):
            refuse("The weekend", "be some of the days 0 to 6 and not all of them", sorted(self.weekend))

    def is_working_day(self, day: date) -> bool:
        """Whether a day is a working day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def find_working_day(self, day: date) -> date:
        """Return the day itself, or the next working day.

        Raises:
            EntryError: there is none within two months.
        """
        found = day
        while not self.is_working_day(found):
            found += _DAY
            if (found - day).days > _MAX_BREAK_DAYS:
                refuse("The holidays", f"leave a working day within {_MAX_BREAK_DAYS} days", day.isoformat())
        return found


@dataclass(frozen=True)
class Morning:
    """A morning to do something; `moved` is a sentence on why it is later than planned."""

    at: datetime
    moved: str  # empty: it was not moved


def find_morning(day: date, hour: int, zone: str, working: WorkingDays) -> Morning:
    """Return the given hour on the day, or on the next working day.

    Args:
        day: the earliest day.
        hour: 0 to 23.
        zone: IANA name.
        working: which days are working days.
    """
    found = working.find_working_day(day)
    moment = make_full_hour(found, hour, find_zone(zone))
    if found == day:
        return Morning(moment, "")
    passed = [day + n * _DAY for n in range((found - day).days)]
    reasons = {"a holiday" if each in working.holidays else "the weekend": None for each in passed}
    reason = " and ".join(reasons)
    return Morning(moment, f"Moved from {format_day(day)} to {format_day(found)}, because of {reason}.")


def format_day(day: date) -> str:
    """Return a date in words: "Saturday 14 March"."""
    return f"{format_weekday(day)} {day.day} {_MONTHS[day.month - 1]}"


def format_weekday(day: date) -> str:
    """Return the English weekday: "Saturday"; strftime would use the machine's language."""
    return _WEEKDAYS[day.weekday()]
