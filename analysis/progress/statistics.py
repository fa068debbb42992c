"""Exact and distribution-free 95 % confidence intervals for a change.

Rates are compared by their counts, other measures by the ranks of their values. Both methods
compare two groups of answers, the earlier group first. A change is more than chance if its interval
excludes "no change" (ratio 1, shift 0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations

import scipy

from analysis.measures.poisson_interval import CONFIDENCE_LEVEL

TAIL_PROBABILITY = (1 - CONFIDENCE_LEVEL) / 2
MIN_ANSWERS_FOR_RANKS = 4  # in each group; of 3 against 3, 2 of the 20 orders are extreme, and that is 10 %


@dataclass(frozen=True)
class EventCount:
    """A count of events and its exposure: minutes or hundreds of words, by the rate's unit."""

    count: int
    exposure: float

    def __post_init__(self) -> None:
        if self.count < 0 or self.exposure <= 0:
            raise ValueError(f"events have a count of 0 or more and an exposure above 0: {self!r}")


def pool_counts(events: Sequence[EventCount]) -> EventCount:
    """Add up the counts and exposures of one or more answers."""
    return EventCount(sum(each.count for each in events), sum(each.exposure for each in events))


def compute_rate_ratio_interval(
    before: EventCount, now: EventCount, dispersion: float = 1.0
) -> tuple[float, float | None]:
    """Return the 95 % confidence interval of the ratio of the later rate to the earlier one.

    Conditional on their sum, two Poisson counts are binomial, whatever the rates (Przyborowski &
    Wilenski 1940); the interval is the exact one of that share (Clopper & Pearson 1934).

    Args:
        before: the earlier count.
        now: the later count.
        dispersion: variance of the counts relative to Poisson, at least 1. Overdispersed counts carry
            as much information as counts that many times smaller.

    Returns:
        The lower and upper end; the upper end is None if no events were counted before.
    """
    earlier, later = before.count / dispersion, now.count / dispersion
    low = float(scipy.special.betaincinv(later, earlier + 1, TAIL_PROBABILITY)) if later else 0.0
    high = float(scipy.special.betaincinv(later + 1, earlier, 1 - TAIL_PROBABILITY)) if earlier else 1.0
    per_exposure = before.exposure / now.exposure
    return low / (1 - low) * per_exposure, high / (1 - high) * per_exposure if high < 1 else None


def estimate_dispersion(groups: Sequence[Sequence[EventCount]]) -> float:
    """Estimate the overdispersion of counts relative to Poisson (at least 1).

    Pearson's chi-square divided by its degrees of freedom, times (t / z)², because a few answers say
    little about their own variation. Speech disfluencies are not a Poisson process: without this
    correction, one in five histories without change whose true rates vary by a third would look like a
    change.

    Args:
        groups: counts of one or more answers each; variation is measured around each group's rate.
    """
    freedom = sum(len(group) - 1 for group in groups)
    if freedom < 1:
        return 1.0
    return max(1.0, sum(map(_compute_chi_square, groups)) / freedom * _compute_small_sample_factor(freedom))


def compute_shift_interval(before: Sequence[float], now: Sequence[float]) -> tuple[float, float]:
    """Return the 95 % confidence interval of the shift from the earlier to the later values.

    Hodges & Lehmann 1963: the interval comes from the exact null distribution of the Mann-Whitney
    statistic over all pairwise differences. It assumes no distribution, only that without change every
    order of the answers is equally likely.

    Raises:
        ValueError: the groups differ in size or have fewer than MIN_ANSWERS_FOR_RANKS values.
    """
    size = len(before)
    if size != len(now) or size < MIN_ANSWERS_FOR_RANKS:
        raise ValueError(f"ranks compare equally many answers, {MIN_ANSWERS_FOR_RANKS} or more: {size} and {len(now)}")
    shifts = sorted(later - earlier for later in now for earlier in before)
    place = _compute_rank_index(size)
    return shifts[place], shifts[-1 - place]


def _compute_chi_square(group: Sequence[EventCount]) -> float:
    together = pool_counts(group)
    rate = together.count / together.exposure
    return sum((each.count - rate * each.exposure) ** 2 / (rate * each.exposure) for each in group) if rate else 0.0


@cache
def _compute_small_sample_factor(freedom: int) -> float:
    """Return (t / z)²: the squared ratio of Student's quantile to the normal one."""
    return float(scipy.special.stdtrit(freedom, 1 - TAIL_PROBABILITY) / scipy.special.ndtri(1 - TAIL_PROBABILITY)) ** 2


@cache
def _compute_rank_index(size: int) -> int:
    """Return how many sorted differences to leave out at each end, from the exact distribution of ranks."""
    sums = Counter(sum(ranks) - size * (size - 1) // 2 for ranks in combinations(range(2 * size), size))
    cumulative = list(accumulate(sums[value] for value in range(size * size + 1)))
    return sum(orders <= TAIL_PROBABILITY * cumulative[-1] for orders in cumulative) - 1
