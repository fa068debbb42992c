"""Voices without their fundamental: harmonics of a known pitch, and speech without the range below 300 Hz."""

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.live.filtering import ListeningFilters
from speech.live.whole import voiced
from speech.segment import sum_durations
from tests.support.sounds import make_noise, make_silence, make_tone, measure_pitch
from tools.scorer_training.augmentation import keep_band

SAMPLES = {sample.name: sample for sample in samples.load()}


def with_fundamental(sound):
    filters = ListeningFilters(remove_rumble=False)
    return np.concatenate([filters.feed(sound).restored, filters.finish().restored])


def limit_to_telephone(sound, room=-75.0):
    return keep_band(sound, 300, 3400) + make_noise(len(sound) / SAMPLE_RATE, room)


@pytest.mark.parametrize("fundamental", [90, 140, 220, 280])
def test_a_missing_fundamental_is_reconstructed_from_its_harmonics(fundamental):
    harmonics = sum(make_tone(2, fundamental * number, 0.1) for number in (4, 5, 6, 7, 8))
    assert measure_pitch(keep_band(harmonics, 0, 300)) != pytest.approx(fundamental, abs=2)
    assert measure_pitch(keep_band(with_fundamental(harmonics), 0, 300)) == pytest.approx(fundamental, abs=1)


def test_silence_stays_silence():
    assert not with_fundamental(make_silence(3)).any()


def test_nothing_changes_above_the_fundamental():
    sound = make_tone(6, 1000)
    inside = slice(SAMPLE_RATE, -SAMPLE_RATE)  # away from the edges, where the filter meets nothing
    assert keep_band(with_fundamental(sound), 400, 8000)[inside] == pytest.approx(sound[inside], abs=1e-3)


@pytest.mark.parametrize("name", ["calm_and_concise", "many_um_her", "many_um_him"])
def test_telephone_speech_is_detected_in_full(name):
    sound = from_file(SAMPLES[name].path).samples
    plain = sum_durations(voiced(from_samples(sound, "plain")))
    assert sum_durations(voiced(from_samples(limit_to_telephone(sound), "telephone"))) == pytest.approx(plain, rel=0.1)


@pytest.mark.parametrize("hertz", [100, 110, 440])
def test_an_intermittent_hum_is_not_speech(hertz):
    swell = (1 + np.sin(2 * np.pi * 4 * np.arange(15 * SAMPLE_RATE) / SAMPLE_RATE)) / 2
    assert voiced(from_samples((make_tone(15, hertz) * swell).astype(np.float32), "hum")) == ()


def test_telephone_noise_is_not_speech():
    assert voiced(from_samples(limit_to_telephone(make_noise(20, -30)), "noise")) == ()
