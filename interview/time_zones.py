"""Times where they count: zones by their IANA names, and days and hours on the clocks of a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from interview.validation import EntryError, refuse


def zone_of(name: str) -> ZoneInfo:
    """The zone of an IANA name such as "Europe/Vienna"; raises EntryError for a name nobody knows."""
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # OSError: a folder of zones, such as "Europe"
        refuse("The time zone", 'be a name such as "Europe/Vienna"', name)


@cache
def zone_names() -> tuple[str, ...]:
    """All names to choose from, in order."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def moment(day: date, clock: time, zone: str) -> datetime:
    """When the clocks of a zone show this; the first time where they show it twice.

    Raises EntryError for the hour that is left out when the clocks go forward.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=0), zone_of(zone))
    if not _exists(local):
        raise EntryError(f"On {day:%Y-%m-%d} the clocks in {zone} skip {clock:%H:%M}. Choose a time an hour later.")
    return local


def hour_of(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """A full hour on the clocks of a zone, or the first moment after it where they skip it."""
    local = datetime.combine(day, time(hour), zone)
    return local if _exists(local) else local.astimezone(UTC).astimezone(zone)


def _exists(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None)
