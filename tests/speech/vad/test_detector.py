"""Voice activity detection: the pauses of the samples are found, and nothing where nobody speaks."""

from itertools import pairwise

import numpy as np
import pytest

import samples
from speech.audio.recording import SAMPLE_RATE, from_file, from_samples
from speech.live.whole import voiced
from speech.segment import Segment, find_gaps
from speech.vad.detector import FRAME_SAMPLES, MIN_SILENCE_SECONDS, Memory, detect
from tests.support.sounds import make_noise, make_silence, make_tone

SAMPLES = samples.load()
LONG = 0.5  # s; pauses from here on are all found and none is invented
TOLERANCE = 0.02  # s, how far a border may be off
EDGE = 0.05  # s, how far the beginning and end of an answer may be off

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])


def make_recording(*sounds):
    return from_samples(np.concatenate(sounds), "sound")


@pytest.fixture(scope="module")
def heard():
    """Provide a function that returns the speech segments of a sample, detected once."""
    found = {}

    def stretches(sample):
        if sample.name not in found:
            found[sample.name] = voiced(from_file(sample.path), condition=False)
        return found[sample.name]

    return stretches


@each_sample
def test_pauses_of_half_a_second_and_more_are_found_within_20_ms(sample, heard):
    found = find_gaps(heard(sample))
    for pause in (pause for pause in sample.truth.pauses if pause.duration >= LONG):
        nearest = max(found, key=pause.overlap)
        assert (nearest.start, nearest.end) == pytest.approx((pause.start, pause.end), abs=TOLERANCE), pause


@each_sample
def test_no_pause_of_half_a_second_is_invented(sample, heard):
    for gap in find_gaps(heard(sample)):
        if gap.duration >= LONG:
            assert any(gap.overlap(pause) > gap.duration - 2 * TOLERANCE for pause in sample.truth.pauses), gap


@each_sample
def test_the_answer_begins_and_ends_with_its_speech(sample, heard):
    voice, truth = heard(sample), sample.truth.response
    assert (voice[0].start, voice[-1].end) == pytest.approx((truth.start, truth.end), abs=EDGE)


@each_sample
def test_segments_are_in_order_with_silences_between_them(sample, heard):
    voice = heard(sample)
    assert list(voice) == sorted(voice)
    assert voice[0].start >= 0
    assert voice[-1].end <= sample.truth.duration
    assert min(right.start - left.end for left, right in pairwise(voice)) >= MIN_SILENCE_SECONDS


@pytest.mark.parametrize(
    "sound",
    [
        make_silence(10),
        make_noise(10, -60),
        make_noise(10, -40),
        make_noise(10, -20),
        make_tone(10, 120),
        make_tone(10, 440),
        make_tone(10, 1000, 0.05),
    ],
    ids=["silence", "hiss", "noise", "loud noise", "low tone", "tone", "high tone"],
)
def test_silence_noise_and_tones_contain_no_speech(sound):
    assert voiced(make_recording(sound)) == ()


def test_clicks_contain_no_speech():
    assert voiced(make_recording(*[make_noise(0.01, -10), make_silence(0.7)] * 12)) == ()


def test_the_detector_hears_the_same_in_parts_as_in_the_whole():
    sound = from_file(SAMPLES[0].path).samples[: 600 * FRAME_SAMPLES]
    whole, _ = detect(sound, Memory())
    memory, parts = Memory(), []
    for begin in range(0, len(sound), 4 * FRAME_SAMPLES):
        heard, memory = detect(sound[begin : begin + 4 * FRAME_SAMPLES], memory)
        parts.append(heard)
    assert np.concatenate(parts) == pytest.approx(whole, abs=1e-3)
    assert detect(sound[:0], memory)[0].shape == (0,)


def test_silence_inserted_into_speech_is_a_pause_of_its_length():
    sample = next(sample for sample in SAMPLES if sample.name == "calm_and_concise")
    sound, pause = from_file(sample.path).samples, sample.truth.pauses[0]
    middle = round(pause.middle * SAMPLE_RATE)
    room = sound[round((pause.start + 0.05) * SAMPLE_RATE) : round((pause.end - 0.05) * SAMPLE_RATE)]
    longer = make_recording(sound[:middle], np.resize(room, 3 * SAMPLE_RATE), sound[middle:])
    nearest = max(find_gaps(voiced(longer)), key=Segment(pause.start, pause.end + 3).overlap)
    assert (nearest.start, nearest.end) == pytest.approx((pause.start, pause.end + 3), abs=TOLERANCE)
