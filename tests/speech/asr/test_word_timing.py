"""Where words are put: into their voice, never over a silence."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.asr.word_timing import EARLY, placed
from speech.segment import Span
from speech.transcript import Word

VOICE = (Span(1, 3), Span(6, 8))


def at(start, end, voice=VOICE, duration=10.0):
    """Where a word ends up that is said at these times, by an aligner that is as early as it is known to be."""
    word = placed(Word("well", start - EARLY, end - EARLY, 0.9), voice, duration)
    return pytest.approx((word.start, word.end), abs=1e-9)


def test_a_word_inside_the_voice_is_only_moved_back():
    assert at(1.5, 2.0) == (1.5, 2.0)


def test_a_word_that_reaches_back_over_a_pause_begins_where_the_voice_does():
    assert at(2.99, 6.4) == (6.0, 6.4)
    assert at(4.0, 6.4) == (6.0, 6.4)


def test_a_word_that_reaches_into_a_pause_ends_with_its_voice():
    assert at(2.5, 4.0) == (2.5, 3.0)
    assert at(2.5, 6.01) == (2.5, 3.0)


def test_a_number_keeps_the_short_silences_between_its_words():
    voice = (Span(1, 3), Span(3.2, 4), Span(6, 8))
    number = placed(Word("$150,000", 2.5 - EARLY, 3.9 - EARLY, 0.9), voice, 10.0)
    assert (number.start, number.end) == pytest.approx((2.5, 3.9))
    late = placed(Word("2019", 3.5 - EARLY, 7.0 - EARLY, 0.9), voice, 10.0)
    assert (late.start, late.end) == pytest.approx((6.0, 7.0))


def test_a_word_without_voice_stays_where_it_is():
    assert at(4.0, 4.5) == (4.0, 4.5)
    assert at(4.0, 4.5, voice=()) == (4.0, 4.5)


def test_a_word_does_not_leave_the_recording():
    assert at(8.5, 10.2, voice=()) == (8.5, 10.0)


moments = st.integers(0, 100).map(lambda number: number / 10)


@given(st.lists(moments, min_size=2, max_size=12).map(sorted), st.lists(moments, max_size=12, unique=True).map(sorted))
def test_words_keep_their_order_and_what_they_say(words, voice):
    said = [Word(str(n), start, end, 0.9) for n, (start, end) in enumerate(pairwise(words))]
    stretches = [Span(start, end) for start, end in zip(voice[::2], voice[1::2], strict=False)]
    found = [placed(word, stretches, 10.0) for word in said]
    assert [word.text for word in sorted(found, key=lambda word: word.start)] == [word.text for word in said]
    assert all(0 <= word.start <= word.end <= 10 for word in found)
