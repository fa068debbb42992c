"""What streams in is, sample for sample, what the store gives back."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio.encoding import encode_flac
from speech.audio.incoming import FULL, Incoming
from speech.audio.recording import SAMPLE_RATE, from_bytes
from speech.audio.signal import to_int16
from speech.errors import RecordingError
from tests.support.sounds import make_noise, make_tone, measure_pitch

SOUND = to_int16(make_noise(1.0, -20, 44_100) + make_tone(1.0, 300, rate=44_100)).tobytes()


def streamed(rate, *blocks):
    incoming = Incoming(rate)
    samples = [*(incoming.feed(block) for block in blocks), incoming.finish()]
    return incoming, np.concatenate(samples)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000, 96_000])
def test_a_tone_at_any_rate_of_a_device_keeps_its_pitch_and_length(rate):
    _, samples = streamed(rate, to_int16(make_tone(2.0, 440, rate=rate)).tobytes())
    assert len(samples) == pytest.approx(2 * SAMPLE_RATE, abs=2)
    assert measure_pitch(samples) == pytest.approx(440, abs=1)


@pytest.mark.parametrize("rate", [16_000, 44_100])
def test_from_the_store_comes_what_was_given_while_it_streamed_in(rate):
    incoming, samples = streamed(rate, SOUND)
    kept = from_bytes(encode_flac(incoming.recording("take")), "take")
    assert (kept.samples == samples).all()
    assert (incoming.recording("take").samples == samples).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, len(SOUND)), max_size=12).map(sorted))
def test_blocks_may_end_anywhere_even_inside_a_sample(cuts):
    edges = [0, *cuts, len(SOUND)]
    _, samples = streamed(16_000, *(SOUND[a:b] for a, b in pairwise(edges)))
    assert (samples == streamed(16_000, SOUND)[1]).all()


def test_a_part_is_cut_out_as_from_the_recording():
    incoming, samples = streamed(44_100, SOUND)
    assert (incoming.cut(1000, 3000) == samples[1000:3000]).all()


def test_clipping_is_told_from_the_source():
    steps = np.zeros(SAMPLE_RATE, np.int16)
    steps[:4000], steps[4000:8000] = 32767, -32768
    assert streamed(16_000, steps.tobytes())[0].recording("loud").clipped_share == 0.5


def test_what_is_longer_than_the_longest_recording_is_left_out(monkeypatch):
    monkeypatch.setattr("speech.audio.incoming.FULL", 10_000)
    incoming, samples = streamed(16_000, SOUND)
    assert incoming.length == len(samples) == 10_000
    assert FULL == 30 * 60 * SAMPLE_RATE


def test_two_recordings_are_told_apart_and_too_little_is_refused():
    one, other = (streamed(16_000, SOUND[cut:])[0].recording("take") for cut in (0, 2))
    assert one.digest != other.digest
    with pytest.raises(RecordingError, match="too short"):
        streamed(16_000, SOUND[:100])[0].recording("take")
