import numpy as np
import pytest

from analysis.measures.pitch import (
    BLOCK_FRAMES,
    FRAME_SAMPLES,
    HOP_SAMPLES,
    WINDOW_SAMPLES,
    _compute_normalised_difference,
    compute_pitch_variation,
    find_hum,
    track_melody,
    track_pitch,
)
from speech.audio.recording import SAMPLE_RATE, Recording, from_samples
from speech.segment import Segment

SECONDS = 4.0


def make_voice(semitones: np.ndarray, base: float = 120.0) -> Recording:
    """Make a voice-like buzz (twelve decaying harmonics) whose F0 follows `semitones` above `base` Hz."""
    phase = 2 * np.pi * np.cumsum(base * 2 ** (semitones / 12)) / SAMPLE_RATE
    sound = sum(np.sin(harmonic * phase) / harmonic for harmonic in range(1, 13))
    return from_samples((0.1 * sound).astype(np.float32), "buzz")


def make_moments(seconds: float = SECONDS) -> np.ndarray:
    return np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def get_whole_span(recording: Recording) -> tuple[Segment, ...]:
    return (Segment(0, recording.duration),)


def test_an_octave_glide_varies_by_twelve_semitones_over_root_twelve():
    recording = make_voice(12 * make_moments() / SECONDS)
    assert compute_pitch_variation(recording, get_whole_span(recording)) == pytest.approx(12 / np.sqrt(12), abs=0.1)


def test_a_slow_three_semitone_vibrato_varies_by_three_over_root_two():
    recording = make_voice(3 * np.sin(2 * np.pi * 1.0 * make_moments()))
    assert compute_pitch_variation(recording, get_whole_span(recording)) == pytest.approx(3 / np.sqrt(2), abs=0.1)


@pytest.mark.parametrize("base", [75.0, 120.0, 210.0, 330.0])
def test_the_same_melody_has_the_same_variation_in_low_and_high_voices(base):
    recording = make_voice(2 * np.sin(2 * np.pi * 0.5 * make_moments()), base)
    assert compute_pitch_variation(recording, get_whole_span(recording)) == pytest.approx(2 / np.sqrt(2), abs=0.1)


@pytest.mark.parametrize("base", [70.0, 123.4, 210.0, 400.0])
def test_a_steady_tone_is_tracked_within_half_a_percent_and_has_no_variation(base):
    recording = make_voice(np.zeros(len(make_moments())), base)
    assert np.nanmedian(track_pitch(recording.samples)) == pytest.approx(base, rel=0.005)
    assert compute_pitch_variation(recording, get_whole_span(recording)) == pytest.approx(0, abs=0.05)


def test_noise_without_a_period_has_no_pitch_variation():
    noise = np.random.default_rng(1).normal(0, 0.1, 4 * SAMPLE_RATE).astype(np.float32)
    recording = from_samples(noise, "noise")
    assert compute_pitch_variation(recording, get_whole_span(recording)) is None


def test_digital_silence_has_no_pitch_variation():
    recording = from_samples(np.zeros(4 * SAMPLE_RATE, np.float32), "silence")
    assert compute_pitch_variation(recording, get_whole_span(recording)) is None


def test_less_than_a_second_of_voice_has_no_pitch_variation():
    recording = make_voice(np.zeros(len(make_moments())))
    assert compute_pitch_variation(recording, (Segment(0, 0.5), Segment(2, 2.3))) is None
    assert compute_pitch_variation(recording, ()) is None


def test_only_voiced_segments_count():
    low, high = np.zeros(len(make_moments())), np.full(len(make_moments()), 9.0)
    recording = make_voice(np.concatenate([low, high]))
    assert compute_pitch_variation(recording, (Segment(0, SECONDS),)) == pytest.approx(0, abs=0.05)
    assert compute_pitch_variation(recording, get_whole_span(recording)) == pytest.approx(4.5, abs=0.1)


