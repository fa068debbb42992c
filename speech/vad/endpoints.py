"""Settling the borders of pauses on the energy of a quiet recording, in steps of 5 ms.

Where silence is far below the voice, whatever sounds beside a word is a part of it: the level between the voices tells
what silence sounds like, and a border moves out over sound that is clearly above it (a soft ending, the t after its
closure), and in over what is not. Breaths below the threshold stay outside the voice.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import decibels
from speech.segment import Span

HOP = 80  # samples, 5 ms
WIDTH = 160  # samples, 10 ms: over which energy is averaged
STEP = HOP / SAMPLE_RATE  # s
ABOVE_SILENCE = 8.0  # dB over the level of the silence that count as sound
BELOW_VOICE = 40.0  # dB under the level of the voice below which nothing counts as sound
LEAST_CONTRAST = 31.0  # dB between voice and threshold; with less, the noise hides soft sounds and the border stays
NEIGHBOURHOOD = 200  # frames, 1 s of voice on each side, from which its level is taken
OUTWARD = 60  # frames, 0.3 s: how far a border may move over soft sound
INWARD = 20  # frames, 0.1 s: how far a border may move over silence
DIP = 24  # frames, 0.12 s: the closure of a stop consonant does not end a word, "project" ends with its t
QUIETEST = -100.0  # dB re full scale; digital silence is not infinitely quiet, but quieter than any room

Levels = NDArray[np.float64]


def levels(samples: Samples) -> Levels:
    """Energy in dB re full scale every 5 ms, shape (frames,)."""
    sums = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    centres = np.arange(len(samples) // HOP) * HOP + HOP // 2
    begin = np.clip(centres - WIDTH // 2, 0, len(samples))
    end = np.clip(centres + WIDTH // 2, 0, len(samples))
    power = (sums[end] - sums[begin]) / np.maximum(end - begin, 1)
    return decibels(power, QUIETEST)


def settle(recording: Recording, voice: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same voiced stretches with the borders of the silences around them moved to where the energy changes."""
    energy = levels(recording.samples)
    moments = [moment for span in voice for moment in (span.start, span.end)]
    for index in range(len(voice) + 1):
        left = _frames(*moments[2 * index - 2 : 2 * index]) if index > 0 else (0, 0)
        right = _frames(*moments[2 * index : 2 * index + 2]) if index < len(voice) else (len(energy), len(energy))
        threshold = _threshold(energy, left, right)
        if threshold is None:
            continue
        sound, end = energy > threshold, left[1]
        if index > 0:
            end = _settled_end(sound, left, right[0])
            moments[2 * index - 1] = end * STEP
        if index < len(voice):
            moments[2 * index] = _settled_start(sound, end, right) * STEP
    return in_order(moments, recording.duration)


def in_order(moments: Sequence[float], duration: float) -> tuple[Span, ...]:
    """Stretches from the moments of their starts and ends by turns, none of which is before the one in front of it."""
    ordered = np.minimum(np.maximum.accumulate(moments), duration).tolist() if moments else []
    return tuple(Span(start, end) for start, end in zip(ordered[::2], ordered[1::2], strict=True))


def _frames(start: float, end: float) -> tuple[int, int]:
    return int(start / STEP), int(end / STEP)


def _threshold(energy: Levels, left: tuple[int, int], right: tuple[int, int]) -> float | None:
    """The level above which there is sound in the silence between two voiced stretches; None where it is unclear."""
    silence = energy[left[1] : right[0]]
    before = energy[max(left[0], left[1] - NEIGHBOURHOOD) : left[1]]
    after = energy[right[0] : min(right[1], right[0] + NEIGHBOURHOOD)]
    if len(silence) < 4 or not len(before) + len(after):
        return None
    voice = float(np.percentile(np.concatenate((before, after)), 90))
    threshold = max(float(np.percentile(silence, 20)) + ABOVE_SILENCE, voice - BELOW_VOICE)
    return threshold if threshold <= voice - LEAST_CONTRAST else None


def _settled_end(sound: NDArray[np.bool_], voice: tuple[int, int], end: int) -> int:
    """Where the voice before a silence ends: back over silence to the last sound, then on over what belongs to it."""
    frame = voice[1]
    while frame > max(voice[0], voice[1] - INWARD) and not sound[frame - 1]:
        frame -= 1
    while frame < min(end, voice[1] + OUTWARD) and sound[frame : frame + DIP].any():
        frame += 1
    return frame


def _settled_start(sound: NDArray[np.bool_], begin: int, voice: tuple[int, int]) -> int:
    """Where the voice after a silence starts: on over silence to the first sound, then back over what belongs to it."""
    frame = voice[0]
    while frame < min(voice[1], voice[0] + INWARD) and not sound[frame]:
        frame += 1
    while frame > max(begin, voice[0] - OUTWARD) and sound[max(0, frame - DIP) : frame].any():
        frame -= 1
    return frame
