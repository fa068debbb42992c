"""Breaths beside and inside a voice made of tones, at known times."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio.recording import Recording
from speech.segment import Span
from speech.vad.breaths import without_breaths
from tests.speech.vad.test_change_points import voice
from tests.support.sounds import noise, silence
from tools.scorer_training.augmentation import band

NEAR = 0.02  # s, four steps: the windows over which bands are averaged


def between(seconds, low, high, level):
    """Noise between two frequencies, `level` dB re full scale."""
    sound = band(noise(seconds, 0), low, high)
    return sound / np.sqrt(np.mean(sound**2)) * 10 ** (level / 20)


def breath(seconds=0.4):
    """It swells and fades: a sudden end would sound at all frequencies."""
    at = np.arange(round(seconds * 16_000)) / 16_000
    return between(seconds, 600, 1900, -26) * np.clip(np.minimum(at, seconds - at) / 0.03, 0, 1)


def hiss(seconds=0.2):
    return between(seconds, 3500, 7500, -26)


def recording(*sounds, room=-60.0):
    joined = np.concatenate(sounds)
    return Recording((joined + noise(len(joined) / 16_000, room)).astype(np.float32), "breaths", "0" * 64)


def moments(spans):
    return [moment for span in spans for moment in (span.start, span.end)]


def test_a_breath_after_a_voice_is_no_part_of_it():
    sound = recording(silence(0.5), voice(1.0), breath(), silence(0.6))
    assert moments(without_breaths(sound, (Span(0.5, 1.9),))) == pytest.approx([0.5, 1.5], abs=NEAR)


def test_a_breath_before_a_voice_is_no_part_of_it():
    sound = recording(silence(0.5), breath(), voice(1.0), silence(0.6))
    assert moments(without_breaths(sound, (Span(0.5, 1.9),))) == pytest.approx([0.9, 1.9], abs=NEAR)


def test_a_breath_between_two_words_parts_them():
    sound = recording(silence(0.5), voice(1.0), breath(), voice(1.0), silence(0.6))
    assert moments(without_breaths(sound, (Span(0.5, 2.9),))) == pytest.approx([0.5, 1.5, 1.9, 2.9], abs=NEAR)


def test_the_quiet_around_a_breath_goes_with_it():
    sound = recording(silence(0.5), voice(1.0), silence(0.1), breath(), silence(0.1), voice(1.0), silence(0.6))
    assert moments(without_breaths(sound, (Span(0.5, 3.1),))) == pytest.approx([0.5, 1.5, 2.1, 3.1], abs=NEAR)


def test_a_breath_after_a_hissed_ending_leaves_the_ending():
    sound = recording(silence(0.5), voice(1.0), hiss(), breath(), silence(0.6))
    assert moments(without_breaths(sound, (Span(0.5, 2.1),))) == pytest.approx([0.5, 1.7], abs=NEAR)


@pytest.mark.parametrize("seconds", [0.1, 0.3])
def test_a_hiss_is_voice_wherever_it_is(seconds):
    sound = recording(silence(0.5), hiss(seconds), voice(1.0), hiss(seconds), voice(1.0), hiss(seconds), silence(0.6))
    heard = (Span(0.5, 2.5 + 3 * seconds),)
    assert without_breaths(sound, heard) == heard


def test_a_puff_as_short_as_a_consonant_is_voice():
    sound = recording(silence(0.5), breath(0.06), voice(1.0), breath(0.06), voice(1.0), breath(0.06), silence(0.6))
    heard = (Span(0.5, 2.68),)
    assert without_breaths(sound, heard) == heard


def test_a_whisper_is_no_breath():
    sound = recording(silence(0.5), breath(0.8), hiss(), breath(0.5), silence(0.6))
    heard = (Span(0.5, 2.0),)
    assert without_breaths(sound, heard) == heard


def test_where_a_hum_hides_the_voice_nothing_is_cut():
    sounds = np.concatenate((silence(0.5), voice(1.0), breath(), silence(0.6)))
    hum = 0.2 * np.sin(2 * np.pi * 120 * np.arange(len(sounds)) / 16_000)
    heard = (Span(0.5, 1.9),)
    assert without_breaths(recording(sounds + hum), heard) == heard


def test_each_stretch_is_judged_against_the_silence_beside_it():
    sound = recording(silence(0.5), voice(1.0), breath(), silence(0.5), voice(1.0), silence(0.5))
    heard = (Span(0.5, 1.9), Span(2.4, 3.4))
    assert moments(without_breaths(sound, heard)) == pytest.approx([0.5, 1.5, 2.4, 3.4], abs=NEAR)


def test_no_voice_has_no_breaths():
    assert without_breaths(recording(silence(1.0)), ()) == ()


def test_a_voice_without_any_silence_beside_it_stays():
    heard = (Span(0.0, 1.4),)
    assert without_breaths(recording(voice(1.0), breath()), heard) == heard


@st.composite
def detections(draw):
    """Voices, breaths, hisses and silences in any order, and stretches somewhere in them that do not touch."""
    parts = draw(st.lists(st.sampled_from([silence, voice, breath, hiss]), min_size=2, max_size=8))
    lengths = draw(st.lists(st.integers(2, 20), min_size=len(parts), max_size=len(parts)))
    sound = recording(*(part(length / 20) for part, length in zip(parts, lengths, strict=True)))
    edges = draw(st.lists(st.integers(0, sum(lengths) * 5), max_size=8, unique=True).map(sorted))
    return sound, tuple(Span(start / 100, end / 100) for start, end in zip(edges[::2], edges[1::2], strict=False))


@settings(max_examples=150, deadline=None)
@given(detections())
def test_what_is_left_lies_in_order_in_what_was_heard(case):
    sound, heard = case
    left = without_breaths(sound, heard)
    assert moments(left) == sorted(moments(left))
    assert all(any(span.start <= part.start and part.end <= span.end for span in heard) for part in left)
