"""Conditioning: the sound as it is listened to, without rumble and at one level.

Steps of a desk, wind and a microphone's wandering zero lie below the voice, and the voice detector takes speech that
rides on them for silence; the recogniser writes other words for the same speech at another level. So everything below
the voice is filtered out (windowed sinc, linear phase, nothing is moved in time) and the loud moments are brought to a
fixed level. What is kept, played and judged as a recording stays as it was.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from speech.audio.recording import Recording, Samples
from speech.audio.signal import apply_filter, frame_power, from_decibels, high_pass

CUTOFF = 30.0  # Hz, half the amplitude; the deepest voices begin at 60 Hz
TRANSITION = 40.0  # Hz, from all away (10 Hz) to nothing away (50 Hz)
LEVEL_FRAME = 480  # samples, 30 ms
LOUD = 97.0  # percentile of the frames' levels: speech, even where the answer is mostly silence
LOUDEST = 10  # frames, 0.3 s: a word
MOST_OVER = 12.0  # dB by which the loudest word may lie over that percentile; more, and that one is silence
LEVEL = -18.0  # dB re full scale, of the loud frames
MOST_GAIN = 40.0  # dB; what is quieter than that is no speech
NOTHING = 1e-12  # power of what rounding leaves of silence


def conditioned(recording: Recording) -> Recording:
    """The same recording, of the same length, without rumble and with its loud moments at `LEVEL`."""
    samples = without_rumble(recording.samples)
    samples *= np.float32(gain(samples))
    return replace(recording, samples=samples)


def without_rumble(samples: Samples) -> Samples:
    """Samples of shape (n,) at 16 kHz without what lies below 10 Hz, unchanged above 50 Hz, in their places."""
    return apply_filter(samples, high_pass(CUTOFF, TRANSITION))


def gain(samples: Samples) -> float:
    """The factor that brings the loud frames to `LEVEL`; 1 where there is no sound."""
    power = frame_power(samples, LEVEL_FRAME)
    if not len(power):
        return 1.0
    loudest = float(np.sort(power)[-min(LOUDEST, len(power))])
    loud = max(float(np.percentile(power, LOUD)), loudest * float(from_decibels(-MOST_OVER)))
    return float(min(10 ** (LEVEL / 20) / np.sqrt(loud), 10 ** (MOST_GAIN / 20))) if loud > NOTHING else 1.0