@pytest.mark.parametrize("lag", [33, 100, 247])
def test_the_normalised_difference_matches_equation_8_of_yin(lag):
    frames = np.random.default_rng(2).normal(size=(3, FRAME_SAMPLES))
    differences = np.array(
        [
            np.sum((frames[:, :WINDOW_SAMPLES] - frames[:, step : step + WINDOW_SAMPLES]) ** 2, axis=1)
            for step in range(1, lag + 1)
        ]
    )
    expected = differences[-1] / differences.mean(axis=0)
    assert _compute_normalised_difference(frames, np.full(3, lag)) == pytest.approx(expected, rel=1e-9)


def test_a_long_recording_is_tracked_as_its_parts_are():
    sound = make_voice(3 * np.sin(2 * np.pi * 0.3 * make_moments(25.0))).samples
    border = BLOCK_FRAMES * HOP_SAMPLES
    parts = np.concatenate([track_pitch(sound[: border - HOP_SAMPLES + FRAME_SAMPLES]), track_pitch(sound[border:])])
    inside = np.delete(np.arange(len(parts)), [BLOCK_FRAMES - 1, BLOCK_FRAMES])  # where the running mean meets the cut
    assert len(parts) == len(track_pitch(sound))
    assert track_pitch(sound)[inside] == pytest.approx(parts[inside], nan_ok=True)


def make_halting_voice(hum: float) -> tuple[Recording, tuple[Segment, ...]]:
    """Make a lively voice that is soft for a third of each voiced stretch, over a steady buzz of a level."""
    moments = make_moments(12.0)
    voice = make_voice(4 * np.sin(2 * np.pi * 0.6 * moments), 160.0).samples
    loud = (moments % 3 < 2.4) * np.where(moments % 0.6 < 0.4, 1.0, 0.002)
    buzz = make_voice(np.zeros(len(moments)), 100.0).samples * 10 ** (hum / 20)
    stretches = tuple(Segment(start, start + 2.4) for start in (0.0, 3.0, 6.0, 9.0))
    return from_samples((voice * loud + buzz).astype(np.float32), "halting"), stretches


@pytest.mark.parametrize("hum", [-60, -50, -40, -30])
def test_a_buzz_behind_the_voice_changes_its_melody_by_less_than_a_third_of_a_semitone(hum):
    clean = compute_pitch_variation(*make_halting_voice(-120))
    assert clean == pytest.approx(4 / np.sqrt(2), abs=0.3)
    assert compute_pitch_variation(*make_halting_voice(hum)) == pytest.approx(clean, abs=0.3)


def test_a_melody_follows_the_pitch_in_semitones_a_value_each_step():
    recording = make_voice(3 * np.sin(2 * np.pi * 0.5 * make_moments()))
    melody = track_melody(recording.samples, SAMPLE_RATE // 10)
    at = (np.arange(len(melody)) + 0.5) / 10
    assert len(melody) == pytest.approx(10 * SECONDS, abs=1)
    assert melody - 12 * np.log2(120) == pytest.approx(3 * np.sin(2 * np.pi * 0.5 * at), abs=0.5)


def test_a_melody_has_no_value_where_there_is_no_voice():
    silence = np.zeros(SAMPLE_RATE, np.float32)
    sound = np.concatenate([make_voice(np.zeros(SAMPLE_RATE)).samples, silence])
    melody = track_melody(sound, SAMPLE_RATE // 10)
    assert np.isfinite(melody[1:8]).all()
    assert np.isnan(melody[12:]).all()
    assert np.isnan(track_melody(silence, SAMPLE_RATE // 10)).all()


@pytest.mark.parametrize("hum", [-15, -6, 0])
def test_where_a_buzz_is_loud_the_melody_has_no_value(hum):
    assert compute_pitch_variation(*make_halting_voice(hum)) is None


def test_a_buzz_between_the_words_is_found_with_its_pitch_and_quiet_is_none():
    recording, voice = make_halting_voice(-30)
    found = find_hum(recording, voice)
    assert found is not None
    assert found.pitch == pytest.approx(100, rel=0.01)
    silent, voice = make_halting_voice(-120)
    assert find_hum(silent, voice) is None
