import numpy as np
import pytest
from numpy.typing import NDArray

from speech.audio.recording import LONGEST, SAMPLE_RATE
from speech.audio.stream_recorder import QUIETEST, Capture
from speech.errors import RecordingError

TONE = 440.0  # Hz


def tone(seconds: float, rate: float, amplitude: float = 0.5) -> NDArray[np.float32]:
    """A sine as one block of one channel."""
    t = np.arange(round(seconds * rate)) / rate
    return (amplitude * np.sin(2 * np.pi * TONE * t)).astype(np.float32)[:, np.newaxis]


def fed(rate: float, *blocks: NDArray[np.float32]) -> Capture:
    capture = Capture(rate)
    for block in blocks:
        capture.add(block)
    return capture


def test_a_sine_of_half_the_full_scale_has_a_level_of_minus_9_db() -> None:
    assert fed(SAMPLE_RATE, tone(1, SAMPLE_RATE)).level == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.01)


def test_the_level_is_that_of_the_last_tenth_of_a_second() -> None:
    silence, half_a_tenth = np.zeros((SAMPLE_RATE, 1), np.float32), tone(0.05, SAMPLE_RATE)
    assert fed(SAMPLE_RATE, tone(1, SAMPLE_RATE), silence).level == QUIETEST
    assert fed(SAMPLE_RATE, silence, half_a_tenth).level == pytest.approx(-9.03 - 3.01, abs=0.01)


def test_before_any_sound_the_level_is_the_quietest_and_no_time_has_passed() -> None:
    capture = Capture(48_000)
    assert (capture.level, capture.elapsed) == (QUIETEST, 0.0)


def test_samples_that_arrive_at_16_khz_are_kept_bit_by_bit() -> None:
    samples = np.random.default_rng(1).uniform(-1, 1, SAMPLE_RATE).astype(np.float32)
    blocks = [block[:, np.newaxis] for block in np.split(samples, 100)]
    np.testing.assert_array_equal(fed(SAMPLE_RATE, *blocks).recording("take").samples, samples)


def test_two_channels_become_their_mean() -> None:
    left = tone(1, SAMPLE_RATE)
    recording = fed(SAMPLE_RATE, np.hstack([left, np.zeros_like(left)])).recording("take")
    np.testing.assert_array_equal(recording.samples, left[:, 0] / 2)


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_tone_keeps_its_pitch_loudness_and_length_at_any_rate_of_the_device(rate: int) -> None:
    blocks = np.array_split(tone(2, rate), 173)
    recording = fed(rate, *blocks).recording("take")
    expected = tone(2, SAMPLE_RATE)[:, 0]
    assert len(recording.samples) == len(expected)
    middle = slice(SAMPLE_RATE // 4, -SAMPLE_RATE // 4)  # the filter rings where a tone begins and ends at once
    np.testing.assert_allclose(recording.samples[middle], expected[middle], atol=1e-3)


def test_time_is_counted_as_sound_that_came_not_as_sound_that_is_resampled() -> None:
    assert fed(44_100, np.zeros((441, 2), np.float32)).elapsed == pytest.approx(0.01)


def test_clipping_is_counted_before_resampling_can_round_it_off() -> None:
    block = tone(1, 48_000)
    block[::100] = 1.0
    assert fed(48_000, block).recording("take").clipped_share == pytest.approx(0.01)


def test_sound_lost_on_the_way_marks_the_recording_damaged_unless_nothing_had_come_yet() -> None:
    block = tone(1, SAMPLE_RATE)
    late, broken = Capture(SAMPLE_RATE), Capture(SAMPLE_RATE)
    late.add(block, incomplete=True)
    late.add(block)
    broken.add(block)
    broken.add(block, incomplete=True)
    assert not late.recording("take").damaged
    assert broken.recording("take").damaged


def test_it_is_full_at_the_longest_recording_and_drops_the_rest() -> None:
    minute = np.zeros((60 * SAMPLE_RATE, 1), np.float32)
    minutes = round(LONGEST / 60)
    capture = fed(SAMPLE_RATE, *[minute] * (minutes - 1), minute[1:])
    assert not capture.is_full
    capture.add(minute)
    assert capture.is_full
    assert capture.elapsed == LONGEST
    assert capture.recording("take").duration == LONGEST


def test_a_take_that_is_too_short_ends_in_a_sentence() -> None:
    with pytest.raises(RecordingError, match=r"take lasts 0\.3 s, too short"):
        fed(48_000, tone(0.3, 48_000)).recording("take")


def test_the_recording_stays_the_same_when_asked_again() -> None:
    capture = fed(48_000, tone(1, 48_000))
    assert capture.recording("take") is capture.recording("take")


def test_with_a_sink_the_sound_is_handed_on_as_it_came_and_only_what_the_level_needs_is_kept() -> None:
    handed: list[NDArray[np.float32]] = []
    capture = Capture(48_000, handed.append)
    block = tone(0.02, 48_000)
    for _ in range(500):
        capture.add(block)
    np.testing.assert_array_equal(np.concatenate(handed), np.tile(block[:, 0], 500))
    assert capture.level == pytest.approx(20 * np.log10(0.5 / np.sqrt(2)), abs=0.1)
    assert capture.elapsed == pytest.approx(10)
    assert sum(map(len, capture._chunks)) < 0.2 * 48_000
