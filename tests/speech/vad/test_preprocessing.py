"""Preprocessing of tones of known level and position."""

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.audio.signal import measure_frame_power
from speech.live.whole import chunks, voiced
from speech.segment import sum_durations
from speech.vad.detector import FRAME_SAMPLES
from speech.vad.preprocessing import MAX_GAIN_DB, TARGET_LEVEL_DBFS, compute_gain, count_levels, no_levels
from tests.support.sounds import make_noise, make_silence, make_tone, measure_level


def gain_of(*sounds):
    return compute_gain(sum((count_levels(measure_frame_power(sound, FRAME_SAMPLES)) for sound in sounds), no_levels()))


@pytest.mark.parametrize("factor", [0.01, 0.1, 1.0, 1.9])
def test_loud_moments_are_normalised_to_one_level(factor):
    sound = np.concatenate((make_silence(1), make_tone(3, 200), make_silence(1))) * np.float32(factor)
    assert measure_level(sound[SAMPLE_RATE : 4 * SAMPLE_RATE] * gain_of(sound)) == pytest.approx(
        TARGET_LEVEL_DBFS, abs=0.3
    )


def test_one_second_of_speech_in_a_minute_of_silence_is_detected():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    word = from_file(sample.path).samples[round(0.605 * SAMPLE_RATE) : round(1.605 * SAMPLE_RATE)]
    sound = np.concatenate((make_silence(20), word, make_silence(39)))
    heard = voiced(from_samples(sound, "a word"))
    assert sum_durations(heard) == pytest.approx(1.0, abs=0.3)
    assert max(np.abs(chunk.recording.samples).max() for chunk in chunks(from_samples(sound, "a word"))) < 10


def test_silence_and_empty_recordings_are_unchanged():
    assert gain_of(make_silence(2)) == 1.0
    assert compute_gain(no_levels()) == 1.0


def test_what_is_far_too_quiet_is_made_no_louder_than_40_db_and_nothing_overflows():
    assert gain_of(make_noise(2, -90)) == pytest.approx(10 ** (MAX_GAIN_DB / 20))
    assert gain_of(make_noise(2, 30)) < 0.1


def test_the_level_of_two_stretches_is_told_from_their_counts():
    quiet, loud = make_tone(2, 200, 0.01), make_tone(2, 200)
    assert gain_of(quiet, loud) == gain_of(np.concatenate((quiet, loud)))


def test_quiet_speech_on_a_drifting_offset_is_detected():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    speech = from_file(sample.path).samples[: 20 * SAMPLE_RATE]
    wander = 0.2 * np.sin(2 * np.pi * 1.5 * np.arange(len(speech)) / SAMPLE_RATE)
    plain, hard = (from_samples(sound.astype(np.float32), "speech") for sound in (speech, speech / 16 + wander))
    expected = sum_durations(voiced(plain))
    assert sum_durations(voiced(hard)) == pytest.approx(expected, rel=0.05)
    assert sum_durations(voiced(hard, condition=False)) < 0.5 * expected  # what conditioning is for
