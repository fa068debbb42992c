"""Holes of a few hundredths of a second in a voice, as a wireless headset tears them, are found and bridged.

In such a hole there is nothing, and it begins and ends in the middle of a sound. A silence that somebody makes fades,
and is longer. What is bridged is only what is listened to; the recording stays as it was.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Samples
from speech.audio.signal import find_runs

MIN_HOLE = round(0.008 * SAMPLE_RATE)  # samples
MAX_HOLE = round(0.1 * SAMPLE_RATE)  # samples; longer ones may be pauses
BESIDE = round(0.01 * SAMPLE_RATE)  # samples on each side that have to be loud
EDGE = round(0.002 * SAMPLE_RATE)  # samples at each edge that have to be about as loud: nothing fades there
NOTHING = 1e-4  # amplitude that rounding and resampling leave in a hole
MIN_POWER = 10 ** (-50 / 10)  # mean square of the sound beside a hole, -50 dBFS
MIN_EDGE_SHARE = 0.3  # of that power, at the edge
LAG = 2 * MAX_HOLE  # samples that are looked ahead: a hole, and as much sound after it


def find_dropouts(samples: Samples) -> list[tuple[int, int]]:
    """Return the first and last (exclusive) sample of each hole."""
    quiet = (samples < NOTHING) & (samples > -NOTHING)
    if not quiet.any():
        return []
    return [(begin, end) for begin, end in find_runs(quiet, MIN_HOLE) if _is_hole(samples, begin, end)]


def _is_hole(samples: Samples, begin: int, end: int) -> bool:
    if end - begin > MAX_HOLE:
        return False
    return _is_cut_off(samples[max(begin - BESIDE, 0) : begin][::-1]) and _is_cut_off(samples[end : end + BESIDE])


def _is_cut_off(beside: Samples) -> bool:
    """Return whether sound, from the edge of a hole outwards, is loud and does not fade towards it."""
    if len(beside) < BESIDE:
        return False
    power, edge = _measure_power(beside), _measure_power(beside[:EDGE])
    return power >= MIN_POWER and edge >= MIN_EDGE_SHARE * power


def _measure_power(samples: Samples) -> float:
    return float(np.mean(np.square(samples, dtype=np.float64)))


class DropoutMender:
    """Takes sound in blocks of any size and gives it with its holes bridged, the same however it is divided."""

    def __init__(self) -> None:
        self._before: Samples = np.zeros(0, np.float32)  # what was given last, at most MAX_HOLE samples
        self._held: Samples = np.zeros(0, np.float32)

    def feed(self, samples: Samples) -> Samples:
        """Return what can be told by now."""
        self._held = np.concatenate((self._held, samples))
        return self._mend(max(len(self._held) - LAG, 0))

    def finish(self) -> Samples:
        """Return the rest, when there is no more sound."""
        return self._mend(len(self._held))

    def _mend(self, count: int) -> Samples:
        """Return so many samples, after bridging the holes that begin in them."""
        if not count:
            return np.zeros(0, np.float32)
        begin = len(self._before)
        whole = np.concatenate((self._before, self._held))
        for start, end in find_dropouts(whole):
            if begin <= start < begin + count:
                whole = bridge(whole, start, end)
        self._held = whole[begin + count :]
        self._before = whole[max(begin + count - MAX_HOLE, 0) : begin + count]
        return whole[begin : begin + count]


def bridge(samples: Samples, begin: int, end: int) -> Samples:
    """Return sound with a hole filled: the sound before it, mirrored, fades into the mirrored sound after it."""
    width = end - begin
    rising: NDArray[np.float32] = (np.sin(np.linspace(0, np.pi / 2, width)) ** 2).astype(np.float32)
    filled = samples.copy()
    filled[begin:end] = _mirror(samples[:begin][::-1], width) * (1 - rising)
    filled[begin:end] += _mirror(samples[end:], width)[::-1] * rising
    return filled


def _mirror(outwards: Samples, width: int) -> Samples:
    """Return so many samples from an edge outwards; where there are fewer, they are repeated."""
    return np.resize(outwards[:width], width) if len(outwards) else np.zeros(width, np.float32)
