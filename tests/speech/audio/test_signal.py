"""Signal helpers compared with closed forms and with scipy.signal."""

import numpy as np
import pytest
import scipy

from speech.audio import signal
from speech.audio.recording import SAMPLE_RATE
from tests.support.sounds import apply_filter, make_noise, make_tone, measure_level


def test_samples_beyond_full_scale_are_clipped_to_16_bits():
    assert signal.to_int16([-1.5, -1, -0.5, 0, 1 / 32768, 0.5, 1, 2]).tolist() == [
        -32768, -32768, -16384, 0, 1, 16384, 32767, 32767,
    ]  # fmt: skip


def test_every_16_bit_value_survives_a_round_trip():
    steps = np.arange(-32768, 32768)
    assert np.array_equal(signal.to_int16((steps / 32768).astype(np.float32)), steps)


def test_a_tenth_of_the_power_is_10_db_less_and_zero_is_the_minimum():
    assert signal.to_decibels([1, 0.1, 1e-9, 0], -60) == pytest.approx([0, -10, -60, -60])
    assert signal.from_decibels([0, -10, 3]) == pytest.approx([1, 0.1, 1.995262])


def test_levels_are_averaged_by_their_power():
    smooth = signal.smooth_levels(np.array([-80.0, 0.0, -80.0, -80.0, -80.0]), 3)
    third = 10 * np.log10((1 + 2e-8) / 3)
    assert smooth == pytest.approx([10 * np.log10((1 + 1e-8) / 3), third, third, -80, 10 * np.log10(2e-8 / 3)])


def test_frames_start_at_every_hop_and_are_complete():
    assert signal.split_frames(np.arange(9), 4, 2).tolist() == [[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7]]


def test_the_power_of_a_frame_is_the_mean_of_its_squares():
    assert signal.measure_frame_power(np.array([1, -1, 3, 3, 5], np.float32), 2).tolist() == [1, 9]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("", []), ("000", []), ("111", [(0, 3)]), ("0110", [(1, 3)]), ("1011001", [(0, 1), (2, 4), (6, 7)])],
)
def test_runs_are_consecutive_true_flags(flags, expected):
    assert signal.find_runs(np.array([flag == "1" for flag in flags], dtype=bool)) == expected


@pytest.mark.parametrize(("cutoff", "transition"), [(30, 40), (70, 40), (300, 40), (1000, 400)])
def test_the_low_pass_equals_the_windowed_sinc_of_scipy(cutoff, transition):
    taps = signal.design_low_pass(cutoff, transition)
    assert taps == pytest.approx(scipy.signal.firwin(len(taps), cutoff, window="blackman", fs=SAMPLE_RATE), abs=1e-15)


def test_low_pass_band_pass_and_high_pass_add_up_to_the_sound():
    sound = make_noise(1, -20)
    parts = (signal.design_low_pass(70, 40), signal.design_band_pass(70, 300, 40), signal.design_high_pass(300, 40))
    assert sum(apply_filter(sound, taps) for taps in parts) == pytest.approx(sound, abs=1e-6)


@pytest.mark.parametrize(("hertz", "change_db"), [(150, 0), (30, -60), (350, -60)])
def test_a_band_pass_keeps_only_its_band(hertz, change_db):
    sound, inside = make_tone(6, hertz), slice(SAMPLE_RATE, -SAMPLE_RATE)
    change = measure_level(apply_filter(sound, signal.design_band_pass(70, 300, 40))[inside]) - measure_level(
        sound[inside]
    )
    assert change == pytest.approx(0, abs=0.05) if change_db == 0 else change < change_db
