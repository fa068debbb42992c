"""Energy of a signal in frequency bands, every 5 ms.

The hum of a room hides a voice below 500 Hz but not its consonants above 4 kHz; a breath or a hiss
does the opposite. Therefore a soft beginning or ending is looked for in every band, not only in the
whole signal.
"""

from __future__ import annotations

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Samples
from speech.audio.signal import split_frames, to_decibels
from speech.vad.endpoints import HOP_SAMPLES, Levels, measure_levels

BAND_EDGES_HZ = (100, 500, 1000, 2000, 4000, 8000)  # Hz; about an octave each, and the last is where hisses are
ROW_COUNT = len(BAND_EDGES_HZ)  # rows: the whole and the bands between the edges
WINDOW_SAMPLES = 256  # samples, 16 ms under a Hann window, which sees half of that
BLOCK_FRAMES = 4096  # frames transformed at a time: spectra are 13 times as large as the sound
MIN_LEVEL_DBFS = -110.0  # dB re full scale; a band holds less than the whole


def measure_band_levels(samples: Samples) -> Levels:
    """Return levels in dBFS of the whole signal (first row) and of each band, shape (ROW_COUNT, frames).

    Args:
        samples: Shape (n,), 16 kHz.
    """
    whole = measure_levels(samples)
    found = np.empty((ROW_COUNT, len(whole)))
    found[0] = whole
    bins = np.searchsorted(np.fft.rfftfreq(WINDOW_SAMPLES, 1 / SAMPLE_RATE), BAND_EDGES_HZ[:-1])
    window = np.hanning(WINDOW_SAMPLES + 1)[:-1]
    scale = 2 / (WINDOW_SAMPLES * np.sum(window**2))
    padded = np.pad(samples, (WINDOW_SAMPLES // 2 - HOP_SAMPLES // 2, WINDOW_SAMPLES))
    frames = split_frames(padded, WINDOW_SAMPLES, HOP_SAMPLES)[: len(whole)]
    for begin in range(0, len(whole), BLOCK_FRAMES):
        block = np.s_[begin : begin + BLOCK_FRAMES]
        spectra = np.abs(np.fft.rfft(frames[block] * window)) ** 2 * scale
        found[1:, block] = to_decibels(np.add.reduceat(spectra, bins, axis=1), MIN_LEVEL_DBFS).T
    return found
