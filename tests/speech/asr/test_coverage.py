"""How much time a word may cover, so that speech without words is found and long numbers are not."""

import pytest

from speech.asr.coverage import find_uncovered_speech, limit_word_extent, measure_speech_coverage
from speech.segment import Segment
from speech.transcript import Word

PIECE = Segment(0, 10)


def test_a_word_covers_no_more_time_than_it_takes_when_said_slowly():
    assert limit_word_extent(Word("the", 1, 1.2, 0.9)) == Segment(1, 1.2)
    assert limit_word_extent(Word("the", 1, 4, 0.9)).duration == pytest.approx(0.35 + 3 * 0.09)


def test_a_number_covers_the_time_of_the_words_it_is_said_with():
    assert limit_word_extent(Word("$150,000", 1, 3.5, 0.9)).duration == 2.5  # "one hundred and fifty thousand dollars"
    assert find_uncovered_speech([Word("$150,000", 1, 3.5, 0.9)], (Segment(1, 3.5),), PIECE, at_least=0.4) == ()


def test_speech_behind_an_overlong_word_is_uncovered():
    (hole,) = find_uncovered_speech([Word("the", 1, 4, 0.9)], (Segment(1, 4),), PIECE, at_least=0.4)
    assert (hole.start, hole.end) == pytest.approx((1.62, 10))


def test_coverage_is_the_share_of_speech_under_words():
    words = [Word("something", 1, 2, 0.9)]
    assert measure_speech_coverage(words, (Segment(1, 2),), PIECE) == pytest.approx(1)
    assert measure_speech_coverage(words, (Segment(1, 3),), PIECE) == pytest.approx(0.5)
    assert measure_speech_coverage(words, (), PIECE) == 1
