import math

import pytest

from analysis.progress.statistics import (
    EventCount,
    compute_rate_ratio_interval,
    compute_shift_interval,
    estimate_dispersion,
    pool_counts,
)


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    return sum(math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes, trials + 1))


@pytest.mark.parametrize(("before", "now"), [(7, 3), (3, 1), (30, 60), (1, 9), (400, 350)])
def test_counts_have_a_tail_probability_of_one_in_forty_at_the_interval_ends(before, now):
    ends = compute_rate_ratio_interval(EventCount(before, 1), EventCount(now, 1))
    low, high = (ratio / (1 + ratio) for ratio in ends)  # the share of the later events
    assert binomial_tail(now, before + now, low) == pytest.approx(0.025, rel=1e-9)
    assert 1 - binomial_tail(now + 1, before + now, high) == pytest.approx(0.025, rel=1e-9)


# Clopper & Pearson's limits for 1 of 10 are 0.0025 and 0.4450 in printed tables; p / (1 - p) is the ratio of rates.
def test_ratio_interval_matches_the_published_tables_of_shares():
    low, high = compute_rate_ratio_interval(EventCount(9, 1), EventCount(1, 1))
    assert low / (1 + low) == pytest.approx(0.0025, abs=5e-5)
    assert high / (1 + high) == pytest.approx(0.4450, abs=5e-5)


def test_upper_end_without_later_events_has_a_closed_form():
    # 1 - 0.025^(1/5) of the share, 5 events before and none now
    share = 1 - 0.025 ** (1 / 5)
    assert compute_rate_ratio_interval(EventCount(5, 1), EventCount(0, 1)) == (0, pytest.approx(share / (1 - share)))


def test_there_is_no_upper_end_without_earlier_events():
    low, high = compute_rate_ratio_interval(EventCount(0, 1), EventCount(5, 1))
    assert high is None
    assert low == pytest.approx(1 / (1 / 0.025 ** (1 / 5) - 1))


def test_interval_without_any_events_is_unbounded():
    assert compute_rate_ratio_interval(EventCount(0, 1), EventCount(0, 2)) == (0, None)


def test_twice_the_exposure_halves_the_ratio():
    once, twice = (compute_rate_ratio_interval(EventCount(20, 1), EventCount(12, minutes)) for minutes in (1, 2))
    assert twice == pytest.approx([end / 2 for end in once])


def test_swapping_the_counts_inverts_the_interval():
    low, high = compute_rate_ratio_interval(EventCount(12, 1.5), EventCount(7, 2.5))
    other_low, other_high = compute_rate_ratio_interval(EventCount(7, 2.5), EventCount(12, 1.5))
    assert (low, high) == pytest.approx((1 / other_high, 1 / other_low))


def test_dispersion_widens_the_interval_as_smaller_counts_do():
    assert compute_rate_ratio_interval(EventCount(40, 4), EventCount(20, 4), 4) == pytest.approx(
        compute_rate_ratio_interval(EventCount(10, 4), EventCount(5, 4))
    )


def test_equal_counts_have_no_overdispersion():
    assert estimate_dispersion([[EventCount(5, 1)] * 3, [EventCount(9, 1)] * 3]) == 1
    assert estimate_dispersion([[EventCount(0, 1)] * 3, [EventCount(0, 1)] * 3]) == 1


def test_dispersion_of_single_answers_is_one():
    assert estimate_dispersion([[EventCount(5, 1)], [EventCount(50, 1)]]) == 1


def test_dispersion_is_chi_square_per_degree_of_freedom_times_student_factor():
    # (0, 10, 20) around 10: chi-square 20 twice, 4 degrees of freedom; t = 2.7764, z = 1.9600
    group = [EventCount(count, 1) for count in (0, 10, 20)]
    assert estimate_dispersion([group, group]) == pytest.approx(40 / 4 * (2.7764451 / 1.9599640) ** 2, rel=1e-7)


def test_pooling_adds_counts_and_exposures():
    assert pool_counts([EventCount(3, 1.5), EventCount(0, 0.5)]) == EventCount(3, 2.0)


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1), (1, 0), (0, -2)])
def test_impossible_event_counts_are_refused(count, exposure):
    with pytest.raises(ValueError, match="0 or more"):
        EventCount(count, exposure)


def test_interval_of_four_against_four_spans_every_difference():
    # 2 of 70 orders are as extreme: 2.9 %, 4 would be 5.7 %
    assert compute_shift_interval([1, 2, 3, 4], [11, 13, 15, 20]) == (11 - 4, 20 - 1)


@pytest.mark.parametrize(("size", "left_out"), [(4, 0), (5, 2), (6, 5), (8, 13)])
def test_differences_left_out_match_the_mann_whitney_tables(size, left_out):
    before, now = [0.0] * size, [float(100**step) for step in range(size)]
    before = [step / 1000 for step in range(size)]
    shifts = sorted(later - earlier for later in now for earlier in before)
    assert compute_shift_interval(before, now) == (shifts[left_out], shifts[-1 - left_out])


@pytest.mark.parametrize(("before", "now"), [([1, 2, 3], [4, 5, 6]), ([1, 2, 3, 4], [1, 2, 3, 4, 5])])
def test_rank_comparison_refuses_too_few_or_unequal_groups(before, now):
    with pytest.raises(ValueError, match="equally many"):
        compute_shift_interval(before, now)
