"""Refine the endpoints of speech by the energy of a quiet recording, in steps of 5 ms.

Where silence is far below speech, any sound beside a word is part of it. The level between segments
tells what silence sounds like; a boundary moves outwards over sound that is clearly above it (a
soft ending, the t after its closure) and inwards over what is not. Breaths below the threshold stay
outside.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import to_decibels
from speech.segment import Segment

HOP_SAMPLES = 80  # samples, 5 ms
WINDOW_SAMPLES = 160  # samples, 10 ms: over which energy is averaged
HOP_SECONDS = HOP_SAMPLES / SAMPLE_RATE  # s
MIN_DB_ABOVE_SILENCE = 8.0  # dB over the level of the silence that count as sound
MAX_DB_BELOW_SPEECH = 40.0  # dB under the level of the voice below which nothing counts as sound
MIN_CONTRAST_DB = 31.0  # dB between voice and threshold; with less, the noise hides soft sounds and the border stays
NEIGHBOURHOOD_FRAMES = 200  # frames, 1 s of voice on each side, from which its level is taken
MAX_OUTWARD_FRAMES = 60  # frames, 0.3 s: how far a border may move over soft sound
MAX_INWARD_FRAMES = 20  # frames, 0.1 s: how far a border may move over silence
MAX_CLOSURE_FRAMES = (
    24  # frames, 0.12 s: the closure of a stop consonant does not end a word, "project" ends with its t
)
MIN_LEVEL_DBFS = -100.0  # dB re full scale; digital silence is not infinitely quiet, but quieter than any room

Levels = NDArray[np.float64]


def measure_levels(samples: Samples) -> Levels:
    """Return levels in dBFS every 5 ms, shape (frames,).

    Args:
        samples: Shape (n,), 16 kHz.
    """
    sums = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    centres = np.arange(len(samples) // HOP_SAMPLES) * HOP_SAMPLES + HOP_SAMPLES // 2
    begin = np.clip(centres - WINDOW_SAMPLES // 2, 0, len(samples))
    end = np.clip(centres + WINDOW_SAMPLES // 2, 0, len(samples))
    power = (sums[end] - sums[begin]) / np.maximum(end - begin, 1)
    return to_decibels(power, MIN_LEVEL_DBFS)


def refine_by_energy(recording: Recording, voice: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Move the boundaries of speech segments to where the energy changes.

    Args:
        recording: The recording.
        voice: Speech segments, in time order.
    """
    energy = measure_levels(recording.samples)
    moments = [moment for span in voice for moment in (span.start, span.end)]
    for index in range(len(voice) + 1):
        left = _to_frames(*moments[2 * index - 2 : 2 * index]) if index > 0 else (0, 0)
        right = _to_frames(*moments[2 * index : 2 * index + 2]) if index < len(voice) else (len(energy), len(energy))
        threshold = _find_threshold(energy, left, right)
        if threshold is None:
            continue
        sound, end = energy > threshold, left[1]
        if index > 0:
            end = _refine_end(sound, left, right[0])
            moments[2 * index - 1] = end * HOP_SECONDS
        if index < len(voice):
            moments[2 * index] = _refine_start(sound, end, right) * HOP_SECONDS
    return make_ordered_segments(moments, recording.duration)


def make_ordered_segments(moments: Sequence[float], duration: float) -> tuple[Segment, ...]:
    """Build segments from alternating starts and ends, in seconds; a moment before its predecessor is moved up.

    Args:
        moments: Starts and ends by turns.
        duration: Upper limit of the moments, in seconds.
    """
    ordered = np.minimum(np.maximum.accumulate(moments), duration).tolist() if moments else []
    return tuple(Segment(start, end) for start, end in zip(ordered[::2], ordered[1::2], strict=True))


def _to_frames(start: float, end: float) -> tuple[int, int]:
    return int(start / HOP_SECONDS), int(end / HOP_SECONDS)


def _find_threshold(energy: Levels, left: tuple[int, int], right: tuple[int, int]) -> float | None:
    """Return the level above which there is sound between two speech segments; None if it is unclear.

    Args:
        energy: Levels in dBFS every 5 ms, shape (frames,).
        left: First and last (exclusive) frame of the segment before the silence.
        right: The same of the segment after it.
    """
    silence = energy[left[1] : right[0]]
    before = energy[max(left[0], left[1] - NEIGHBOURHOOD_FRAMES) : left[1]]
    after = energy[right[0] : min(right[1], right[0] + NEIGHBOURHOOD_FRAMES)]
    if len(silence) < 4 or not len(before) + len(after):
        return None
    voice = float(np.percentile(np.concatenate((before, after)), 90))
    threshold = max(float(np.percentile(silence, 20)) + MIN_DB_ABOVE_SILENCE, voice - MAX_DB_BELOW_SPEECH)
    return threshold if threshold <= voice - MIN_CONTRAST_DB else None


def _refine_end(sound: NDArray[np.bool_], voice: tuple[int, int], end: int) -> int:
    """Return the frame where speech before a silence ends: back to the last sound, then on over its soft end."""
    frame = voice[1]
    while frame > max(voice[0], voice[1] - MAX_INWARD_FRAMES) and not sound[frame - 1]:
        frame -= 1
    while frame < min(end, voice[1] + MAX_OUTWARD_FRAMES) and sound[frame : frame + MAX_CLOSURE_FRAMES].any():
        frame += 1
    return frame


def _refine_start(sound: NDArray[np.bool_], begin: int, voice: tuple[int, int]) -> int:
    """Return the frame where speech after a silence starts: on to the first sound, then back over its soft start."""
    frame = voice[0]
    while frame < min(voice[1], voice[0] + MAX_INWARD_FRAMES) and not sound[frame]:
        frame += 1
    while frame > max(begin, voice[0] - MAX_OUTWARD_FRAMES) and sound[max(0, frame - MAX_CLOSURE_FRAMES) : frame].any():
        frame -= 1
    return frame
