"""Arithmetic of stretches of time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.segment import Span, gaps, total

moments = st.integers(0, 1000).map(lambda number: number / 8)  # eighths are exact in binary
spans = st.tuples(moments, moments).map(lambda pair: Span(min(pair), max(pair)))


@pytest.mark.parametrize(("start", "end"), [(2.0, 1.0), (-0.1, 1.0), (float("nan"), 1.0), (0.0, float("nan"))])
def test_a_span_that_cannot_be_is_refused(start, end):
    with pytest.raises(ValueError, match="a span starts at 0 s or later"):
        Span(start, end)


def test_a_span_knows_its_length_its_middle_and_how_to_be_read():
    span = Span(1.25, 3.75)
    assert span.duration == 2.5
    assert span.middle == 2.5
    assert str(span) == "1.25-3.75 s"


@pytest.mark.parametrize(
    ("other", "shared"),
    [((0, 2), 1.0), ((1.5, 2), 0.5), ((0, 9), 2.0), ((2, 9), 1.0), ((3, 9), 0.0), ((0, 1), 0.0), ((5, 9), 0.0)],
)
def test_the_overlap_is_the_time_shared(other, shared):
    assert Span(1, 3).overlap(Span(*other)) == shared


def test_what_two_spans_share_is_a_span_and_without_meeting_there_is_none():
    assert Span(1, 3).shared(Span(2, 9)) == Span(2, 9).shared(Span(1, 3)) == Span(2, 3)
    with pytest.raises(ValueError, match="does not end before it starts"):
        Span(1, 3).shared(Span(4, 5))


@given(spans, spans)
def test_the_shared_span_is_as_long_as_the_overlap(one, two):
    if one.overlap(two):
        assert one.shared(two).duration == one.overlap(two)


@given(spans, spans)
def test_overlap_is_mutual_and_no_longer_than_either(one, two):
    assert one.overlap(two) == two.overlap(one) <= min(one.duration, two.duration)
    assert one.overlap(one) == one.duration


def test_gaps_lie_between_spans_that_do_not_touch():
    assert gaps([Span(4, 5), Span(0, 1), Span(1, 2), Span(4.5, 6)]) == (Span(2, 4),)


def test_a_span_inside_another_opens_no_gap():
    assert gaps([Span(0, 10), Span(2, 3), Span(12, 13)]) == (Span(10, 12),)


def test_nothing_has_no_gaps_and_no_length():
    assert gaps([]) == ()
    assert total([]) == 0


@given(st.lists(spans, min_size=1))
def test_gaps_and_spans_together_fill_the_time_from_first_to_last(some):
    found = gaps(some)
    assert all(gap.overlap(span) == 0 for gap in found for span in some)
    covered = sum(any(span.start <= at / 8 < span.end for span in some) for at in range(8 * 126)) / 8
    assert total(found) + covered == max(span.end for span in some) - min(span.start for span in some)
