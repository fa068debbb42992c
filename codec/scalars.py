"""Days and moments as they are written: ISO 8601, a moment with its zone."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from codec.refusals import Complaint, shown

Day = TypeVar("Day", bound=date)


def moment(text: object) -> datetime:
    """Return the moment of a text; raises Complaint for any other value and without a zone."""
    found = _parsed(datetime, text)
    if found is None or found.utcoffset() is None:
        raise Complaint(f"should be a moment with its zone, not {shown(text)}")
    return found


def day(text: object) -> date:
    """Return the day of a text, or as TOML has days; raises Complaint for any other value."""
    found = text if type(text) is date else _parsed(date, text)
    if found is None or text not in (found, found.isoformat()):  # Python reads "20261225" as well
        raise Complaint(f"should be a day, not {shown(text)}")
    return found


def _parsed(kind: type[Day], text: object) -> Day | None:
    try:
        return kind.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
