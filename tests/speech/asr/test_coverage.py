"""How long a word may take, so that voice without words is found and a long number is not taken for it."""

import pytest

from speech.asr.coverage import explained, reach, uncovered
from speech.segment import Span
from speech.transcript import Word

PIECE = Span(0, 10)


def test_a_word_explains_its_own_time_but_no_more_than_it_takes_when_said_slowly():
    assert reach(Word("the", 1, 1.2, 0.9)) == Span(1, 1.2)
    assert reach(Word("the", 1, 4, 0.9)).duration == pytest.approx(0.35 + 3 * 0.09)


def test_a_number_may_take_as_long_as_the_words_it_is_said_with():
    assert reach(Word("$150,000", 1, 3.5, 0.9)).duration == 2.5  # "one hundred and fifty thousand dollars"
    assert uncovered([Word("$150,000", 1, 3.5, 0.9)], (Span(1, 3.5),), PIECE, at_least=0.4) == ()


def test_voice_behind_a_word_stretched_over_it_is_uncovered():
    (hole,) = uncovered([Word("the", 1, 4, 0.9)], (Span(1, 4),), PIECE, at_least=0.4)
    assert (hole.start, hole.end) == pytest.approx((1.62, 10))


def test_all_of_the_voice_is_explained_by_words_over_it_and_a_half_by_words_over_half():
    words = [Word("something", 1, 2, 0.9)]
    assert explained(words, (Span(1, 2),), PIECE) == pytest.approx(1)
    assert explained(words, (Span(1, 3),), PIECE) == pytest.approx(0.5)
    assert explained(words, (), PIECE) == 1
