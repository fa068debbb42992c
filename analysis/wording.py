"""Numbers, counts and bands in words, the same in findings, takeaways and the terminal."""

from __future__ import annotations

import math

from analysis.finding import Band
from analysis.measures.measure import Measure


def number(value: float, measure: Measure) -> str:
    """A value with as many decimals as are honest; shares in percent."""
    if measure.unit == "share":
        return f"{100 * value:.0f} %"
    return f"{value:.{measure.decimals}f}"


def amount(value: float, measure: Measure) -> str:
    """A value with its unit."""
    if measure.unit == "share":
        return number(value, measure)
    return f"{number(value, measure)} {measure.unit}"


def band_range(band: Band, measure: Measure) -> str:
    """The fine range with its unit: "120 to 170 words/min", "below 4 per 100 words", "up to 50 %"; or "any"."""
    words = range_words(band, measure)
    return words if measure.unit == "share" or words == "any" else f"{words} {measure.unit}"


def range_words(band: Band, measure: Measure) -> str:
    """The fine range alone: "120 to 170", "below 4"; "any" when it is open at both ends."""
    low, high = band.fine
    if low is not None and high is not None:
        return f"{_bound(low, measure)} to {_bound(high, measure)}"
    if high is not None:
        return f"{'below' if _is_just_below(high) else 'up to'} {_bound(high, measure)}"
    return "any" if low is None else f"at least {_bound(low, measure)}"


def count(many: int, one: str, several: str | None = None) -> str:
    """A number of things: "no pauses", "1 pause", "3 pauses"."""
    return f"{many or 'no'} {one if many == 1 else several or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _is_just_below(bound: float) -> bool:
    return bound != round(bound, 9) and math.isclose(bound, round(bound, 9), rel_tol=1e-12)


def _bound(value: float, measure: Measure) -> str:
    return number(value, measure) if measure.unit == "share" else f"{round(value, 9):g}"
