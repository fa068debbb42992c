"""What chance alone can do: exact and distribution-free 95 % intervals of a change.

Rates are compared by their counts, other measures by the ranks of their values. Both compare two groups of answers,
the earlier one first; a change is more than chance when its interval leaves out "no change" (ratio 1, shift 0).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, combinations

import scipy

from analysis.measures.poisson_interval import CONFIDENCE

TAIL = (1 - CONFIDENCE) / 2
FEWEST_FOR_RANKS = 4  # in each group; of 3 against 3, 2 of the 20 orders are extreme, and that is 10 %


@dataclass(frozen=True)
class Events:
    """How often something was heard, and in how much: minutes, or hundreds of words, whatever the rate's unit has."""

    count: int
    exposure: float

    def __post_init__(self) -> None:
        if self.count < 0 or self.exposure <= 0:
            raise ValueError(f"events have a count of 0 or more and an exposure above 0: {self!r}")


def pooled(events: Sequence[Events]) -> Events:
    """All counts and all exposures of one or more answers together."""
    return Events(sum(each.count for each in events), sum(each.exposure for each in events))


def rate_ratio_interval(before: Events, now: Events, dispersion: float = 1.0) -> tuple[float, float | None]:
    """Lowest and highest ratio of the later rate to the earlier one; None: no upper end, nothing was counted before.

    Given their sum, two Poisson counts are binomial, whatever the rates (Przyborowski & Wilenski 1940); the interval is
    the exact one of that share (Clopper & Pearson 1934). Counts that vary `dispersion` times as much as Poisson counts
    tell as much as counts so many times smaller.
    """
    earlier, later = before.count / dispersion, now.count / dispersion
    low = float(scipy.special.betaincinv(later, earlier + 1, TAIL)) if later else 0.0
    high = float(scipy.special.betaincinv(later + 1, earlier, 1 - TAIL)) if earlier else 1.0
    per_exposure = before.exposure / now.exposure
    return low / (1 - low) * per_exposure, high / (1 - high) * per_exposure if high < 1 else None


def dispersion(groups: Sequence[Sequence[Events]]) -> float:
    """How many times as much as Poisson counts the answers vary around the rate of their group; 1 or more.

    Pearson's chi-square by its degrees of freedom, raised by (t / z)² for how little a few answers say of their own
    variation. People do not stumble like a Poisson process: without this, answers whose true rate varies by a third
    would make one history without change in five look like a change.
    """
    freedom = sum(len(group) - 1 for group in groups)
    if freedom < 1:
        return 1.0
    return max(1.0, sum(map(_chi_square, groups)) / freedom * _small_sample(freedom))


def shift_interval(before: Sequence[float], now: Sequence[float]) -> tuple[float, float]:
    """Lowest and highest shift from the earlier to the later values, of equally many answers, 4 or more.

    Hodges & Lehmann 1963: the interval from the exact null distribution of the Mann-Whitney statistic over all pairwise
    differences. It needs no distribution, only that without change every order of the answers is as likely.
    """
    size = len(before)
    if size != len(now) or size < FEWEST_FOR_RANKS:
        raise ValueError(f"ranks compare equally many answers, {FEWEST_FOR_RANKS} or more: {size} and {len(now)}")
    shifts = sorted(later - earlier for later in now for earlier in before)
    place = _rank_place(size)
    return shifts[place], shifts[-1 - place]


def _chi_square(group: Sequence[Events]) -> float:
    together = pooled(group)
    rate = together.count / together.exposure
    return sum((each.count - rate * each.exposure) ** 2 / (rate * each.exposure) for each in group) if rate else 0.0


@cache
def _small_sample(freedom: int) -> float:
    """Return (t / z)²: Student's quantile by the normal one."""
    return float(scipy.special.stdtrit(freedom, 1 - TAIL) / scipy.special.ndtri(1 - TAIL)) ** 2


@cache
def _rank_place(size: int) -> int:
    """How many of the sorted differences may be left out at each end; as many orders of the answers are extreme."""
    sums = Counter(sum(ranks) - size * (size - 1) // 2 for ranks in combinations(range(2 * size), size))
    cumulative = list(accumulate(sums[value] for value in range(size * size + 1)))
    return sum(orders <= TAIL * cumulative[-1] for orders in cumulative) - 1
