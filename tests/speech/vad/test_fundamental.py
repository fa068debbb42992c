"""Voices without their fundamental: harmonics of a known pitch, and real speech with what lies below 300 Hz cut off."""

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.live.filtering import ListeningFilters
from speech.live.whole import voiced
from speech.segment import total
from tests.support.sounds import noise, pitch, silence, tone
from tools.scorer_training.augmentation import band

SAMPLES = {sample.name: sample for sample in samples.load()}


def with_fundamental(sound):
    filters = ListeningFilters(remove_rumble=False)
    return np.concatenate([filters.feed(sound).restored, filters.finish().restored])


def by_telephone(sound, room=-75.0):
    return band(sound, 300, 3400) + noise(len(sound) / SAMPLE_RATE, room)


@pytest.mark.parametrize("fundamental", [90, 140, 220, 280])
def test_the_fundamental_of_harmonics_comes_back(fundamental):
    harmonics = sum(tone(2, fundamental * number, 0.1) for number in (4, 5, 6, 7, 8))
    assert pitch(band(harmonics, 0, 300)) != pytest.approx(fundamental, abs=2)
    assert pitch(band(with_fundamental(harmonics), 0, 300)) == pytest.approx(fundamental, abs=1)


def test_silence_stays_silence():
    assert not with_fundamental(silence(3)).any()


def test_above_the_fundamental_nothing_changes():
    sound = tone(6, 1000)
    inside = slice(SAMPLE_RATE, -SAMPLE_RATE)  # away from the edges, where the filter meets nothing
    assert band(with_fundamental(sound), 400, 8000)[inside] == pytest.approx(sound[inside], abs=1e-3)


@pytest.mark.parametrize("name", ["calm_and_concise", "many_um_her", "many_um_him"])
def test_a_voice_on_the_telephone_is_heard_as_long_as_it_is_said(name):
    sound = from_file(SAMPLES[name].path).samples
    plain = total(voiced(from_samples(sound, "plain")))
    assert total(voiced(from_samples(by_telephone(sound), "telephone"))) == pytest.approx(plain, rel=0.1)


@pytest.mark.parametrize("hertz", [100, 110, 440])
def test_a_hum_that_comes_and_goes_is_no_voice(hertz):
    swell = (1 + np.sin(2 * np.pi * 4 * np.arange(15 * SAMPLE_RATE) / SAMPLE_RATE)) / 2
    assert voiced(from_samples((tone(15, hertz) * swell).astype(np.float32), "hum")) == ()


def test_noise_on_the_telephone_is_no_voice():
    assert voiced(from_samples(by_telephone(noise(20, -30)), "noise")) == ()
