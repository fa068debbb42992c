"""Values of JSON that somebody else may have written: what is not of its type is refused with what stood there."""

from __future__ import annotations

import math


def text(value: object) -> str:
    """A text; raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(f"should be a text, not {value!r}")
    return value


def number(value: object) -> float:
    """A finite number, as it is; raises TypeError or ValueError."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"should be a number, not {value!r}")
    if not math.isfinite(value):
        raise ValueError(f"should be finite: {value!r}")
    return value


def whole(value: object) -> int:
    """A whole number; raises TypeError."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"should be a whole number, not {value!r}")
    return value


def yes_or_no(value: object) -> bool:
    """True or false; raises TypeError."""
    if not isinstance(value, bool):
        raise TypeError(f"should be true or false, not {value!r}")
    return value
