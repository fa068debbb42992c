"""A voice's fundamental, brought back where a telephone or a headset has cut it off.

The voice detector leans on the fundamental: without what lies below 300 Hz, and with a little noise, it takes most of a
clear voice for silence. The harmonics still beat in its rhythm, so the rectified sound has the fundamental again (the
"missing fundamental", as the ear hears it), at the strength that the sound has there. speech/live/filtering.py adds it.
"""

from __future__ import annotations

from speech.audio.signal import Taps, design_band_pass

MIN_FUNDAMENTAL_HZ, MAX_FUNDAMENTAL_HZ = 70.0, 300.0  # Hz, of fundamentals
TRANSITION_HZ = 40.0  # Hz
MORE_VOICE = 1.1  # times the voice, from which the fundamental had been cut off and its return is believed
MORE_FRAMES = 16  # frames, 0.5 s, that it must bring as well: less may be a noise's doing


def fundamental_band() -> Taps:
    """Return the filter that lets through where fundamentals lie."""
    return design_band_pass(MIN_FUNDAMENTAL_HZ, MAX_FUNDAMENTAL_HZ, TRANSITION_HZ)


def is_missing_fundamental(low_power: float, power: float) -> bool:
    """Return whether less than half of the power is at fundamental frequencies; a hum has nearly all of it there."""
    return 2 * low_power < power


def is_believed(restored: float, heard: float) -> bool:
    """Whether so many frames of voice with the fundamental brought back are to be believed, beside those without."""
    return restored > MORE_VOICE * heard + MORE_FRAMES
