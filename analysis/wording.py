"""Numbers, counts and bands in words, the same in findings, takeaways and the terminal."""

from __future__ import annotations

import math

from analysis.finding import Band, Measure


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


def band_range(band: Band) -> str:
    """The fine range in words: "120 to 170", "up to 5", "below 4", "at least 1"; "any" when it is open."""
    low, high = band.fine
    if low is not None and high is not None:
        return f"{_bound(low)} to {_bound(high)}"
    if high is not None:
        return f"below {_bound(high)}" if _is_just_below(high) else f"up to {_bound(high)}"
    return "any" if low is None else f"at least {_bound(low)}"


def count(many: int, one: str, several: str | None = None) -> str:
    """A number of things: "no pauses", "1 pause", "3 pauses"."""
    return f"{many or 'no'} {one if many == 1 else several or one + 's'}"


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    return text[0].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _is_just_below(bound: float) -> bool:
    return bound != round(bound, 9) and math.isclose(bound, round(bound, 9), rel_tol=1e-12)


def _bound(value: float) -> str:
    return f"{round(value, 9):g}"
