"""Energy in bands of tones and noises whose energy is known."""

import numpy as np
import pytest

from speech.vad.band_energy import BLOCK, COUNT, EDGES, QUIETEST, band_levels
from speech.vad.endpoints import HOP, levels
from tests.support.sounds import noise, silence, tone


def test_the_first_row_is_the_level_of_the_whole_sound():
    sound = np.concatenate((tone(0.5, 300), noise(0.5, -30)))
    assert (band_levels(sound)[0] == levels(sound)).all()


@pytest.mark.parametrize(("hertz", "band"), [(250, 1), (750, 2), (1500, 3), (3000, 4), (6000, 5)])
def test_a_tone_has_its_level_in_its_own_band_and_is_40_db_quieter_in_bands_that_are_not_beside_it(hertz, band):
    energy = band_levels(tone(1.0, hertz, 0.5))[:, 20:-20]
    assert energy[band] == pytest.approx(-9.03, abs=1.0)  # half of full scale, squared and halved
    far = [row for row in range(1, COUNT) if abs(row - band) > 1]
    assert energy[far].max() < -9.03 - 40


def test_white_noise_has_in_each_band_its_share_of_the_spectrum():
    energy = 10 ** (band_levels(noise(5.0, -20))[1:, 20:-20] / 10)
    widths = np.diff(EDGES)
    assert energy.mean(axis=1) / energy.mean(axis=1).sum() == pytest.approx(widths / widths.sum(), abs=0.02)


def test_a_long_sound_is_taken_in_blocks_without_a_seam():
    sound = noise(2 * BLOCK * HOP / 16_000, -30)
    begin = (BLOCK - 50) * HOP
    part = band_levels(sound[begin : begin + 100 * HOP])
    whole = band_levels(sound)[:, BLOCK - 50 : BLOCK + 50]
    assert part[:, 5:-5] == pytest.approx(whole[:, 5:-5], abs=1e-3)


def test_digital_silence_is_as_quiet_as_can_be_in_every_band():
    assert (band_levels(silence(0.2))[1:] == QUIETEST).all()


@pytest.mark.parametrize("length", [0, 1, 79, 80, 81, 255, 256, 257])
def test_there_is_a_level_for_every_whole_5_ms(length):
    assert band_levels(np.zeros(length, np.float32)).shape == (COUNT, length // HOP)
