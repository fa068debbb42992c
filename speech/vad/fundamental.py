"""Reconstruct the fundamental of a voice where a telephone or a headset has removed it.

The voice detector relies on the fundamental: without the range below 300 Hz, and with a little
noise, it takes most of a clear voice for silence. The harmonics still beat at the fundamental's
rate, so the rectified signal contains it again (the "missing fundamental" of hearing), at matching
strength.
"""

from __future__ import annotations

import numpy as np

from speech.audio.recording import Samples
from speech.audio.signal import Taps, apply_filter, design_band_pass

MIN_FUNDAMENTAL_HZ, MAX_FUNDAMENTAL_HZ = 70.0, 300.0  # Hz, of fundamentals
TRANSITION_HZ = 40.0  # Hz


def is_missing_fundamental(samples: Samples) -> bool:
    """Return whether less than half of the power is at fundamental frequencies; a hum has nearly all of it there."""
    return 2 * _sum_power(apply_filter(samples, _design_band())) < _sum_power(samples)


def reconstruct_fundamental(samples: Samples) -> Samples:
    """Add the fundamental of the rectified signal.

    Args:
        samples: Shape (n,), 16 kHz.
    """
    restored = apply_filter(np.abs(samples), _design_band())
    restored += samples
    return restored


def _design_band() -> Taps:
    return design_band_pass(MIN_FUNDAMENTAL_HZ, MAX_FUNDAMENTAL_HZ, TRANSITION_HZ)


def _sum_power(samples: Samples) -> float:
    return float(np.dot(samples, samples))
