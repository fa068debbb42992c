"""Sound made ready for listening, from tones whose level and place are known."""

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.audio.signal import frame_power
from speech.live.whole import chunks, voiced
from speech.segment import total
from speech.vad.detector import FRAME
from speech.vad.preprocessing import LEVEL, MOST_GAIN, count_levels, gain, no_levels
from tests.support.sounds import level, noise, silence, tone


def gain_of(*sounds):
    return gain(sum((count_levels(frame_power(sound, FRAME)) for sound in sounds), no_levels()))


@pytest.mark.parametrize("factor", [0.01, 0.1, 1.0, 1.9])
def test_loud_moments_come_to_one_level_however_loud_they_were(factor):
    sound = np.concatenate((silence(1), tone(3, 200), silence(1))) * np.float32(factor)
    assert level(sound[SAMPLE_RATE : 4 * SAMPLE_RATE] * gain_of(sound)) == pytest.approx(LEVEL, abs=0.3)


def test_one_second_of_speech_in_a_minute_of_silence_is_still_voice():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    word = from_file(sample.path).samples[round(0.605 * SAMPLE_RATE) : round(1.605 * SAMPLE_RATE)]
    sound = np.concatenate((silence(20), word, silence(39)))
    heard = voiced(from_samples(sound, "a word"))
    assert total(heard) == pytest.approx(1.0, abs=0.3)
    assert max(np.abs(chunk.recording.samples).max() for chunk in chunks(from_samples(sound, "a word"))) < 10


def test_silence_and_nothing_are_left_alone():
    assert gain_of(silence(2)) == 1.0
    assert gain(no_levels()) == 1.0


def test_what_is_far_too_quiet_is_made_no_louder_than_40_db_and_nothing_overflows():
    assert gain_of(noise(2, -90)) == pytest.approx(10 ** (MOST_GAIN / 20))
    assert gain_of(noise(2, 30)) < 0.1


def test_the_level_of_two_stretches_is_told_from_their_counts():
    quiet, loud = tone(2, 200, 0.01), tone(2, 200)
    assert gain_of(quiet, loud) == gain_of(np.concatenate((quiet, loud)))


def test_speech_at_a_sixteenth_of_its_level_on_a_wandering_zero_is_still_voice():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    speech = from_file(sample.path).samples[: 20 * SAMPLE_RATE]
    wander = 0.2 * np.sin(2 * np.pi * 1.5 * np.arange(len(speech)) / SAMPLE_RATE)
    plain, hard = (from_samples(sound.astype(np.float32), "speech") for sound in (speech, speech / 16 + wander))
    expected = total(voiced(plain))
    assert total(voiced(hard)) == pytest.approx(expected, rel=0.05)
    assert total(voiced(hard, condition=False)) < 0.5 * expected  # what conditioning is for
