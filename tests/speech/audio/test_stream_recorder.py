import numpy as np
import pytest
from numpy.typing import NDArray

from speech.audio.recording import MAX_RECORDING_SECONDS, SAMPLE_RATE
from speech.audio.stream_recorder import MIN_LEVEL_DBFS, StreamRecorder
from speech.errors import RecordingError

TONE = 440.0  # Hz


def make_tone(seconds: float, rate: float, amplitude: float = 0.5) -> NDArray[np.float32]:
    """Make a sine as one block of one channel."""
    t = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * TONE * t)).astype(np.float32)[:, np.newaxis]


def make_fed_recorder(rate: float, *blocks: NDArray[np.float32]) -> StreamRecorder:
    capture = StreamRecorder(rate)
    for block in blocks:
        capture.add(block)
    return capture


def test_a_sine_of_half_the_full_scale_has_a_level_of_minus_9_db() -> None:
    assert make_fed_recorder(SAMPLE_RATE, make_tone(1, SAMPLE_RATE)).level == pytest.approx(
        20 * np.log10(0.5 / np.sqrt(2)), abs=0.01
    )


def test_the_level_is_that_of_the_last_tenth_of_a_second() -> None:
    silence, half_a_tenth = np.zeros((SAMPLE_RATE, 1), np.float32), make_tone(0.05, SAMPLE_RATE)
    assert make_fed_recorder(SAMPLE_RATE, make_tone(1, SAMPLE_RATE), silence).level == MIN_LEVEL_DBFS
    assert make_fed_recorder(SAMPLE_RATE, silence, half_a_tenth).level == pytest.approx(-9.03 - 3.01, abs=0.01)


def test_before_any_sound_the_level_is_minimal_and_the_time_zero() -> None:
    capture = StreamRecorder(48_000)
    assert (capture.level, capture.elapsed) == (MIN_LEVEL_DBFS, 0.0)


def test_samples_that_arrive_at_16_khz_are_kept_bit_by_bit() -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, SAMPLE_RATE).astype(np.float32)
    blocks = [block[:, np.newaxis] for block in np.split(samples, 100)]
    np.testing.assert_array_equal(make_fed_recorder(SAMPLE_RATE, *blocks).make_recording("take").samples, samples)


def test_two_channels_become_their_mean() -> None:
    left = make_tone(1, SAMPLE_RATE)
    recording = make_fed_recorder(SAMPLE_RATE, np.hstack([left, np.zeros_like(left)])).make_recording("take")
    np.testing.assert_array_equal(recording.samples, left[:, 0] / 2)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_tone_keeps_its_pitch_loudness_and_length_at_any_rate_of_the_device(rate: int) -> None:
    blocks = np.array_split(make_tone(2, rate), 173)
    recording = make_fed_recorder(rate, *blocks).make_recording("take")
    expected = make_tone(2, SAMPLE_RATE)[:, 0]
    assert len(recording.samples) == len(expected)
    middle = slice(SAMPLE_RATE // 4, -SAMPLE_RATE // 4)  # the filter rings where a tone begins and ends at once
    np.testing.assert_allclose(recording.samples[middle], expected[middle], atol=1e-3)


def test_elapsed_time_counts_received_sound_not_resampled_sound() -> None:
    assert make_fed_recorder(44_100, np.zeros((441, 2), np.float32)).elapsed == pytest.approx(0.01)


def test_clipping_is_counted_before_resampling_can_round_it_off() -> None:
    block = make_tone(1, 48_000)
    block[::100] = 1.0
    assert make_fed_recorder(48_000, block).make_recording("take").clipped_share == pytest.approx(0.01)


def test_sound_lost_after_the_first_block_marks_the_recording_damaged() -> None:
    block = make_tone(1, SAMPLE_RATE)
    late, broken = StreamRecorder(SAMPLE_RATE), StreamRecorder(SAMPLE_RATE)
    late.add(block, incomplete=True)
    late.add(block)
    broken.add(block)
    broken.add(block, incomplete=True)
    assert not late.make_recording("take").damaged
    assert broken.make_recording("take").damaged


def test_a_recorder_is_full_at_its_maximum_length_and_drops_the_rest() -> None:
    minute = np.zeros((60 * SAMPLE_RATE, 1), np.float32)
    minutes = round(MAX_RECORDING_SECONDS / 60)
    capture = make_fed_recorder(SAMPLE_RATE, *[minute] * (minutes - 1), minute[1:])
    assert not capture.is_full
    capture.add(minute)
    assert capture.is_full
    assert capture.elapsed == MAX_RECORDING_SECONDS
    assert capture.make_recording("take").duration == MAX_RECORDING_SECONDS


def test_a_recording_that_is_too_short_is_refused_with_a_sentence() -> None:
    with pytest.raises(RecordingError, match=r"take lasts 0\.3 s, too short"):
        make_fed_recorder(48_000, make_tone(0.3, 48_000)).make_recording("take")


def test_a_second_call_returns_the_same_recording() -> None:
    capture = make_fed_recorder(48_000, make_tone(1, 48_000))
    assert capture.make_recording("take") is capture.make_recording("take")


def test_with_a_sink_the_sound_is_handed_on_as_it_came_and_only_what_the_level_needs_is_kept() -> None:
    handed: list[NDArray[np.float32]] = []
    capture = StreamRecorder(48_000, handed.append)
    block = make_tone(0.02, 48_000)
    for _ in range(500):
        capture.add(block)
    np.testing.assert_array_equal(np.concatenate(handed), np.tile(block[:, 0], 500))
    assert capture.level == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.1)
    assert capture.elapsed == pytest.approx(10)
    assert sum(map(len, capture._chunks)) < 0.2 * 48_000
