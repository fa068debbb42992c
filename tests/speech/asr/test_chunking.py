"""Pieces cover all that is voiced, once, and are short enough to be decoded."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.asr.chunking import LONGEST_PIECE, MARGIN, pieces
from speech.asr.whisper_model import LONGEST_WINDOW
from speech.audio.recording import Recording
from speech.segment import Span
from tests.support.sounds import noise, silence, tone

MINUTE = Recording(noise(60.0, -30), "noise", "0" * 64)
TINY = 1e-9


def together(*sounds):
    return Recording(np.concatenate(sounds), "tones", "0" * 64)


@st.composite
def stretches(draw):
    """Stretches in time order inside a minute that do not touch."""
    moments = draw(st.lists(st.integers(0, 6000), max_size=30, unique=True).map(sorted))
    return tuple(Span(a / 100, b / 100) for a, b in zip(moments[::2], moments[1::2], strict=False))


@settings(max_examples=100, deadline=None)
@given(stretches(), st.sampled_from([2.0, 7.5, 15.0, LONGEST_PIECE]))
def test_pieces_cover_every_voiced_stretch_once_and_none_is_too_long(voice, longest):
    cut = pieces(MINUTE, voice, longest)
    for stretch in voice:
        assert sum(piece.overlap(stretch) for piece in cut) == pytest.approx(stretch.duration)
    for left, right in pairwise(cut):
        assert left.end <= right.start + TINY
    for piece in cut:
        assert piece.duration <= longest + 2 * MARGIN + TINY
        assert 0 <= piece.start < piece.end <= MINUTE.duration
        assert any(piece.overlap(stretch) > 0 for stretch in voice)


@settings(max_examples=100, deadline=None)
@given(stretches())
def test_a_stretch_that_is_short_enough_is_never_cut(voice):
    cut = pieces(MINUTE, voice)
    for stretch in voice:
        if stretch.duration <= LONGEST_PIECE:
            assert any(piece.start <= stretch.start and stretch.end <= piece.end for piece in cut)


def test_the_longest_piece_fits_into_what_the_recogniser_takes():
    assert LONGEST_PIECE + 2 * MARGIN <= LONGEST_WINDOW


def test_without_voice_there_are_no_pieces():
    assert pieces(MINUTE, ()) == ()


def test_neighbours_are_joined_as_long_as_they_fit():
    voice = (Span(1, 5), Span(6, 10), Span(11, 16), Span(17, 20))
    assert pieces(MINUTE, voice, longest=15.0) == (Span(1 - MARGIN, 16.5), Span(16.5, 20 + MARGIN))


def test_a_margin_ends_in_the_middle_of_a_short_silence():
    voice = (Span(1, 15), Span(15.2, 29))
    left, right = pieces(MINUTE, voice, longest=15.0)
    assert left.end == right.start == pytest.approx(15.1)


def test_a_margin_ends_with_the_recording():
    assert pieces(together(tone(3.0)), (Span(0.1, 2.9),)) == (Span(0, 3),)


def test_speech_without_a_silence_is_cut_at_its_quietest_moment():
    sound = together(tone(11.0), silence(0.12), tone(9.0))
    first, second = pieces(sound, (Span(0, sound.duration),), longest=15.0)
    assert first.end == second.start == pytest.approx(11.06, abs=0.02)


def test_speech_is_not_cut_before_half_of_the_longest_piece():
    sound = together(tone(3.0), silence(0.2), tone(17.0))
    first, *_ = pieces(sound, (Span(0, sound.duration),))
    assert first.end > LONGEST_PIECE / 2
