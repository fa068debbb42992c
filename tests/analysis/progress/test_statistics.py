import math

import pytest

from analysis.progress.statistics import Events, dispersion, pooled, rate_ratio_interval, shift_interval


def binomial_tail(successes: int, trials: int, chance: float) -> float:
    return sum(math.comb(trials, k) * chance**k * (1 - chance) ** (trials - k) for k in range(successes, trials + 1))


@pytest.mark.parametrize(("before", "now"), [(7, 3), (3, 1), (30, 60), (1, 9), (400, 350)])
def test_at_the_ends_of_the_interval_the_counts_are_as_unlikely_as_one_in_forty(before, now):
    ends = rate_ratio_interval(Events(before, 1), Events(now, 1))
    low, high = (ratio / (1 + ratio) for ratio in ends)  # the share of the later events
    assert binomial_tail(now, before + now, low) == pytest.approx(0.025, rel=1e-9)
    assert 1 - binomial_tail(now + 1, before + now, high) == pytest.approx(0.025, rel=1e-9)


# Clopper & Pearson's limits for 1 of 10 are 0.0025 and 0.4450 in printed tables; p / (1 - p) is the ratio of rates.
def test_the_interval_of_a_ratio_is_that_of_the_share_in_the_tables():
    low, high = rate_ratio_interval(Events(9, 1), Events(1, 1))
    assert low / (1 + low) == pytest.approx(0.0025, abs=5e-5)
    assert high / (1 + high) == pytest.approx(0.4450, abs=5e-5)


def test_without_events_now_the_upper_end_is_a_root():
    # 1 - 0.025^(1/5) of the share, 5 events before and none now
    share = 1 - 0.025 ** (1 / 5)
    assert rate_ratio_interval(Events(5, 1), Events(0, 1)) == (0, pytest.approx(share / (1 - share)))


def test_without_events_before_there_is_no_upper_end():
    low, high = rate_ratio_interval(Events(0, 1), Events(5, 1))
    assert high is None
    assert low == pytest.approx(1 / (1 / 0.025 ** (1 / 5) - 1))


def test_no_events_at_all_say_nothing():
    assert rate_ratio_interval(Events(0, 1), Events(0, 2)) == (0, None)


def test_twice_the_time_halves_the_ratio():
    once, twice = (rate_ratio_interval(Events(20, 1), Events(12, minutes)) for minutes in (1, 2))
    assert twice == pytest.approx([end / 2 for end in once])


def test_the_interval_turned_round_is_that_of_the_inverse_ratio():
    low, high = rate_ratio_interval(Events(12, 1.5), Events(7, 2.5))
    other_low, other_high = rate_ratio_interval(Events(7, 2.5), Events(12, 1.5))
    assert (low, high) == pytest.approx((1 / other_high, 1 / other_low))


def test_dispersion_widens_the_interval_as_smaller_counts_do():
    assert rate_ratio_interval(Events(40, 4), Events(20, 4), 4) == pytest.approx(
        rate_ratio_interval(Events(10, 4), Events(5, 4))
    )


def test_equal_answers_have_no_dispersion_beyond_counting():
    assert dispersion([[Events(5, 1)] * 3, [Events(9, 1)] * 3]) == 1
    assert dispersion([[Events(0, 1)] * 3, [Events(0, 1)] * 3]) == 1


def test_one_answer_in_each_group_says_nothing_of_dispersion():
    assert dispersion([[Events(5, 1)], [Events(50, 1)]]) == 1


def test_dispersion_is_chi_square_by_freedom_raised_by_student():
    # (0, 10, 20) around 10: chi-square 20 twice, 4 degrees of freedom; t = 2.7764, z = 1.9600
    group = [Events(count, 1) for count in (0, 10, 20)]
    assert dispersion([group, group]) == pytest.approx(40 / 4 * (2.7764451 / 1.9599640) ** 2, rel=1e-7)


def test_pooling_adds_counts_and_exposures():
    assert pooled([Events(3, 1.5), Events(0, 0.5)]) == Events(3, 2.0)


@pytest.mark.parametrize(("count", "exposure"), [(-1, 1), (1, 0), (0, -2)])
def test_events_that_cannot_be_are_refused(count, exposure):
    with pytest.raises(ValueError, match="0 or more"):
        Events(count, exposure)


def test_four_against_four_take_every_difference():
    # 2 of 70 orders are as extreme: 2.9 %, 4 would be 5.7 %
    assert shift_interval([1, 2, 3, 4], [11, 13, 15, 20]) == (11 - 4, 20 - 1)


@pytest.mark.parametrize(("size", "left_out"), [(4, 0), (5, 2), (6, 5), (8, 13)])
def test_as_many_differences_are_left_out_as_the_tables_of_mann_and_whitney_say(size, left_out):
    before, now = [0.0] * size, [float(100**step) for step in range(size)]
    before = [step / 1000 for step in range(size)]
    shifts = sorted(later - earlier for later in now for earlier in before)
    assert shift_interval(before, now) == (shifts[left_out], shifts[-1 - left_out])


@pytest.mark.parametrize(("before", "now"), [([1, 2, 3], [4, 5, 6]), ([1, 2, 3, 4], [1, 2, 3, 4, 5])])
def test_ranks_of_too_few_or_unequally_many_answers_are_refused(before, now):
    with pytest.raises(ValueError, match="equally many"):
        shift_interval(before, now)
