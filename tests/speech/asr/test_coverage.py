"""How much time a word may cover, so that speech without words is found and long numbers are not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speech.asr.coverage import (
    ALIGNER_LEAD_SECONDS,
    find_uncovered_speech,
    is_short_and_faint,
    limit_word_extent,
    measure_speech_coverage,
    snap_to_speech,
)
from speech.audio.recording import SAMPLE_RATE, from_samples
from speech.segment import Segment
from speech.transcript import Word

PIECE = Segment(0, 10)
VOICE = (Segment(1, 3), Segment(6, 8))


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


def snap_times(start, end, voice=VOICE, duration=10.0):
    """Return the final times of a word said at these times, given the aligner's known lead."""
    word = snap_to_speech(Word("well", start - ALIGNER_LEAD_SECONDS, end - ALIGNER_LEAD_SECONDS, 0.9), voice, duration)
    return pytest.approx((word.start, word.end), abs=1e-9)


def test_a_word_inside_speech_is_only_delayed():
    assert snap_times(1.5, 2.0) == (1.5, 2.0)


def test_a_word_that_spans_a_pause_begins_where_speech_begins():
    assert snap_times(2.99, 6.4) == (6.0, 6.4)
    assert snap_times(4.0, 6.4) == (6.0, 6.4)


def test_a_word_that_runs_into_a_pause_ends_where_speech_ends():
    assert snap_times(2.5, 4.0) == (2.5, 3.0)
    assert snap_times(2.5, 6.01) == (2.5, 3.0)


def test_a_number_keeps_the_short_silences_between_its_words():
    voice = (Segment(1, 3), Segment(3.2, 4), Segment(6, 8))
    number = snap_to_speech(Word("$150,000", 2.5 - ALIGNER_LEAD_SECONDS, 3.9 - ALIGNER_LEAD_SECONDS, 0.9), voice, 10.0)
    assert (number.start, number.end) == pytest.approx((2.5, 3.9))
    late = snap_to_speech(Word("2019", 3.5 - ALIGNER_LEAD_SECONDS, 7.0 - ALIGNER_LEAD_SECONDS, 0.9), voice, 10.0)
    assert (late.start, late.end) == pytest.approx((6.0, 7.0))


def test_a_word_without_speech_is_only_delayed():
    assert snap_times(4.0, 4.5) == (4.0, 4.5)
    assert snap_times(4.0, 4.5, voice=()) == (4.0, 4.5)


def test_a_word_does_not_leave_the_recording():
    assert snap_times(8.5, 10.2, voice=()) == (8.5, 10.0)


moments = st.integers(0, 100).map(lambda number: number / 10)


@given(st.lists(moments, min_size=2, max_size=12).map(sorted), st.lists(moments, max_size=12, unique=True).map(sorted))
def test_words_keep_their_order_and_text(words, voice):
    said = [Word(str(n), start, end, 0.9) for n, (start, end) in enumerate(pairwise(words))]
    stretches = [Segment(start, end) for start, end in zip(voice[::2], voice[1::2], strict=False)]
    found = [snap_to_speech(word, stretches, 10.0) for word in said]
    assert [word.text for word in sorted(found, key=lambda word: word.start)] == [word.text for word in said]
    assert all(0 <= word.start <= word.end <= 10 for word in found)


@pytest.mark.parametrize(
    ("seconds", "level", "is_left"),
    [(0.5, 0.3, True), (0.5, 0.9, False), (0.8, 0.3, False), (0.5, 0.0, True)],
    ids=["short and faint", "short", "faint", "short and silent"],
)
def test_voice_between_words_is_left_alone_only_where_it_is_both_short_and_faint(seconds, level, is_left):
    sound = np.sin(np.arange(10 * SAMPLE_RATE) * 0.1).astype(np.float32)
    hole = Segment(4, 6)
    sound[4 * SAMPLE_RATE : 6 * SAMPLE_RATE] *= level
    voice = (Segment(1, 3), Segment(4.5, 4.5 + seconds))
    assert is_short_and_faint(from_samples(sound, "sound"), voice, hole, PIECE) is is_left
