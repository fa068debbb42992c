"""Boundaries between a voice made of tones and noise at known times, from inaccurate detections."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

from speech.audio.recording import Recording
from speech.segment import Segment
from speech.vad.change_points import (
    BAND_EDGES_HZ,
    BLOCK_FRAMES,
    MIN_LEVEL_DBFS,
    ROW_COUNT,
    measure_band_levels,
    refine_boundaries,
)
from speech.vad.endpoints import HOP_SAMPLES, HOP_SECONDS, measure_levels
from tests.speech.vad.test_endpoints import draw_detections, list_boundaries
from tests.support.sounds import make_noise, make_silence, make_tone

NEAR = 0.0151  # s, three steps: half of the window and a step


def make_recording(*sounds):
    return Recording(np.concatenate(sounds).astype(np.float32), "tones", "0" * 64)


def make_voice(seconds, peak=0.3):
    """Make four harmonics that swell and fade four times a second, as syllables do."""
    swell = 0.4 + 0.6 * np.abs(np.sin(2 * np.pi * 2 * np.arange(round(seconds * 16_000)) / 16_000 + 0.7))
    return swell * sum(make_tone(seconds, hertz, peak / 4) for hertz in (150, 700, 1500, 3000))


def make_undecided_odds(sound):
    """Return the log odds of a detector that gives no evidence."""
    return np.zeros(len(sound.samples) // 80)


def make_sure_odds(sound, *spans):
    """Return the log odds of a detector that is certain of these segments."""
    moments = (np.arange(len(sound.samples) // 80) + 0.5) * HOP_SECONDS
    return np.where(np.any([(span.start <= moments) & (moments < span.end) for span in spans], axis=0), 3.0, -3.0)


def add_noise(level, *sounds):
    joined = np.concatenate(sounds)
    return make_recording(joined + make_noise(len(joined) / 16_000, level))


@pytest.mark.parametrize("level", [-64.0, -50.0, -40.0])
@pytest.mark.parametrize("late", [-0.09, -0.05, 0.0, 0.05, 0.09])
def test_boundaries_in_steady_noise_are_found_within_15_ms(late, level):
    sound = add_noise(level, make_silence(1.0), make_voice(1.0), make_silence(1.0), make_voice(1.0), make_silence(1.0))
    heard = (Segment(1 + late, 2 + late), Segment(3 + late, 4 + late))
    assert list_boundaries(refine_boundaries(sound, make_undecided_odds(sound), heard)) == pytest.approx(
        [1, 2, 3, 4], abs=NEAR
    )


def test_a_soft_hiss_over_a_loud_hum_belongs_to_the_speech():
    # The hum is 17 dB louder than the hiss, which the level of the whole does not show.
    hiss = make_noise(0.12, -46)
    word = np.concatenate((make_voice(0.4), hiss, make_voice(0.38)))
    spoken = np.concatenate((make_silence(0.6), word, hiss, make_silence(1.0), make_voice(1.0), make_silence(0.6)))
    hum = make_tone(len(spoken) / 16_000, 120, 0.05)
    sound = add_noise(-66, spoken + hum)
    settled = refine_boundaries(sound, make_undecided_odds(sound), (Segment(0.6, 1.5), Segment(2.62, 3.62)))
    assert settled[0].end == pytest.approx(1.62, abs=NEAR)


def test_a_click_in_a_pause_does_not_belong_to_the_speech():
    click = make_noise(0.01, -20)
    sound = add_noise(-50, make_voice(1.0), make_silence(0.2), click, make_silence(0.8), make_voice(1.0))
    settled = refine_boundaries(sound, make_undecided_odds(sound), (Segment(0, 1.0), Segment(2.01, 3.01)))
    assert list_boundaries(settled)[1:3] == pytest.approx([1.0, 2.01], abs=NEAR)


def test_a_breath_that_the_detector_rejects_stays_outside_the_speech():
    sound = add_noise(-64, make_voice(1.0), make_silence(0.1), make_noise(0.3, -45), make_silence(0.6), make_voice(1.0))
    heard = (Segment(0, 1.0), Segment(2.0, 3.0))
    assert list_boundaries(refine_boundaries(sound, make_sure_odds(sound, *heard), heard)) == pytest.approx(
        [0, 1, 2, 3], abs=NEAR
    )


def test_the_detector_decides_if_the_pause_sounds_like_speech():
    sound = make_recording(make_noise(4.0, -20))
    heard = (Segment(0.55, 1.5), Segment(2.5, 3.45))
    wanted = (Segment(0.5, 1.6), Segment(2.4, 3.5))
    assert list_boundaries(refine_boundaries(sound, make_sure_odds(sound, *wanted), heard)) == pytest.approx(
        list_boundaries(wanted), abs=NEAR
    )


def test_the_boundaries_of_a_very_short_silence_stay():
    sound = add_noise(-50, make_voice(2.0))
    heard = (Segment(0, 1.0), Segment(1.015, 2.0))
    assert list_boundaries(refine_boundaries(sound, make_undecided_odds(sound), heard))[1:3] == [1.0, 1.015]


def test_without_speech_there_are_no_boundaries():
    sound = make_recording(make_silence(1.0))
    assert refine_boundaries(sound, make_undecided_odds(sound), ()) == ()


@settings(max_examples=100, deadline=None)
@given(draw_detections())
def test_segments_keep_their_number_and_order_inside_the_recording(case):
    sound, heard = case
    weighed = refine_boundaries(sound, make_undecided_odds(sound), heard)
    assert len(weighed) == len(heard)
    moments = list_boundaries(weighed)
    assert moments == sorted(moments)
    assert all(0 <= moment <= sound.duration for moment in moments)


def test_the_first_row_is_the_level_of_the_whole_sound():
    sound = np.concatenate((make_tone(0.5, 300), make_noise(0.5, -30)))
    assert (measure_band_levels(sound)[0] == measure_levels(sound)).all()


@pytest.mark.parametrize(("hertz", "band"), [(250, 1), (750, 2), (1500, 3), (3000, 4), (6000, 5)])
def test_a_tone_is_40_db_quieter_in_bands_that_are_not_adjacent(hertz, band):
    energy = measure_band_levels(make_tone(1.0, hertz, 0.5))[:, 20:-20]
    assert energy[band] == pytest.approx(-9.03, abs=1.0)  # half of full scale, squared and halved
    far = [row for row in range(1, ROW_COUNT) if abs(row - band) > 1]
    assert energy[far].max() < -9.03 - 40


def test_white_noise_is_spread_over_bands_by_their_width():
    energy = 10 ** (measure_band_levels(make_noise(5.0, -20))[1:, 20:-20] / 10)
    widths = np.diff(BAND_EDGES_HZ)
    assert energy.mean(axis=1) / energy.mean(axis=1).sum() == pytest.approx(widths / widths.sum(), abs=0.02)


def test_a_long_sound_is_processed_in_blocks_without_a_seam():
    sound = make_noise(2 * BLOCK_FRAMES * HOP_SAMPLES / 16_000, -30)
    begin = (BLOCK_FRAMES - 50) * HOP_SAMPLES
    part = measure_band_levels(sound[begin : begin + 100 * HOP_SAMPLES])
    whole = measure_band_levels(sound)[:, BLOCK_FRAMES - 50 : BLOCK_FRAMES + 50]
    assert part[:, 5:-5] == pytest.approx(whole[:, 5:-5], abs=1e-3)


def test_digital_silence_has_the_minimum_level_in_every_band():
    assert (measure_band_levels(make_silence(0.2))[1:] == MIN_LEVEL_DBFS).all()


@pytest.mark.parametrize("length", [0, 1, 79, 80, 81, 255, 256, 257])
def test_there_is_a_level_for_every_whole_5_ms(length):
    assert measure_band_levels(np.zeros(length, np.float32)).shape == (ROW_COUNT, length // HOP_SAMPLES)
