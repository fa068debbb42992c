"""Chunks cover all speech once and are short enough to be decoded."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.asr.chunking import MARGIN_SECONDS, MAX_CHUNK_SECONDS, split_at_silence
from speech.asr.whisper_model import MAX_WINDOW_SECONDS
from speech.audio.recording import Recording
from speech.segment import Segment
from tests.support.sounds import make_noise, make_silence, make_tone

MINUTE = Recording(make_noise(60.0, -30), "noise", "0" * 64)
TINY = 1e-9


def make_recording(*sounds):
    return Recording(np.concatenate(sounds), "tones", "0" * 64)


@st.composite
def draw_segments(draw):
    """Draw segments inside a minute, in time order, that do not touch."""
    moments = draw(st.lists(st.integers(0, 6000), max_size=30, unique=True).map(sorted))
    return tuple(Segment(a / 100, b / 100) for a, b in zip(moments[::2], moments[1::2], strict=False))


@settings(max_examples=100, deadline=None)
@given(draw_segments(), st.sampled_from([2.0, 7.5, 15.0, MAX_CHUNK_SECONDS]))
def test_chunks_cover_all_speech_once_and_none_is_too_long(voice, longest):
    cut = split_at_silence(MINUTE, voice, longest)
    for stretch in voice:
        assert sum(piece.overlap(stretch) for piece in cut) == pytest.approx(stretch.duration)
    for left, right in pairwise(cut):
        assert left.end <= right.start + TINY
    for piece in cut:
        assert piece.duration <= longest + 2 * MARGIN_SECONDS + TINY
        assert 0 <= piece.start < piece.end <= MINUTE.duration
        assert any(piece.overlap(stretch) > 0 for stretch in voice)


@settings(max_examples=100, deadline=None)
@given(draw_segments())
def test_a_segment_that_is_short_enough_is_never_cut(voice):
    cut = split_at_silence(MINUTE, voice)
    for stretch in voice:
        if stretch.duration <= MAX_CHUNK_SECONDS:
            assert any(piece.start <= stretch.start and stretch.end <= piece.end for piece in cut)


def test_the_longest_chunk_fits_into_the_window_of_the_recogniser():
    assert MAX_CHUNK_SECONDS + 2 * MARGIN_SECONDS <= MAX_WINDOW_SECONDS


def test_without_speech_there_are_no_chunks():
    assert split_at_silence(MINUTE, ()) == ()


def test_neighbouring_segments_are_merged_while_they_fit():
    voice = (Segment(1, 5), Segment(6, 10), Segment(11, 16), Segment(17, 20))
    assert split_at_silence(MINUTE, voice, longest=15.0) == (
        Segment(1 - MARGIN_SECONDS, 16.5),
        Segment(16.5, 20 + MARGIN_SECONDS),
    )


def test_a_margin_ends_in_the_middle_of_a_short_silence():
    voice = (Segment(1, 15), Segment(15.2, 29))
    left, right = split_at_silence(MINUTE, voice, longest=15.0)
    assert left.end == right.start == pytest.approx(15.1)


def test_a_margin_ends_with_the_recording():
    assert split_at_silence(make_recording(make_tone(3.0)), (Segment(0.1, 2.9),)) == (Segment(0, 3),)


def test_speech_without_a_silence_is_cut_at_its_quietest_moment():
    sound = make_recording(make_tone(11.0), make_silence(0.12), make_tone(9.0))
    first, second = split_at_silence(sound, (Segment(0, sound.duration),), longest=15.0)
    assert first.end == second.start == pytest.approx(11.06, abs=0.02)


def test_speech_is_not_cut_before_half_of_the_maximum_length():
    sound = make_recording(make_tone(3.0), make_silence(0.2), make_tone(17.0))
    first, *_ = split_at_silence(sound, (Segment(0, sound.duration),))
    assert first.end > MAX_CHUNK_SECONDS / 2
