"""Arithmetic of time segments."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.segment import Segment, find_gaps, sum_durations

moments = st.integers(0, 1000).map(lambda number: number / 8)  # eighths are exact in binary
spans = st.tuples(moments, moments).map(lambda pair: Segment(min(pair), max(pair)))


@pytest.mark.parametrize(("start", "end"), [(2.0, 1.0), (-0.1, 1.0), (float("nan"), 1.0), (0.0, float("nan"))])
def test_an_impossible_segment_is_refused(start, end):
    with pytest.raises(ValueError, match="a span starts at 0 s or later"):
        Segment(start, end)


def test_a_segment_has_a_duration_a_midpoint_and_a_readable_form():
    span = Segment(1.25, 3.75)
    assert span.duration == 2.5
    assert span.middle == 2.5
    assert str(span) == "1.25-3.75 s"


@pytest.mark.parametrize(
    ("other", "shared"),
    [((0, 2), 1.0), ((1.5, 2), 0.5), ((0, 9), 2.0), ((2, 9), 1.0), ((3, 9), 0.0), ((0, 1), 0.0), ((5, 9), 0.0)],
)
def test_the_overlap_is_the_time_shared(other, shared):
    assert Segment(1, 3).overlap(Segment(*other)) == shared


def test_the_intersection_is_a_segment_or_an_error_if_they_do_not_meet():
    assert Segment(1, 3).intersect(Segment(2, 9)) == Segment(2, 9).intersect(Segment(1, 3)) == Segment(2, 3)
    with pytest.raises(ValueError, match="does not end before it starts"):
        Segment(1, 3).intersect(Segment(4, 5))


@given(spans, spans)
def test_the_intersection_is_as_long_as_the_overlap(one, two):
    if one.overlap(two):
        assert one.intersect(two).duration == one.overlap(two)


@given(spans, spans)
def test_overlap_is_symmetric_and_no_longer_than_either_segment(one, two):
    assert one.overlap(two) == two.overlap(one) <= min(one.duration, two.duration)
    assert one.overlap(one) == one.duration


def test_gaps_lie_between_segments_that_do_not_touch():
    assert find_gaps([Segment(4, 5), Segment(0, 1), Segment(1, 2), Segment(4.5, 6)]) == (Segment(2, 4),)


def test_a_segment_inside_another_leaves_no_gap():
    assert find_gaps([Segment(0, 10), Segment(2, 3), Segment(12, 13)]) == (Segment(10, 12),)


def test_no_segments_have_no_gaps_and_no_duration():
    assert find_gaps([]) == ()
    assert sum_durations([]) == 0


@given(st.lists(spans, min_size=1))
def test_gaps_and_segments_fill_the_time_from_first_to_last(some):
    found = find_gaps(some)
    assert all(gap.overlap(span) == 0 for gap in found for span in some)
    covered = sum(any(span.start <= at / 8 < span.end for span in some) for at in range(8 * 126)) / 8
    assert sum_durations(found) + covered == max(span.end for span in some) - min(span.start for span in some)
