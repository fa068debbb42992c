"""Signal helpers: frames, decibels, runs of flags, 16-bit samples, and linear-phase filters.

Levels are mean powers in dBFS. The filters are windowed sincs, which speech/live/filtering.py applies.
Everything here uses numpy only: it is needed before the first word is recognised, and importing
scipy.signal (with scipy.stats) or librosa would delay every start by up to a second.
tests/speech/audio/test_signal.py compares it with scipy.signal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speech.audio.recording import SAMPLE_RATE, Samples

INT16_FULL_SCALE = 2**15  # steps of 16 bits on each side of zero
BLACKMAN_TRANSITION_BINS = 5.5  # width of a Blackman window's transition in bins

Floats = NDArray[np.float64]
Taps = NDArray[np.float64]


def to_int16(samples: ArrayLike) -> NDArray[np.int16]:
    """Return samples as 16-bit integers, rounded; values beyond full scale are clipped."""
    steps = np.rint(np.asarray(samples) * INT16_FULL_SCALE)
    held: NDArray[np.int16] = np.clip(steps, -INT16_FULL_SCALE, INT16_FULL_SCALE - 1).astype("<i2")
    return held


def from_int16(steps: NDArray[np.int16]) -> Samples:
    """Return the samples of 16-bit steps, exactly."""
    return np.asarray(steps, np.float32) * np.float32(1 / INT16_FULL_SCALE)


def to_decibels(power: ArrayLike, quietest_db: float) -> Floats:
    """Return the level of one or several mean powers in dB.

    Args:
        power: Mean power, of any shape.
        quietest_db: Lower limit of the result.
    """
    return np.asarray(10 * np.log10(np.maximum(power, from_decibels(quietest_db))))


def from_decibels(level_db: ArrayLike) -> Floats:
    """Return the mean power of one or several levels in dB."""
    return np.asarray(10.0 ** (np.asarray(level_db) / 10))


def smooth_levels(levels_db: Floats, width: int) -> Floats:
    """Average levels over neighbouring frames by their power; beyond the ends the power is 0.

    Args:
        levels_db: Shape (frames,).
        width: Number of frames.
    """
    power = np.convolve(from_decibels(levels_db), np.full(width, 1 / width), mode="same")
    return np.asarray(10 * np.log10(power))


def split_frames(samples: NDArray[np.floating], width: int, hop: int) -> NDArray[np.floating]:
    """Return the complete frames of `width` samples that start every `hop` samples.

    Returns:
        A view of shape (frames, width).
    """
    return np.lib.stride_tricks.sliding_window_view(samples, width)[::hop]


def measure_frame_power(samples: NDArray[np.floating], width: int) -> Floats:
    """Return the mean power of each complete frame of `width` samples, without overlap, shape (frames,)."""
    frames = samples[: len(samples) // width * width].reshape(-1, width)
    return np.asarray(np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / width)


def find_runs(flags: NDArray[np.bool_], shortest: int = 1) -> list[tuple[int, int]]:
    """Return the first and last (exclusive) index of each run of at least `shortest` true flags, in order."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False))
    begins, ends = edges[::2], edges[1::2]
    is_long = ends - begins >= shortest  # before they are numbers of Python: a long sound has a million short ones
    return list(zip(begins[is_long].tolist(), ends[is_long].tolist(), strict=True))


def design_low_pass(cutoff: float, transition: float) -> Taps:
    """Return the impulse response of a low-pass filter, of odd length.

    Args:
        cutoff: Frequency of half the amplitude, in Hz.
        transition: Width of the transition band, in Hz.
    """
    half = round(BLACKMAN_TRANSITION_BINS * SAMPLE_RATE / transition / 2)
    at = np.arange(-half, half + 1)
    taps = np.sinc(2 * cutoff / SAMPLE_RATE * at) * np.blackman(2 * half + 1)
    return np.asarray(taps / taps.sum())


def design_high_pass(cutoff: float, transition: float) -> Taps:
    """Return the impulse response of the complementary high-pass filter; frequencies in Hz."""
    taps = -design_low_pass(cutoff, transition)
    taps[len(taps) // 2] += 1
    return taps


def design_band_pass(low: float, high: float, transition: float) -> Taps:
    """Return the impulse response of a band-pass filter; frequencies in Hz."""
    return design_low_pass(high, transition) - design_low_pass(low, transition)
