"""Exact (Garwood 1936) Poisson confidence intervals."""

from __future__ import annotations

import scipy

CONFIDENCE_LEVEL = 0.95


def compute_poisson_interval(count: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of the expected count, given an observed count.

    At the lower end, observing `count` or more has a probability of 2.5 %; at the upper end, observing
    `count` or fewer does. For a count of 0 the lower end is 0.

    Raises:
        ValueError: The count is negative.
    """
    if count < 0:
        raise ValueError(f"a count is 0 or more: {count}")
    tail = (1 - CONFIDENCE_LEVEL) / 2
    low = float(scipy.special.gammaincinv(count, tail)) if count else 0.0
    return low, float(scipy.special.gammaincinv(count + 1, 1 - tail))


def compute_rate_interval(count: int, exposure: float, per: float) -> tuple[float, float] | None:
    """Return the 95 % confidence interval of the rate `per * count / exposure`; None without exposure.

    Args:
        count: How many events were observed.
        exposure: What they were observed in, such as seconds or words.
        per: The exposure that the rate refers to, such as 60 for fillers per minute.
    """
    if exposure <= 0:
        return None
    low, high = compute_poisson_interval(count)
    return per * low / exposure, per * high / exposure
