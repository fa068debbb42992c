"""How a measure went: over many answers (Trend), and from one take to another (Difference)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.finding import Band

Interval = tuple[float, float | None]  # 95 %; None: no upper end


class Change(StrEnum):
    """What became of a measure."""

    BETTER = "better"  # nearer to its range
    WORSE = "worse"  # farther from its range
    CHANGED = "changed"  # inside its range all the time, or a measure without one
    NO_CLEAR_CHANGE = "no_clear_change"
    TOO_FEW = "too_few"  # answers to tell from chance
    NOT_COMPARABLE = "not_comparable"  # measured by another model, other settings or other formulas


@dataclass(frozen=True)
class Trend:
    """The last answers against the first. `before` and `now` are medians of each; None without enough answers."""

    measure: str
    change: Change
    before: float | None
    now: float | None
    at_each_end: int  # answers; 0 with too few
    eligible: int  # answers that are long enough and have a value
    missing: int  # eligible answers until a comparison is possible
    interval: Interval | None
    is_ratio: bool  # the interval is of now / before, as for rates; otherwise of now - before


@dataclass(frozen=True)
class Difference:
    """One take against an earlier one of the same question; a value is None where it was not measured."""

    measure: str
    change: Change
    before: float | None
    now: float | None
    interval: Interval | None  # of now / before, for rates; None for what one take each cannot tell from chance


def judged_change(before: float, now: float, band: Band | None) -> Change:
    """What a change that is more than chance means: better when it ends nearer to the band, worse when farther."""
    if band is None:
        return Change.CHANGED
    earlier, later = _distance(before, band), _distance(now, band)
    if earlier == later:
        return Change.CHANGED
    return Change.BETTER if later < earlier else Change.WORSE


def moved(interval: Interval, *, is_ratio: bool) -> int:
    """1 or -1 when the interval speaks for more or less, 0 when it holds "no change"."""
    none, (low, high) = (1 if is_ratio else 0), interval
    if low > none:
        return 1
    return -1 if high is not None and high < none else 0


def _distance(value: float, band: Band) -> float:
    low, high = band.fine
    below = low - value if low is not None else 0.0
    above = value - high if high is not None else 0.0
    return max(0.0, below, above)
