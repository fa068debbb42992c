"""Energy of a sound in bands, every 5 ms.

The hum of a room hides a voice below 500 Hz and leaves its consonants bare above 4 kHz; a breath or a hiss does the
opposite. So a soft beginning or ending is looked for in every band, and not in the whole alone.
"""

from __future__ import annotations

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Samples
from speech.audio.signal import decibels, frame
from speech.vad.endpoints import HOP, Levels, levels

EDGES = (100, 500, 1000, 2000, 4000, 8000)  # Hz; about an octave each, and the last is where hisses are
COUNT = len(EDGES)  # rows: the whole and the bands between the edges
WINDOW = 256  # samples, 16 ms under a Hann window, which sees half of that
BLOCK = 4096  # frames transformed at a time: spectra are 13 times as large as the sound
QUIETEST = -110.0  # dB re full scale; a band holds less than the whole


def band_levels(samples: Samples) -> Levels:
    """Energy in dB re full scale of the whole sound and of each band, shape (COUNT, frames)."""
    whole = levels(samples)
    found = np.empty((COUNT, len(whole)))
    found[0] = whole
    bins = np.searchsorted(np.fft.rfftfreq(WINDOW, 1 / SAMPLE_RATE), EDGES[:-1])
    window = np.hanning(WINDOW + 1)[:-1]
    scale = 2 / (WINDOW * np.sum(window**2))
    padded = np.pad(samples, (WINDOW // 2 - HOP // 2, WINDOW))
    frames = frame(padded, WINDOW, HOP)[: len(whole)]
    for begin in range(0, len(whole), BLOCK):
        block = np.s_[begin : begin + BLOCK]
        spectra = np.abs(np.fft.rfft(frames[block] * window)) ** 2 * scale
        found[1:, block] = decibels(np.add.reduceat(spectra, bins, axis=1), QUIETEST).T
    return found
