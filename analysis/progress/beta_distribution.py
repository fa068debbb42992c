"""The beta distribution: how likely a share lies below a point, and the point for a likelihood.

Enough of it to make exact intervals of rates without a library of statistics.
"""

from __future__ import annotations

import math

_TINY = 1e-300  # keeps the fraction's parts from dividing by zero
_PRECISION = 1e-12


def beta_cdf(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b), 0 to 1; a and b above 0 (DLMF 8.17).

    For whole numbers it is the binomial probability of a or more successes in a + b - 1 trials that succeed with x.
    """
    if a <= 0 or b <= 0:
        raise ValueError(f"the beta distribution has parameters above 0: {a}, {b}")
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    if x > (a + 1) / (a + b + 2):  # beyond it the fraction converges slowly
        return 1 - _lower(1 - x, b, a)
    return _lower(x, a, b)


def beta_quantile(probability: float, a: float, b: float) -> float:
    """The point below which the distribution has this probability, which lies between 0 and 1."""
    low, high, x = 0.0, 1.0, a / (a + b)
    while high - low > max(_PRECISION * x, _TINY):
        excess = beta_cdf(x, a, b) - probability
        low, high = (x, high) if excess < 0 else (low, x)
        density = math.exp(_log_power(x, a, b)) / (x * (1 - x))
        step = excess / density if density else math.inf
        if abs(step) <= _PRECISION * x:
            break
        x = x - step if low < x - step < high else (low + high) / 2  # Newton's step, or a halving where it leaps out
    return x


def _log_power(x: float, a: float, b: float) -> float:
    """Logarithm of x^a (1 - x)^b / B(a, b)."""
    return math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)


def _lower(x: float, a: float, b: float) -> float:
    return math.exp(_log_power(x, a, b)) / (a * _fraction(x, a, b))


def _fraction(x: float, a: float, b: float) -> float:
    """The continued fraction 1 + d1/(1 + d2/(1 + ...)) of DLMF 8.17.22, by the modified Lentz method."""
    value = upper = 1.0
    lower = 0.0
    step = 0
    change = 0.0
    while abs(change - 1) > _PRECISION:
        step += 1
        term = _term(step, x, a, b)
        lower = 1 / (1 + term * lower or _TINY)
        upper = 1 + term / upper or _TINY
        change = upper * lower
        value *= change
    return value


def _term(step: int, x: float, a: float, b: float) -> float:
    m = step // 2
    if step % 2:
        return -(a + m) * (a + b + m) * x / ((a + step - 1) * (a + step))
    return m * (b - m) * x / ((a + step - 1) * (a + step))
