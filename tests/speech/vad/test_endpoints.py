"""Borders between tones and silence at known times, from starting points as wrong as a voice detector's."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speech.audio.recording import Recording
from speech.segment import Span
from speech.vad.endpoints import QUIETEST, levels, settle
from tests.support.sounds import noise, silence, tone

NEAR = 0.0101  # s, two steps
ROOM = -64.0  # dB re full scale, a quiet room
OFF = [-0.09, -0.06, -0.03, 0.0, 0.03, 0.06, 0.09]  # s by which the detector is late


def recording(*sounds):
    return Recording(np.concatenate(sounds), "tones", "0" * 64)


def in_room(*sounds):
    joined = np.concatenate(sounds)
    return recording(joined + noise(len(joined) / 16_000, ROOM))


def borders(spans):
    return [moment for span in spans for moment in (span.start, span.end)]


def test_levels_are_in_decibels_of_full_scale_every_5_ms():
    energy = levels(np.concatenate((tone(1.0, 400, 0.5), tone(1.0, 400, 0.05), silence(1.0))))
    assert len(energy) == 600
    assert energy[10:190] == pytest.approx(-9.03, abs=0.1)  # 10 ms hold four whole periods
    assert energy[210:390] == pytest.approx(-29.03, abs=0.1)
    assert energy[410:] == pytest.approx(QUIETEST)


@pytest.mark.parametrize("late", OFF)
def test_the_borders_of_a_tone_are_found_to_10_ms(late):
    sound = in_room(silence(1.0), tone(1.0), silence(1.0), tone(1.0), silence(1.0))
    settled = settle(sound, (Span(1 + late, 2 + late), Span(3 + late, 4 + late)))
    assert borders(settled) == pytest.approx([1, 2, 3, 4], abs=NEAR)


@pytest.mark.parametrize("late", OFF)
def test_digital_silence_is_silence(late):
    sound = recording(silence(1.0), tone(1.0), silence(1.0), tone(1.0), silence(1.0))
    settled = settle(sound, (Span(1 + late, 2 + late), Span(3 + late, 4 + late)))
    assert borders(settled) == pytest.approx([1, 2, 3, 4], abs=NEAR)


@pytest.mark.parametrize("detected", [1.75, 1.8, 1.9, 2.0])
def test_a_soft_ending_belongs_to_its_word(detected):
    # 1.7 s at full strength, then 0.3 s that die away from -9 to -49 dB, 15 dB over the room.
    fade = tone(0.3) * 10 ** (-np.linspace(0, 40, 4800) / 20)
    sound = in_room(tone(1.7), fade.astype(np.float32), silence(1.0), tone(1.0))
    settled = settle(sound, (Span(0, detected), Span(3, 4)))
    assert settled[0].end == pytest.approx(2.0, abs=NEAR)


def test_the_closure_before_a_last_consonant_does_not_end_the_word():
    burst = noise(0.03, -30)
    sound = in_room(tone(1.0), silence(0.08), burst, silence(1.0), tone(1.0))
    settled = settle(sound, (Span(0, 0.98), Span(2.11, 3.11)))
    assert settled[0].end == pytest.approx(1.11, abs=NEAR)
    assert settled[1].start == pytest.approx(2.11, abs=NEAR)


def test_a_breath_hardly_over_the_room_stays_outside_the_voice():
    sound = in_room(tone(1.0, peak=0.2), noise(0.5, ROOM + 5), silence(0.7), tone(1.0, peak=0.2))
    settled = settle(sound, (Span(0, 1.05), Span(2.15, 3.2)))
    assert borders(settled)[1:3] == pytest.approx([1.0, 2.2], abs=NEAR)


def test_a_breath_that_touches_the_voice_moves_its_border_by_no_more_than_a_third_of_a_second():
    sound = in_room(tone(1.0), silence(1.0), noise(0.8, -40), tone(1.0))
    settled = settle(sound, (Span(0, 1.0), Span(2.8, 3.8)))
    assert 2.8 - settled[1].start <= 0.3 + NEAR


def test_the_first_border_moves_over_a_soft_beginning():
    rise = tone(0.25) * 10 ** (-np.linspace(30, 0, 4000) / 20)
    sound = in_room(silence(1.0), rise.astype(np.float32), tone(1.0), silence(1.0))
    assert borders(settle(sound, (Span(1.22, 2.2),))) == pytest.approx([1.0, 2.25], abs=NEAR)


def test_where_the_pause_is_as_loud_as_the_voice_borders_stay():
    sound = recording(noise(4.0, -20))
    detected = (Span(0.5, 1.5), Span(2.5, 3.5))
    assert borders(settle(sound, detected)) == borders(detected)


def test_a_voice_that_fills_the_recording_stays():
    assert settle(recording(tone(2.0)), (Span(0, 2),)) == (Span(0, 2),)


def test_without_voice_there_are_no_borders():
    assert settle(recording(silence(2.0)), ()) == ()


@st.composite
def detections(draw):
    """A sound of tones, noises and silences, and stretches somewhere in it that do not touch."""
    lengths = draw(st.lists(st.integers(1, 40), min_size=1, max_size=8))
    loudness = draw(st.lists(st.sampled_from([None, -10, -30, -50, -64]), min_size=len(lengths), max_size=len(lengths)))
    parts = [
        silence(length / 20) if loud is None else noise(length / 20, loud)
        for length, loud in zip(lengths, loudness, strict=True)
    ]
    moments = draw(st.lists(st.integers(0, sum(lengths) * 5), max_size=10, unique=True).map(sorted))
    pairs = zip(moments[::2], moments[1::2], strict=False)
    return recording(*parts), tuple(Span(start / 100, end / 100) for start, end in pairs)


@settings(max_examples=150, deadline=None)
@given(detections())
def test_stretches_keep_their_number_and_order_and_stay_inside(case):
    sound, detected = case
    settled = settle(sound, detected)
    assert len(settled) == len(detected)
    moments = borders(settled)
    assert moments == sorted(moments)
    assert all(0 <= moment <= sound.duration for moment in moments)
