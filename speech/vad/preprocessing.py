"""Preprocess audio for detection and recognition: high-pass filter and level normalisation.

Footsteps, wind and a drifting offset lie below the voice, and the voice detector takes speech on
top of them for silence; the recogniser writes other words for the same speech at another level.
Therefore everything below the voice is filtered out (windowed sinc, linear phase, no delay) and
loud moments are brought to a fixed level. The recording that is stored and played remains
unchanged.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from speech.audio.recording import Recording, Samples
from speech.audio.signal import apply_filter, design_high_pass, from_decibels, measure_frame_power

CUTOFF_HZ = 30.0  # Hz, half the amplitude; the deepest voices begin at 60 Hz
TRANSITION_HZ = 40.0  # Hz, from all away (10 Hz) to nothing away (50 Hz)
LEVEL_FRAME_SAMPLES = 480  # samples, 30 ms
LOUD_PERCENTILE = 97.0  # percentile of the frames' levels: speech, even where the answer is mostly silence
LOUDEST_FRAME_COUNT = 10  # frames, 0.3 s: a word
MAX_DB_OVER_LOUD = 12.0  # dB by which the loudest word may lie over that percentile; more, and that one is silence
TARGET_LEVEL_DBFS = -18.0  # dB re full scale, of the loud frames
MAX_GAIN_DB = 40.0  # dB; what is quieter than that is no speech
MIN_POWER = 1e-12  # power of what rounding leaves of silence


def preprocess(recording: Recording) -> Recording:
    """Return the recording without rumble and with its loud moments at TARGET_LEVEL_DBFS; its length stays."""
    samples = remove_rumble(recording.samples)
    samples *= np.float32(compute_gain(samples))
    return replace(recording, samples=samples)


def remove_rumble(samples: Samples) -> Samples:
    """Remove everything below 10 Hz; above 50 Hz nothing changes.

    Args:
        samples: Shape (n,), 16 kHz.
    """
    return apply_filter(samples, design_high_pass(CUTOFF_HZ, TRANSITION_HZ))


def compute_gain(samples: Samples) -> float:
    """Return the factor that brings the loud frames to TARGET_LEVEL_DBFS; 1 if there is no sound.

    Args:
        samples: Shape (n,), 16 kHz.
    """
    power = measure_frame_power(samples, LEVEL_FRAME_SAMPLES)
    if not len(power):
        return 1.0
    loudest = float(np.sort(power)[-min(LOUDEST_FRAME_COUNT, len(power))])
    loud = max(float(np.percentile(power, LOUD_PERCENTILE)), loudest * float(from_decibels(-MAX_DB_OVER_LOUD)))
    return (
        float(min(10 ** (TARGET_LEVEL_DBFS / 20) / np.sqrt(loud), 10 ** (MAX_GAIN_DB / 20)))
        if loud > MIN_POWER
        else 1.0
    )
