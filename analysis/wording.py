"""Format values, counts and bands as text, the same way in findings, takeaways and the terminal."""

from __future__ import annotations

import math

from analysis.finding import Band
from analysis.measures.measure import Measure

_COUNTED = {  # by the unit of a measure: one of what it counts, and several
    "clusters": ("run", "runs"),
    "pauses": ("pause", "pauses"),
    "times": ("time", "times"),
}
MAX_HALVES = 10  # below, half a count is worth saying


def format_number(value: float, measure: Measure) -> str:
    """Format a value without its unit, with as many decimals as its measure has; shares in percent."""
    if measure.unit == "share":
        return f"{100 * value:.0f} %"
    return f"{value:.{measure.decimals}f}"


def format_amount(value: float, measure: Measure) -> str:
    """Format a value with its unit: "155 words/min"; of things that are counted "1 pause", "3 pauses", "none"."""
    number = format_number(value, measure)
    if measure.unit == "share":
        return number
    if measure.unit not in _COUNTED:
        return f"{number} {measure.unit}"
    one, several = _COUNTED[measure.unit]
    return "none" if number == "0" else f"{number} {one if number == '1' else several}"


def format_usual(value: float, measure: Measure) -> str:
    """Format a median, which may lie half-way between two counts: "none", "0 or 1 of 3", "about 155 words/min"."""
    is_half = measure.decimals == 0 and value % 1 == 0.5 and value < MAX_HALVES
    if is_half:
        return f"{math.floor(value)} or {format_amount(math.ceil(value), measure)}"
    amount = format_amount(value, measure)
    return amount if amount == "none" else f"about {amount}"


def format_band(band: Band, measure: Measure) -> str:
    """Format the fine range with its unit: "120 to 170 words/min", "up to 50 %"; or "any"."""
    words = format_bounds(band, measure)
    if band.fine == (None, 0) and measure.unit in _COUNTED:
        return f"no {_COUNTED[measure.unit][1]}"
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
    """Format a length of time as people say it: "8 seconds", "1 second", "2 min 5 s", "a moment"."""
    whole = round(seconds)
    if not whole and seconds > 0:
        return "a moment"
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
