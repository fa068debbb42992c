"""Linear-phase filters for sound of any length: windowed sincs, convolved a block at a time.

Nothing is moved in time. Beyond its ends the sound goes on as it was there, so that an offset is no step.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Samples

FFT_SIZE = 1 << 17
BLACKMAN = 5.5  # width of a Blackman window's transition in bins

Taps = NDArray[np.float64]


def low_pass(cutoff: float, transition: float) -> Taps:
    """Impulse response of odd length, with half the amplitude at `cutoff`; all in Hz."""
    half = round(BLACKMAN * SAMPLE_RATE / transition / 2)
    at = np.arange(-half, half + 1)
    low = np.sinc(2 * cutoff / SAMPLE_RATE * at) * np.blackman(2 * half + 1)
    return np.asarray(low / low.sum())


def everything_but(taps: Taps) -> Taps:
    """The impulse response that lets through what another one stops, and stops what it lets through."""
    rest = -taps
    rest[len(taps) // 2] += 1
    return rest


def filtered(samples: Samples, taps: Taps) -> Samples:
    """Samples of shape (n,) after a filter of odd length, in their places."""
    half = len(taps) // 2
    block = FFT_SIZE - 2 * half
    spectrum = np.fft.rfft(taps, FFT_SIZE)
    result = np.empty_like(samples)
    for begin in range(0, len(samples), block):
        end = min(begin + block, len(samples))
        around = samples[np.clip(np.arange(begin - half, end + half), 0, len(samples) - 1)]
        convolved = np.fft.irfft(np.fft.rfft(around, FFT_SIZE) * spectrum, FFT_SIZE)
        result[begin:end] = convolved[2 * half : 2 * half + end - begin]
    return result
