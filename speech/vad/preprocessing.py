"""Conditioning: the sound as it is listened to, without rumble and at one level.

Steps of a desk, wind and a microphone's wandering zero lie below the voice, and the voice detector takes speech that
rides on them for silence; the recogniser writes other words for the same speech at another level. So everything below
the voice is filtered out (windowed sinc, linear phase, nothing is moved in time; speech/live/filtering.py) and the loud
moments are brought to a fixed level. Which are loud is told by what was said so far, never by what comes after. What is
kept, played and judged as a recording stays as it was.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.audio.signal import Floats, from_decibels, to_decibels

CUTOFF_HZ = 30.0  # Hz, half the amplitude; the deepest voices begin at 60 Hz
TRANSITION_HZ = 40.0  # Hz, from all away (10 Hz) to nothing away (50 Hz)
LOUD_PERCENTILE = 97.0  # percentile of the frames' levels: speech, even where the answer is mostly silence
LOUDEST_FRAME_COUNT = 10  # frames, 0.3 s: a word
MAX_DB_OVER_LOUD = 12.0  # dB by which the loudest word may lie over that percentile; more, and that one is silence
TARGET_LEVEL_DBFS = -18.0  # dB re full scale, of the loud frames
MAX_GAIN_DB = 40.0  # dB; what is quieter than that is no speech
MIN_POWER = -120.0  # dB re full scale; what rounding leaves of silence is quieter
TOP = 20.0  # dB re full scale; no filter makes sound louder
STEP = 0.25  # dB: how finely levels are told apart
BINS = round((TOP - MIN_POWER) / STEP) + 1

Counts = NDArray[np.int64]


def no_levels() -> Counts:
    """Return the counts of no frame at all."""
    return np.zeros(BINS, np.int64)


def count_levels(power: Floats) -> Counts:
    """Return how many of the frames with these mean powers have each level, from silence upwards, shape (BINS,)."""
    at = np.rint((to_decibels(power, MIN_POWER) - MIN_POWER) / STEP).astype(np.int64)
    return np.bincount(np.minimum(at, BINS - 1), minlength=BINS)


def compute_gain(counts: Counts) -> float:
    """Return the factor that brings the loud frames to `TARGET_LEVEL_DBFS`; 1 where there is no sound."""
    frames = int(counts.sum())
    if not frames:
        return 1.0
    sums = np.cumsum(counts)
    loud = int(np.searchsorted(sums, np.ceil(LOUD_PERCENTILE / 100 * frames)))
    loudest = int(np.searchsorted(sums, frames - min(LOUDEST_FRAME_COUNT, frames) + 1))
    level = MIN_POWER + STEP * max(loud, loudest - round(MAX_DB_OVER_LOUD / STEP))
    return float(np.sqrt(from_decibels(min(TARGET_LEVEL_DBFS - level, MAX_GAIN_DB)))) if level > MIN_POWER else 1.0
