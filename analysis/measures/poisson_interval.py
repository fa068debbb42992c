"""Exact (Garwood 1936) Poisson confidence intervals."""

from __future__ import annotations

import scipy

CONFIDENCE = 0.95


def poisson_interval(count: int) -> tuple[float, float]:
    """Return the lowest and highest expected count, at 95 % confidence, that an observed count speaks for.

    The lower end makes `count` or more as unlikely as 2.5 %, the upper end makes `count` or fewer so; 0 has no lower
    end but 0. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"a count is 0 or more: {count}")
    tail = (1 - CONFIDENCE) / 2
    low = float(scipy.special.gammaincinv(count, tail)) if count else 0.0
    return low, float(scipy.special.gammaincinv(count + 1, 1 - tail))


def rate_interval(count: int, exposure: float, per: float) -> tuple[float, float] | None:
    """Return the interval of `per * count / exposure`, such as fillers per 60 s; None without exposure."""
    if exposure <= 0:
        return None
    low, high = poisson_interval(count)
    return per * low / exposure, per * high / exposure
