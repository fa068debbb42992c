"""Parse dates and datetimes in ISO 8601; a datetime must state its time zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from codec.refusals import Complaint, shorten_repr

Day = TypeVar("Day", bound=date)


def parse_datetime(text: object) -> datetime:
    """Parse a datetime with its time zone.

    Raises:
        Complaint: It is not a string in ISO 8601, or has no time zone.
    """
    found = _parse_iso(datetime, text)
    if found is None or found.utcoffset() is None:
        raise Complaint(f"should be a moment with its zone, not {shorten_repr(text)}")
    return found


def parse_date(text: object) -> date:
    """Parse a date, from a string in ISO 8601 or a date as TOML reads it.

    Raises:
        Complaint: It is anything else.
    """
    found = text if type(text) is date else _parse_iso(date, text)
    if found is None or text not in (found, found.isoformat()):  # Python reads "20261225" as well
        raise Complaint(f"should be a day, not {shorten_repr(text)}")
    return found


def _parse_iso(kind: type[Day], text: object) -> Day | None:
    try:
        return kind.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
