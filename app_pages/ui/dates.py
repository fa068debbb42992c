"""Days in words: pure functions, no widget."""

from __future__ import annotations

from datetime import date


def day(at: date) -> str:
    """A day: "3 March 2025"."""
    return f"{at.day} {at:%B %Y}"


def short_day(at: date) -> str:
    """A day where the year goes without saying: "3 Mar"."""
    return f"{at.day} {at:%b}"
