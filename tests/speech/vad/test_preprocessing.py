"""Sound made ready for listening, from tones whose level and place are known."""

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.audio.signal import FFT_SIZE
from speech.segment import total
from speech.vad.detector import voiced
from speech.vad.preprocessing import LEVEL, conditioned, gain, without_rumble
from tests.support.sounds import level, silence, tone

INSIDE = slice(SAMPLE_RATE, -SAMPLE_RATE)  # away from the edges, where a filter meets nothing


@pytest.mark.parametrize("pitch", [60, 85, 200, 1000, 6000])
def test_a_tone_of_the_voice_stays_as_it_is_where_it_is(pitch):
    sound = tone(10, pitch)
    assert len(sound) > FFT_SIZE  # more than one block
    assert without_rumble(sound)[INSIDE] == pytest.approx(sound[INSIDE], abs=1e-3)


@pytest.mark.parametrize("pitch", [2, 5, 9])
def test_rumble_below_10_hz_falls_by_60_db(pitch):
    sound = tone(6, pitch)
    assert level(without_rumble(sound)[INSIDE]) < level(sound[INSIDE]) - 60


def test_a_wandering_zero_goes_and_a_click_stays_in_its_place():
    sound = np.full(2 * SAMPLE_RATE, 0.3, np.float32)
    sound[SAMPLE_RATE] += 0.5
    heard = without_rumble(sound)
    assert int(np.argmax(heard)) == SAMPLE_RATE
    assert np.median(np.abs(heard[INSIDE.start // 2 : -INSIDE.start // 2])) < 0.01


@pytest.mark.parametrize("factor", [0.01, 0.1, 1.0, 1.9])
def test_loud_moments_come_to_one_level_however_loud_they_were(factor):
    sound = np.concatenate((silence(1), tone(3, 200), silence(1))) * np.float32(factor)
    assert level(sound[SAMPLE_RATE : 4 * SAMPLE_RATE] * gain(sound)) == pytest.approx(LEVEL, abs=0.1)


def test_a_steady_offset_leaves_nothing_at_the_ends_either():
    assert np.abs(without_rumble(np.full(SAMPLE_RATE, 0.1, np.float32))).max() < 1e-6
    assert gain(without_rumble(np.full(SAMPLE_RATE, 0.1, np.float32))) == 1.0


def test_one_second_of_speech_in_a_minute_of_silence_is_still_voice():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    word = from_file(sample.path).samples[round(0.605 * SAMPLE_RATE) : round(1.605 * SAMPLE_RATE)]
    sound = np.concatenate((silence(20), word, silence(39)))
    heard = voiced(conditioned(from_samples(sound, "a word")))
    assert total(heard) == pytest.approx(1.0, abs=0.3)
    assert np.abs(conditioned(from_samples(sound, "a word")).samples).max() < 10


def test_silence_and_nothing_are_left_alone():
    assert gain(silence(2)) == 1.0
    assert gain(np.zeros(10, np.float32)) == 1.0
    assert len(without_rumble(np.zeros(0, np.float32))) == 0


def test_speech_at_a_sixteenth_of_its_level_on_a_wandering_zero_is_still_voice():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    speech = from_file(sample.path).samples[: 20 * SAMPLE_RATE]
    wander = 0.2 * np.sin(2 * np.pi * 1.5 * np.arange(len(speech)) / SAMPLE_RATE)
    plain, hard = (from_samples(sound.astype(np.float32), "speech") for sound in (speech, speech / 16 + wander))
    expected = total(voiced(conditioned(plain)))
    assert total(voiced(conditioned(hard))) == pytest.approx(expected, rel=0.05)
    assert total(voiced(hard)) < 0.5 * expected  # what conditioning is for
