import numpy as np
import pytest

from analysis.measures.pitch import BLOCK, FRAME, HOP, WINDOW, _normalised_difference, pitch, pitch_variation
from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Span

SECONDS = 4.0


def voice_of(semitones: np.ndarray, base: float = 120.0) -> Recording:
    """A buzz like a voice (twelve harmonics falling off) whose F0 follows `semitones` above `base` Hz."""
    phase = 2 * np.pi * np.cumsum(base * 2 ** (semitones / 12)) / SAMPLE_RATE
    sound = sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 13))
    return from_samples((0.1 * sound).astype(np.float32), "buzz")


def moments(seconds: float = SECONDS) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def whole(recording: Recording) -> tuple[Span, ...]:
    return (Span(0, recording.duration),)


def test_an_octave_glide_varies_by_twelve_semitones_over_the_root_of_twelve():
    recording = voice_of(12 * moments() / SECONDS)
    assert pitch_variation(recording, whole(recording)) == pytest.approx(12 / np.sqrt(12), abs=0.1)


def test_a_slow_sway_of_three_semitones_varies_by_three_over_the_root_of_two():
    recording = voice_of(3 * np.sin(2 * np.pi * 1.0 * moments()))
    assert pitch_variation(recording, whole(recording)) == pytest.approx(3 / np.sqrt(2), abs=0.1)


@pytest.mark.parametrize("base", [75.0, 120.0, 210.0, 330.0])
def test_the_same_melody_varies_alike_in_low_and_high_voices(base):
    recording = voice_of(2 * np.sin(2 * np.pi * 0.5 * moments()), base)
    assert pitch_variation(recording, whole(recording)) == pytest.approx(2 / np.sqrt(2), abs=0.1)


@pytest.mark.parametrize("base", [70.0, 123.4, 210.0, 400.0])
def test_a_steady_tone_has_its_own_pitch_to_half_a_percent_and_does_not_vary(base):
    recording = voice_of(np.zeros(len(moments())), base)
    assert np.nanmedian(pitch(recording.samples)) == pytest.approx(base, rel=0.005)
    assert pitch_variation(recording, whole(recording)) == pytest.approx(0, abs=0.05)


def test_noise_without_a_period_has_no_pitch_variation():
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * SAMPLE_RATE).astype(np.float32)
    recording = from_samples(noise, "noise")
    assert pitch_variation(recording, whole(recording)) is None


def test_digital_silence_has_no_pitch_variation():
    recording = from_samples(np.zeros(4 * SAMPLE_RATE, np.float32), "silence")
    assert pitch_variation(recording, whole(recording)) is None


def test_less_than_a_second_of_voice_has_no_pitch_variation():
    recording = voice_of(np.zeros(len(moments())))
    assert pitch_variation(recording, (Span(0, 0.5), Span(2, 2.3))) is None
    assert pitch_variation(recording, ()) is None


def test_only_voiced_stretches_count():
    low, high = np.zeros(len(moments())), np.full(len(moments()), 9.0)
    recording = voice_of(np.concatenate([low, high]))
    assert pitch_variation(recording, (Span(0, SECONDS),)) == pytest.approx(0, abs=0.05)
    assert pitch_variation(recording, whole(recording)) == pytest.approx(4.5, abs=0.1)


@pytest.mark.parametrize("lag", [33, 100, 247])
def test_the_difference_at_a_lag_is_that_of_yins_equation_8(lag):
    frames = np.random.default_rng(2).normal(size=(3, FRAME))
    differences = np.array(
        [np.sum((frames[:, :WINDOW] - frames[:, step : step + WINDOW]) ** 2, axis=1) for step in range(1, lag + 1)]
    )
    expected = differences[-1] / differences.mean(axis=0)
    assert _normalised_difference(frames, np.full(3, lag)) == pytest.approx(expected, rel=1e-9)


def test_a_long_stretch_is_tracked_as_its_parts_are():
    sound = voice_of(3 * np.sin(2 * np.pi * 0.3 * moments(25.0))).samples
    border = BLOCK * HOP
    parts = np.concatenate([pitch(sound[: border - HOP + FRAME]), pitch(sound[border:])])
    inside = np.delete(np.arange(len(parts)), [BLOCK - 1, BLOCK])  # where the running mean meets the cut
    assert len(parts) == len(pitch(sound))
    assert pitch(sound)[inside] == pytest.approx(parts[inside], nan_ok=True)
