"""How far a count could be from the rate behind it: the exact Poisson interval (Garwood 1936)."""

from __future__ import annotations

import math
from collections.abc import Callable

CONFIDENCE = 0.95


def poisson_interval(count: int) -> tuple[float, float]:
    """Lowest and highest expected count, at 95 % confidence, that an observed count speaks for.

    The lower end makes `count` or more as unlikely as 2.5 %, the upper end makes `count` or fewer so; 0 has no lower
    end but 0. Raises ValueError for a negative count.
    """
    if count < 0:
        raise ValueError(f"a count is 0 or more: {count}")
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if count == 0 else _solve(lambda mean: 1 - _at_most(count - 1, mean) - tail, 0, count)
    return low, _solve(lambda mean: tail - _at_most(count, mean), count, 2 * count + 10)


def rate_interval(count: int, exposure: float, per: float) -> tuple[float, float] | None:
    """The interval of `per * count / exposure`, such as fillers per 60 s; None without exposure."""
    if exposure <= 0:
        return None
    low, high = poisson_interval(count)
    return per * low / exposure, per * high / exposure


def _at_most(count: int, mean: float) -> float:
    """Probability of `count` or fewer when `mean` are expected."""
    if mean == 0:
        return 1.0
    return math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count + 1))


def _solve(rising: Callable[[float], float], low: float, high: float) -> float:
    for _ in range(60):  # halvings: past the precision of a float
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < 0 else (low, middle)
    return (low + high) / 2
