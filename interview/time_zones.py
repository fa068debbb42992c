"""Time zones by their IANA names, and local times in a zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from interview.validation import EntryError, refuse


def find_zone(name: str) -> ZoneInfo:
    """Return the zone of an IANA name such as "Europe/Vienna".

    Raises:
        EntryError: there is no such zone.
    """
    try:
        return ZoneInfo(name)
    except (LookupError, ValueError, OSError):  # OSError: a folder of zones, such as "Europe"
        refuse("The time zone", 'be a name such as "Europe/Vienna"', name)


@cache
def list_zone_names() -> tuple[str, ...]:
    """Return the zone names to choose from, sorted."""
    return tuple(sorted(name for name in available_timezones() if "/" in name or name == "UTC"))


def make_moment(day: date, clock: time, zone: str) -> datetime:
    """Return a local time in a zone; the earlier one where the clocks show it twice.

    Raises:
        EntryError: the clocks skip this time because they go forward.
    """
    local = datetime.combine(day, clock.replace(tzinfo=None, fold=0), find_zone(zone))
    if not _is_valid_local_time(local):
        raise EntryError(
            f"On {day.day} {day:%B %Y} the clocks in {zone} skip {clock:%H:%M}. Choose a time an hour later."
        )
    return local


def make_full_hour(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return a full hour in a zone, or the first time after it if the clocks skip it.

    Args:
        day: the local date.
        hour: 0 to 23.
        zone: the zone.
    """
    local = datetime.combine(day, time(hour), zone)
    return local if _is_valid_local_time(local) else local.astimezone(UTC).astimezone(zone)


def _is_valid_local_time(local: datetime) -> bool:
    return local.astimezone(UTC).astimezone(local.tzinfo).replace(tzinfo=None) == local.replace(tzinfo=None)
