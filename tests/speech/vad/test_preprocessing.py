"""Preprocessing of tones of known level and position."""

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.audio.signal import FFT_BLOCK_SAMPLES
from speech.segment import sum_durations
from speech.vad.detector import detect_speech
from speech.vad.preprocessing import TARGET_LEVEL_DBFS, compute_gain, preprocess, remove_rumble
from tests.support.sounds import make_silence, make_tone, measure_level

INSIDE = slice(SAMPLE_RATE, -SAMPLE_RATE)  # away from the edges, where a filter meets nothing


@pytest.mark.parametrize("pitch", [60, 85, 200, 1000, 6000])
def test_a_tone_in_the_voice_range_is_unchanged_and_not_delayed(pitch):
    sound = make_tone(10, pitch)
    assert len(sound) > FFT_BLOCK_SAMPLES  # more than one block
    assert remove_rumble(sound)[INSIDE] == pytest.approx(sound[INSIDE], abs=1e-3)


@pytest.mark.parametrize("pitch", [2, 5, 9])
def test_rumble_below_10_hz_falls_by_60_db(pitch):
    sound = make_tone(6, pitch)
    assert measure_level(remove_rumble(sound)[INSIDE]) < measure_level(sound[INSIDE]) - 60


def test_a_drifting_offset_is_removed_and_a_click_is_not_delayed():
    sound = np.full(2 * SAMPLE_RATE, 0.3, np.float32)
    sound[SAMPLE_RATE] += 0.5
    heard = remove_rumble(sound)
    assert int(np.argmax(heard)) == SAMPLE_RATE
    assert np.median(np.abs(heard[INSIDE.start // 2 : -INSIDE.start // 2])) < 0.01


@pytest.mark.parametrize("factor", [0.01, 0.1, 1.0, 1.9])
def test_loud_moments_are_normalised_to_one_level(factor):
    sound = np.concatenate((make_silence(1), make_tone(3, 200), make_silence(1))) * np.float32(factor)
    assert measure_level(sound[SAMPLE_RATE : 4 * SAMPLE_RATE] * compute_gain(sound)) == pytest.approx(
        TARGET_LEVEL_DBFS, abs=0.1
    )


def test_a_steady_offset_leaves_no_step_at_the_ends():
    assert np.abs(remove_rumble(np.full(SAMPLE_RATE, 0.1, np.float32))).max() < 1e-6
    assert compute_gain(remove_rumble(np.full(SAMPLE_RATE, 0.1, np.float32))) == 1.0


def test_one_second_of_speech_in_a_minute_of_silence_is_detected():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    word = from_file(sample.path).samples[round(0.605 * SAMPLE_RATE) : round(1.605 * SAMPLE_RATE)]
    sound = np.concatenate((make_silence(20), word, make_silence(39)))
    heard = detect_speech(preprocess(from_samples(sound, "a word")))
    assert sum_durations(heard) == pytest.approx(1.0, abs=0.3)
    assert np.abs(preprocess(from_samples(sound, "a word")).samples).max() < 10


def test_silence_and_empty_recordings_are_unchanged():
    assert compute_gain(make_silence(2)) == 1.0
    assert compute_gain(np.zeros(10, np.float32)) == 1.0
    assert len(remove_rumble(np.zeros(0, np.float32))) == 0


def test_quiet_speech_on_a_drifting_offset_is_detected():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    speech = from_file(sample.path).samples[: 20 * SAMPLE_RATE]
    wander = 0.2 * np.sin(2 * np.pi * 1.5 * np.arange(len(speech)) / SAMPLE_RATE)
    plain, hard = (from_samples(sound.astype(np.float32), "speech") for sound in (speech, speech / 16 + wander))
    expected = sum_durations(detect_speech(preprocess(plain)))
    assert sum_durations(detect_speech(preprocess(hard))) == pytest.approx(expected, rel=0.05)
    assert sum_durations(detect_speech(hard)) < 0.5 * expected  # what conditioning is for
