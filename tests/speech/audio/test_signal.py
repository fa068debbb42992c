"""Signal helpers against closed forms, and filters against the windowed sinc written out."""

import numpy as np
import pytest
import scipy

from speech.audio import signal
from speech.audio.recording import SAMPLE_RATE
from tests.support.sounds import level, noise, tone


def test_full_scale_and_beyond_is_held_at_the_ends_of_16_bits():
    assert signal.to_int16([-1.5, -1, -0.5, 0, 1 / 32768, 0.5, 1, 2]).tolist() == [
        -32768, -32768, -16384, 0, 1, 16384, 32767, 32767,
    ]  # fmt: skip


def test_every_16_bit_step_comes_back_as_itself():
    steps = np.arange(-32768, 32768)
    assert np.array_equal(signal.to_int16((steps / 32768).astype(np.float32)), steps)


def test_a_tenth_of_the_power_is_ten_decibels_less_and_nothing_is_the_quietest():
    assert signal.decibels([1, 0.1, 1e-9, 0], -60) == pytest.approx([0, -10, -60, -60])
    assert signal.from_decibels([0, -10, 3]) == pytest.approx([1, 0.1, 1.995262])


def test_levels_are_averaged_by_their_power():
    smooth = signal.smooth_levels(np.array([-80.0, 0.0, -80.0, -80.0, -80.0]), 3)
    third = 10 * np.log10((1 + 2e-8) / 3)
    assert smooth == pytest.approx([10 * np.log10((1 + 1e-8) / 3), third, third, -80, 10 * np.log10(2e-8 / 3)])


def test_frames_begin_at_every_hop_and_are_whole():
    assert signal.frame(np.arange(9), 4, 2).tolist() == [[0, 1, 2, 3], [2, 3, 4, 5], [4, 5, 6, 7]]


def test_the_power_of_a_frame_is_the_mean_of_its_squares():
    assert signal.frame_power(np.array([1, -1, 3, 3, 5], np.float32), 2).tolist() == [1, 9]


@pytest.mark.parametrize(
    ("flags", "expected"),
    [("", []), ("000", []), ("111", [(0, 3)]), ("0110", [(1, 3)]), ("1011001", [(0, 1), (2, 4), (6, 7)])],
)
def test_runs_are_where_flags_stand_side_by_side(flags, expected):
    assert signal.runs(np.array([flag == "1" for flag in flags], dtype=bool)) == expected


@pytest.mark.parametrize(("cutoff", "transition"), [(30, 40), (70, 40), (300, 40), (1000, 400)])
def test_a_low_pass_is_the_windowed_sinc_of_scipy(cutoff, transition):
    taps = signal.low_pass(cutoff, transition)
    assert taps == pytest.approx(scipy.signal.firwin(len(taps), cutoff, window="blackman", fs=SAMPLE_RATE), abs=1e-15)


@pytest.mark.parametrize("length", [1, 700, SAMPLE_RATE, 2 * signal.FFT_SIZE + 5000])
def test_a_filter_gives_the_convolution_by_scipy_of_the_sound_held_at_its_ends(length):
    sound = noise(length / SAMPLE_RATE, -20) + np.float32(0.1)
    taps = signal.low_pass(300, 400)
    held = np.pad(sound.astype(float), len(taps) // 2, mode="edge")
    expected = scipy.signal.oaconvolve(held, taps, mode="valid")
    assert signal.apply_filter(sound, taps) == pytest.approx(expected, abs=1e-7)


def test_low_band_and_high_add_up_to_the_sound():
    sound = noise(1, -20)
    parts = (signal.low_pass(70, 40), signal.band_pass(70, 300, 40), signal.high_pass(300, 40))
    assert sum(signal.apply_filter(sound, taps) for taps in parts) == pytest.approx(sound, abs=1e-6)


@pytest.mark.parametrize(("hertz", "change_db"), [(150, 0), (30, -60), (350, -60)])
def test_a_band_lets_through_what_lies_in_it(hertz, change_db):
    sound, inside = tone(6, hertz), slice(SAMPLE_RATE, -SAMPLE_RATE)
    change = level(signal.apply_filter(sound, signal.band_pass(70, 300, 40))[inside]) - level(sound[inside])
    assert change == pytest.approx(0, abs=0.05) if change_db == 0 else change < change_db
