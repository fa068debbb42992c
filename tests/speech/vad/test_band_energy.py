"""Band levels of tones and noises of known energy."""

import numpy as np
import pytest

from speech.vad.band_energy import BAND_EDGES_HZ, BLOCK_FRAMES, MIN_LEVEL_DBFS, ROW_COUNT, measure_band_levels
from speech.vad.endpoints import HOP_SAMPLES, measure_levels
from tests.support.sounds import make_noise, make_silence, make_tone


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
