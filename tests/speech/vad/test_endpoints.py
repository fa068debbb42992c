"""Boundaries between tones and silence at known times, from detections with realistic errors."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio.recording import Recording
from speech.segment import Segment
from speech.vad.endpoints import MIN_LEVEL_DBFS, measure_levels, refine_by_energy
from tests.support.sounds import make_noise, make_silence, make_tone

NEAR = 0.0101  # s, two steps
ROOM = -64.0  # dB re full scale, a quiet room
OFF = [-0.09, -0.06, -0.03, 0.0, 0.03, 0.06, 0.09]  # s by which the detector is late


def make_recording(*sounds):
    return Recording(np.concatenate(sounds), "tones", "0" * 64)


def add_room(*sounds):
    joined = np.concatenate(sounds)
    return make_recording(joined + make_noise(len(joined) / 16_000, ROOM))


def list_boundaries(spans):
    return [moment for span in spans for moment in (span.start, span.end)]


def test_levels_are_in_decibels_of_full_scale_every_5_ms():
    energy = measure_levels(np.concatenate((make_tone(1.0, 400, 0.5), make_tone(1.0, 400, 0.05), make_silence(1.0))))
    assert len(energy) == 600
    assert energy[10:190] == pytest.approx(-9.03, abs=0.1)  # 10 ms hold four whole periods
    assert energy[210:390] == pytest.approx(-29.03, abs=0.1)
    assert energy[410:] == pytest.approx(MIN_LEVEL_DBFS)


@pytest.mark.parametrize("late", OFF)
def test_the_boundaries_of_a_tone_are_found_within_10_ms(late):
    sound = add_room(make_silence(1.0), make_tone(1.0), make_silence(1.0), make_tone(1.0), make_silence(1.0))
    settled = refine_by_energy(sound, (Segment(1 + late, 2 + late), Segment(3 + late, 4 + late)))
    assert list_boundaries(settled) == pytest.approx([1, 2, 3, 4], abs=NEAR)


@pytest.mark.parametrize("late", OFF)
def test_digital_silence_counts_as_silence(late):
    sound = make_recording(make_silence(1.0), make_tone(1.0), make_silence(1.0), make_tone(1.0), make_silence(1.0))
    settled = refine_by_energy(sound, (Segment(1 + late, 2 + late), Segment(3 + late, 4 + late)))
    assert list_boundaries(settled) == pytest.approx([1, 2, 3, 4], abs=NEAR)


@pytest.mark.parametrize("detected", [1.75, 1.8, 1.9, 2.0])
def test_a_soft_ending_belongs_to_its_word(detected):
    # 1.7 s at full strength, then 0.3 s that die away from -9 to -49 dB, 15 dB over the room.
    fade = make_tone(0.3) * 10 ** (-np.linspace(0, 40, 4800) / 20)
    sound = add_room(make_tone(1.7), fade.astype(np.float32), make_silence(1.0), make_tone(1.0))
    settled = refine_by_energy(sound, (Segment(0, detected), Segment(3, 4)))
    assert settled[0].end == pytest.approx(2.0, abs=NEAR)


def test_the_closure_before_a_last_consonant_does_not_end_the_word():
    burst = make_noise(0.03, -30)
    sound = add_room(make_tone(1.0), make_silence(0.08), burst, make_silence(1.0), make_tone(1.0))
    settled = refine_by_energy(sound, (Segment(0, 0.98), Segment(2.11, 3.11)))
    assert settled[0].end == pytest.approx(1.11, abs=NEAR)
    assert settled[1].start == pytest.approx(2.11, abs=NEAR)


def test_a_breath_hardly_above_the_room_stays_outside_the_speech():
    sound = add_room(make_tone(1.0, peak=0.2), make_noise(0.5, ROOM + 5), make_silence(0.7), make_tone(1.0, peak=0.2))
    settled = refine_by_energy(sound, (Segment(0, 1.05), Segment(2.15, 3.2)))
    assert list_boundaries(settled)[1:3] == pytest.approx([1.0, 2.2], abs=NEAR)


def test_a_breath_beside_speech_moves_its_boundary_by_at_most_0_33_seconds():
    sound = add_room(make_tone(1.0), make_silence(1.0), make_noise(0.8, -40), make_tone(1.0))
    settled = refine_by_energy(sound, (Segment(0, 1.0), Segment(2.8, 3.8)))
    assert 2.8 - settled[1].start <= 0.3 + NEAR


def test_the_first_boundary_moves_over_a_soft_beginning():
    rise = make_tone(0.25) * 10 ** (-np.linspace(30, 0, 4000) / 20)
    sound = add_room(make_silence(1.0), rise.astype(np.float32), make_tone(1.0), make_silence(1.0))
    assert list_boundaries(refine_by_energy(sound, (Segment(1.22, 2.2),))) == pytest.approx([1.0, 2.25], abs=NEAR)


def test_boundaries_stay_if_the_pause_is_as_loud_as_the_speech():
    sound = make_recording(make_noise(4.0, -20))
    detected = (Segment(0.5, 1.5), Segment(2.5, 3.5))
    assert list_boundaries(refine_by_energy(sound, detected)) == list_boundaries(detected)


def test_speech_that_fills_the_recording_stays():
    assert refine_by_energy(make_recording(make_tone(2.0)), (Segment(0, 2),)) == (Segment(0, 2),)


def test_without_speech_there_are_no_boundaries():
    assert refine_by_energy(make_recording(make_silence(2.0)), ()) == ()


@st.composite
def draw_detections(draw):
    """Draw a sound of tones, noises and silences, and segments of it that do not touch."""
    lengths = draw(st.lists(st.integers(1, 40), min_size=1, max_size=8))
    loudness = draw(st.lists(st.sampled_from([None, -10, -30, -50, -64]), min_size=len(lengths), max_size=len(lengths)))
    parts = [
        make_silence(length / 20) if loud is None else make_noise(length / 20, loud)
        for length, loud in zip(lengths, loudness, strict=True)
    ]
    moments = draw(st.lists(st.integers(0, sum(lengths) * 5), max_size=10, unique=True).map(sorted))
    pairs = zip(moments[::2], moments[1::2], strict=False)
    return make_recording(*parts), tuple(Segment(start / 100, end / 100) for start, end in pairs)


@settings(max_examples=150, deadline=None)
@given(draw_detections())
def test_segments_keep_their_number_and_order_inside_the_recording(case):
    sound, detected = case
    settled = refine_by_energy(sound, detected)
    assert len(settled) == len(detected)
    moments = list_boundaries(settled)
    assert moments == sorted(moments)
    assert all(0 <= moment <= sound.duration for moment in moments)
