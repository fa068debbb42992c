"""Borders between a voice made of tones and noise at known times, from a detector that is wrong."""

import numpy as np
import pytest
from hypothesis import given, settings

from speech.audio.recording import Recording
from speech.segment import Span
from speech.vad.change_points import weigh
from speech.vad.endpoints import STEP
from tests.speech.vad.test_endpoints import borders, detections
from tests.support.sounds import noise, silence, tone

NEAR = 0.0151  # s, three steps: half of the window and a step


def recording(*sounds):
    return Recording(np.concatenate(sounds).astype(np.float32), "tones", "0" * 64)


def voice(seconds, peak=0.3):
    """Four harmonics that get louder and softer as syllables do, four a second."""
    swell = 0.4 + 0.6 * np.abs(np.sin(2 * np.pi * 2 * np.arange(round(seconds * 16_000)) / 16_000 + 0.7))
    return swell * sum(tone(seconds, hertz, peak / 4) for hertz in (150, 700, 1500, 3000))


def undecided(sound):
    """The log odds of a detector that knows nothing."""
    return np.zeros(len(sound.samples) // 80)


def sure(sound, *spans):
    """The log odds of a detector that is sure of these stretches."""
    moments = (np.arange(len(sound.samples) // 80) + 0.5) * STEP
    return np.where(np.any([(span.start <= moments) & (moments < span.end) for span in spans], axis=0), 3.0, -3.0)


def in_noise(level, *sounds):
    joined = np.concatenate(sounds)
    return recording(joined + noise(len(joined) / 16_000, level))


@pytest.mark.parametrize("level", [-64.0, -50.0, -40.0])
@pytest.mark.parametrize("late", [-0.09, -0.05, 0.0, 0.05, 0.09])
def test_the_borders_of_a_voice_in_steady_noise_are_found_to_15_ms(late, level):
    sound = in_noise(level, silence(1.0), voice(1.0), silence(1.0), voice(1.0), silence(1.0))
    heard = (Span(1 + late, 2 + late), Span(3 + late, 4 + late))
    assert borders(weigh(sound, undecided(sound), heard)) == pytest.approx([1, 2, 3, 4], abs=NEAR)


def test_a_soft_hiss_over_a_loud_hum_belongs_to_the_voice():
    # The hum is 17 dB louder than the hiss, which the level of the whole does not show.
    hiss = noise(0.12, -46)
    word = np.concatenate((voice(0.4), hiss, voice(0.38)))
    spoken = np.concatenate((silence(0.6), word, hiss, silence(1.0), voice(1.0), silence(0.6)))
    hum = tone(len(spoken) / 16_000, 120, 0.05)
    sound = in_noise(-66, spoken + hum)
    settled = weigh(sound, undecided(sound), (Span(0.6, 1.5), Span(2.62, 3.62)))
    assert settled[0].end == pytest.approx(1.62, abs=NEAR)


def test_a_click_in_a_pause_does_not_belong_to_the_voice():
    click = noise(0.01, -20)
    sound = in_noise(-50, voice(1.0), silence(0.2), click, silence(0.8), voice(1.0))
    settled = weigh(sound, undecided(sound), (Span(0, 1.0), Span(2.01, 3.01)))
    assert borders(settled)[1:3] == pytest.approx([1.0, 2.01], abs=NEAR)


def test_a_breath_of_which_the_detector_is_sure_that_it_is_none_stays_outside_the_voice():
    sound = in_noise(-64, voice(1.0), silence(0.1), noise(0.3, -45), silence(0.6), voice(1.0))
    heard = (Span(0, 1.0), Span(2.0, 3.0))
    assert borders(weigh(sound, sure(sound, *heard), heard)) == pytest.approx([0, 1, 2, 3], abs=NEAR)


def test_where_the_pause_sounds_like_the_voice_the_detector_decides():
    sound = recording(noise(4.0, -20))
    heard = (Span(0.55, 1.5), Span(2.5, 3.45))
    wanted = (Span(0.5, 1.6), Span(2.4, 3.5))
    assert borders(weigh(sound, sure(sound, *wanted), heard)) == pytest.approx(borders(wanted), abs=NEAR)


def test_a_silence_too_short_to_be_measured_stays():
    sound = in_noise(-50, voice(2.0))
    heard = (Span(0, 1.0), Span(1.015, 2.0))
    assert borders(weigh(sound, undecided(sound), heard))[1:3] == [1.0, 1.015]


def test_without_voice_there_are_no_borders():
    sound = recording(silence(1.0))
    assert weigh(sound, undecided(sound), ()) == ()


@settings(max_examples=100, deadline=None)
@given(detections())
def test_stretches_keep_their_number_and_order_and_stay_inside(case):
    sound, heard = case
    weighed = weigh(sound, undecided(sound), heard)
    assert len(weighed) == len(heard)
    moments = borders(weighed)
    assert moments == sorted(moments)
    assert all(0 <= moment <= sound.duration for moment in moments)
