"""Signal helpers: frames, decibels, runs of flags, 16-bit samples, and linear-phase filters for sound of any length.

Levels are in dB re full scale, of mean power. The filters are windowed sincs: nothing is moved in time, and beyond its
ends the sound goes on as it was there, so that an offset is no step. All of it is numpy's alone: it is needed before
the first word is recognised, and importing scipy.signal (with scipy.stats) or librosa there would make every start wait
for a second or two. tests/speech/audio/test_signal.py holds it against scipy.signal.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speech.audio.recording import SAMPLE_RATE, Samples

INT16_FULL_SCALE = 2**15  # steps of 16 bits on each side of zero
BLACKMAN_WIDTH = 5.5  # width of a Blackman window's transition in bins
FFT_SIZE = 1 << 17  # samples of a block that is filtered

Floats = NDArray[np.float64]
Taps = NDArray[np.float64]


def to_int16(samples: ArrayLike) -> NDArray[np.int16]:
    """Return samples as 16-bit steps, rounded; what lies beyond full scale is held at it."""
    steps = np.rint(np.asarray(samples) * INT16_FULL_SCALE)
    held: NDArray[np.int16] = np.clip(steps, -INT16_FULL_SCALE, INT16_FULL_SCALE - 1).astype("<i2")
    return held


def from_int16(steps: NDArray[np.int16]) -> Samples:
    """Return the samples of 16-bit steps, exactly."""
    return np.asarray(steps, np.float32) * np.float32(1 / INT16_FULL_SCALE)


def decibels(power: ArrayLike, quietest_db: float) -> Floats:
    """Return the level of a mean power, or of each of several; none is below `quietest_db`."""
    return np.asarray(10 * np.log10(np.maximum(power, from_decibels(quietest_db))))


def from_decibels(level_db: ArrayLike) -> Floats:
    """Return the mean power of a level, or of each of several."""
    return np.asarray(10.0 ** (np.asarray(level_db) / 10))


def smooth_levels(levels_db: Floats, width: int) -> Floats:
    """Return levels of shape (frames,) whose power is averaged over `width` frames; beyond the ends there is none."""
    power = np.convolve(from_decibels(levels_db), np.full(width, 1 / width), mode="same")
    return np.asarray(10 * np.log10(power))


def frame(samples: NDArray[np.floating], width: int, hop: int) -> NDArray[np.floating]:
    """Return the whole frames of `width` samples that begin every `hop` samples, as a view of shape (frames, width)."""
    return np.lib.stride_tricks.sliding_window_view(samples, width)[::hop]


def frame_power(samples: NDArray[np.floating], width: int) -> Floats:
    """Return the mean power of each whole frame of `width` samples, one after the other, shape (frames,)."""
    frames = samples[: len(samples) // width * width].reshape(-1, width)
    return np.asarray(np.einsum("ij,ij->i", frames, frames, dtype=np.float64) / width)


def runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return the first and the last (excluded) index of each run of true flags, in order."""
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def low_pass(cutoff: float, transition: float) -> Taps:
    """Return an impulse response of odd length, with half the amplitude at `cutoff`; all in Hz."""
    half = round(BLACKMAN_WIDTH * SAMPLE_RATE / transition / 2)
    at = np.arange(-half, half + 1)
    taps = np.sinc(2 * cutoff / SAMPLE_RATE * at) * np.blackman(2 * half + 1)
    return np.asarray(taps / taps.sum())


def high_pass(cutoff: float, transition: float) -> Taps:
    """Return the impulse response that stops what `low_pass` lets through, and lets through what it stops."""
    taps = -low_pass(cutoff, transition)
    taps[len(taps) // 2] += 1
    return taps


def band_pass(low: float, high: float, transition: float) -> Taps:
    """Return an impulse response that lets through what lies between two frequencies; all in Hz."""
    return low_pass(high, transition) - low_pass(low, transition)


def apply_filter(samples: Samples, taps: Taps) -> Samples:
    """Return samples of shape (n,) after a filter of odd length, in their places."""
    half = len(taps) // 2
    block = FFT_SIZE - 2 * half
    spectrum = np.fft.rfft(taps, FFT_SIZE)
    filtered = np.empty_like(samples)
    for begin in range(0, len(samples), block):
        end = min(begin + block, len(samples))
        around = samples[np.clip(np.arange(begin - half, end + half), 0, len(samples) - 1)]
        convolved = np.fft.irfft(np.fft.rfft(around, FFT_SIZE) * spectrum, FFT_SIZE)
        filtered[begin:end] = convolved[2 * half : 2 * half + end - begin]
    return filtered
