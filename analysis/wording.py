"""Format values, counts and bands as text, the same way in findings, takeaways and the terminal."""

from __future__ import annotations

import math

from analysis.finding import Band
from analysis.measures.measure import Measure


def format_number(value: float, measure: Measure) -> str:
    """Format a value without its unit, with as many decimals as its measure has; shares in percent."""
    if measure.unit == "share":
        return f"{100 * value:.0f} %"
    return f"{value:.{measure.decimals}f}"


def format_amount(value: float, measure: Measure) -> str:
    """Format a value with its unit."""
    if measure.unit == "share":
        return format_number(value, measure)
    return f"{format_number(value, measure)} {measure.unit}"


def format_band(band: Band, measure: Measure) -> str:
    """Format the fine range with its unit: "120 to 170 words/min", "up to 50 %"; or "any"."""
    words = format_bounds(band, measure)
    return words if measure.unit == "share" or words == "any" else f"{words} {measure.unit}"


def format_bounds(band: Band, measure: Measure) -> str:
    """Format the fine range without its unit: "120 to 170", "below 4"; "any" if both ends are open."""
    low, high = band.fine
    if low is not None and high is not None:
        return f"{_format_bound(low, measure)} to {_format_bound(high, measure)}"
    if high is not None:
        return f"{'below' if _is_just_below(high) else 'up to'} {_format_bound(high, measure)}"
    return "any" if low is None else f"at least {_format_bound(low, measure)}"


def format_count(many: int, one: str, several: str | None = None) -> str:
    """Format a count with its noun: "no pauses", "1 pause", "3 pauses".

    Args:
        many: The count.
        one: The noun in the singular.
        several: The noun in the plural; None: the singular with an s.
    """
    return f"{many or 'no'} {one if many == 1 else several or one + 's'}"


def format_seconds(seconds: float) -> str:
    """Format a length of time as people say it: "8 seconds", "1 second", "2 min 5 s"."""
    whole = round(seconds)
    if whole < 120:
        return format_count(whole, "second")
    minutes = whole // 60
    return f"{minutes} min {whole % 60} s" if whole % 60 else format_count(minutes, "minute")


def format_times(many: int) -> str:
    """Format how often: "never", "once", "twice", "3 times"."""
    return ("never", "once", "twice")[many] if many < 3 else format_count(many, "time")


def format_sentence(text: str) -> str:
    """Return the text with a capital letter at its start and a full stop at its end."""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _is_just_below(bound: float) -> bool:
    return bound != round(bound, 9) and math.isclose(bound, round(bound, 9), rel_tol=1e-12)


def _format_bound(value: float, measure: Measure) -> str:
    return format_number(value, measure) if measure.unit == "share" else f"{round(value, 9):g}"
