"""Breaths beside and inside a voice made of tones, at known times."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio.recording import Recording
from speech.segment import Segment
from speech.vad.breaths import remove_breaths
from tests.speech.vad.test_change_points import make_voice
from tests.support.sounds import make_noise, make_silence
from tools.scorer_training.augmentation import keep_band

NEAR = 0.02  # s, four steps: the windows over which bands are averaged


def make_band_noise(seconds, low, high, level):
    """Make noise between two frequencies at a level in dBFS."""
    sound = keep_band(make_noise(seconds, 0), low, high)
    return sound / np.sqrt(np.mean(sound**2)) * 10 ** (level / 20)


def make_breath(seconds=0.4):
    """Make a breath that swells and fades: a sudden end would contain all frequencies."""
    at = np.arange(round(seconds * 16_000)) / 16_000
    return make_band_noise(seconds, 600, 1900, -26) * np.clip(np.minimum(at, seconds - at) / 0.03, 0, 1)


def make_hiss(seconds=0.2):
    return make_band_noise(seconds, 3500, 7500, -26)


def make_recording(*sounds, room=-60.0):
    joined = np.concatenate(sounds)
    return Recording((joined + make_noise(len(joined) / 16_000, room)).astype(np.float32), "breaths", "0" * 64)


def list_moments(spans):
    return [moment for span in spans for moment in (span.start, span.end)]


def test_a_breath_after_speech_is_removed():
    sound = make_recording(make_silence(0.5), make_voice(1.0), make_breath(), make_silence(0.6))
    assert list_moments(remove_breaths(sound, (Segment(0.5, 1.9),))) == pytest.approx([0.5, 1.5], abs=NEAR)


def test_a_breath_before_speech_is_removed():
    sound = make_recording(make_silence(0.5), make_breath(), make_voice(1.0), make_silence(0.6))
    assert list_moments(remove_breaths(sound, (Segment(0.5, 1.9),))) == pytest.approx([0.9, 1.9], abs=NEAR)


def test_a_breath_between_two_words_separates_them():
    sound = make_recording(make_silence(0.5), make_voice(1.0), make_breath(), make_voice(1.0), make_silence(0.6))
    assert list_moments(remove_breaths(sound, (Segment(0.5, 2.9),))) == pytest.approx([0.5, 1.5, 1.9, 2.9], abs=NEAR)


def test_the_silence_around_a_breath_is_removed_with_it():
    sound = make_recording(
        make_silence(0.5),
        make_voice(1.0),
        make_silence(0.1),
        make_breath(),
        make_silence(0.1),
        make_voice(1.0),
        make_silence(0.6),
    )
    assert list_moments(remove_breaths(sound, (Segment(0.5, 3.1),))) == pytest.approx([0.5, 1.5, 2.1, 3.1], abs=NEAR)


def test_removing_a_breath_keeps_the_hissed_ending_before_it():
    sound = make_recording(make_silence(0.5), make_voice(1.0), make_hiss(), make_breath(), make_silence(0.6))
    assert list_moments(remove_breaths(sound, (Segment(0.5, 2.1),))) == pytest.approx([0.5, 1.7], abs=NEAR)


@pytest.mark.parametrize("seconds", [0.1, 0.3])
def test_a_hiss_counts_as_speech_anywhere(seconds):
    sound = make_recording(
        make_silence(0.5),
        make_hiss(seconds),
        make_voice(1.0),
        make_hiss(seconds),
        make_voice(1.0),
        make_hiss(seconds),
        make_silence(0.6),
    )
    heard = (Segment(0.5, 2.5 + 3 * seconds),)
    assert remove_breaths(sound, heard) == heard


def test_a_puff_as_short_as_a_consonant_counts_as_speech():
    sound = make_recording(
        make_silence(0.5),
        make_breath(0.06),
        make_voice(1.0),
        make_breath(0.06),
        make_voice(1.0),
        make_breath(0.06),
        make_silence(0.6),
    )
    heard = (Segment(0.5, 2.68),)
    assert remove_breaths(sound, heard) == heard


def test_a_whisper_is_not_a_breath():
    sound = make_recording(make_silence(0.5), make_breath(0.8), make_hiss(), make_breath(0.5), make_silence(0.6))
    heard = (Segment(0.5, 2.0),)
    assert remove_breaths(sound, heard) == heard


def test_nothing_is_cut_where_a_hum_hides_the_voice():
    sounds = np.concatenate((make_silence(0.5), make_voice(1.0), make_breath(), make_silence(0.6)))
    hum = 0.2 * np.sin(2 * np.pi * 120 * np.arange(len(sounds)) / 16_000)
    heard = (Segment(0.5, 1.9),)
    assert remove_breaths(make_recording(sounds + hum), heard) == heard


def test_each_segment_is_compared_with_the_silence_beside_it():
    sound = make_recording(
        make_silence(0.5), make_voice(1.0), make_breath(), make_silence(0.5), make_voice(1.0), make_silence(0.5)
    )
    heard = (Segment(0.5, 1.9), Segment(2.4, 3.4))
    assert list_moments(remove_breaths(sound, heard)) == pytest.approx([0.5, 1.5, 2.4, 3.4], abs=NEAR)


def test_without_speech_there_are_no_breaths():
    assert remove_breaths(make_recording(make_silence(1.0)), ()) == ()


def test_speech_without_silence_beside_it_stays():
    heard = (Segment(0.0, 1.4),)
    assert remove_breaths(make_recording(make_voice(1.0), make_breath()), heard) == heard


@st.composite
def draw_detections(draw):
    """Draw a sound of voices, breaths, hisses and silences, and segments of it that do not touch."""
    parts = draw(st.lists(st.sampled_from([make_silence, make_voice, make_breath, make_hiss]), min_size=2, max_size=8))
    lengths = draw(st.lists(st.integers(2, 20), min_size=len(parts), max_size=len(parts)))
    sound = make_recording(*(part(length / 20) for part, length in zip(parts, lengths, strict=True)))
    edges = draw(st.lists(st.integers(0, sum(lengths) * 5), max_size=8, unique=True).map(sorted))
    return sound, tuple(Segment(start / 100, end / 100) for start, end in zip(edges[::2], edges[1::2], strict=False))


@settings(max_examples=150, deadline=None)
@given(draw_detections())
def test_the_result_is_in_order_inside_the_original_segments(case):
    sound, heard = case
    left = remove_breaths(sound, heard)
    assert list_moments(left) == sorted(list_moments(left))
    assert all(any(span.start <= part.start and part.end <= span.end for span in heard) for part in left)
