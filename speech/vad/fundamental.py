"""A voice's fundamental, brought back where a telephone or a headset has cut it off.

The voice detector leans on the fundamental: without what lies below 300 Hz, and with a little noise, it takes most of a
clear voice for silence. The harmonics still beat in its rhythm, so the rectified sound has the fundamental again (the
"missing fundamental", as the ear hears it), at the strength that the sound has there.
"""

from __future__ import annotations

import numpy as np

from speech.audio.recording import Samples
from speech.audio.signal import Taps, apply_filter, band_pass

LOWEST, HIGHEST = 70.0, 300.0  # Hz, of fundamentals
TRANSITION = 40.0  # Hz


def lacks_fundamental(samples: Samples) -> bool:
    """Whether less than half of the power lies where fundamentals do; a hum has nearly all of it there."""
    return 2 * _power(apply_filter(samples, _band())) < _power(samples)


def with_fundamental(samples: Samples) -> Samples:
    """Samples of shape (n,) at 16 kHz with the fundamental of the rectified sound added."""
    restored = apply_filter(np.abs(samples), _band())
    restored += samples
    return restored


def _band() -> Taps:
    return band_pass(LOWEST, HIGHEST, TRANSITION)


def _power(samples: Samples) -> float:
    return float(np.dot(samples, samples))
