import math

import pytest

from analysis.measures.poisson_interval import compute_poisson_interval, compute_rate_interval


# Garwood's limits as printed in statistical tables.
@pytest.mark.parametrize(
    ("count", "low", "high"),
    [(0, 0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (10, 4.795, 18.390), (100, 81.364, 121.627)],
)
def test_the_interval_of_a_count_matches_published_tables(count, low, high):
    assert compute_poisson_interval(count) == pytest.approx((low, high), abs=1e-3)


@pytest.mark.parametrize("count", [1, 2, 7, 40, 100])
def test_each_tail_of_the_interval_has_a_probability_of_one_in_forty(count):
    def at_most(most, mean):
        return math.fsum(mean**k / math.factorial(k) for k in range(most + 1)) * math.exp(-mean)

    low, high = compute_poisson_interval(count)
    assert 1 - at_most(count - 1, low) == pytest.approx(0.025, rel=1e-9)
    assert at_most(count, high) == pytest.approx(0.025, rel=1e-9)


def test_the_upper_end_for_a_count_of_zero_is_the_logarithm_of_forty():
    assert compute_poisson_interval(0) == (0, pytest.approx(math.log(40)))


def test_five_fillers_in_ninety_seconds_lie_between_one_and_eight_a_minute():
    assert compute_rate_interval(5, 90, per=60) == pytest.approx((1.1, 7.8), abs=0.05)


def test_a_rate_without_exposure_has_no_interval():
    assert compute_rate_interval(3, 0, per=60) is None


def test_a_negative_count_raises_an_error():
    with pytest.raises(ValueError, match="-1"):
        compute_poisson_interval(-1)
