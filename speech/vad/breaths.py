"""Breaths, which are no voice: cut away at the borders of voiced stretches and out of their middle.

Breathing in right before or after a word, loud into the microphone, the detector takes it for voice. It has nothing
below 500 Hz, where every vowel and every voiced consonant has its strength; and while hissed consonants have theirs
above 2000 Hz, a breath has it below, where the throat's first resonances are. Both must hold for as long as no
consonant lasts. Where the silence hums as loud as the voice does below 500 Hz, or the voice is a whisper, breath and
voice cannot be told apart and nothing is cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import Recording
from speech.audio.signal import from_decibels, runs, smooth_levels
from speech.segment import Span
from speech.vad.band_energy import band_levels
from speech.vad.endpoints import STEP, Levels

WHOLE, LOW, MIDDLE, HIGH = 0, slice(1, 2), slice(2, 4), slice(4, 6)  # rows of bands: 100-500-2000-8000 Hz
SMOOTHED = 5  # frames, 25 ms, over which the low band's power is averaged: a period of the deepest voice and more
VOICED = 6.0  # dB over the silence's low band; less, and nothing there is voiced
CONTRAST = 14.0  # dB between a stretch's voiced frames and the silence in the low band; less hides the voice
LOUD = 10.0  # dB over the silence; what is softer is neither breath nor consonant
TILT = 3.0  # dB by which the middle of the spectrum is above its top in a breath
MOST = 8.0  # dB that a frame can say for or against a breath
ENOUGH = 80.0  # dB over all frames of a breath, at least ten of them
SHORTEST = 20  # frames, 0.1 s, at the end of a stretch
SHORTEST_BEFORE_VOICE = 24  # frames, 0.12 s: the h of a word is shorter
BLIP = 3  # frames, 15 ms, that a lone voiced moment must last to be one

Flags = NDArray[np.bool_]


def without_breaths(recording: Recording, voice: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same voiced stretches less the breaths at their borders and in them, in time order."""
    if not voice:
        return ()
    energy = band_levels(recording.samples)
    low, middle, high = (_summed(energy[rows]) for rows in (LOW, MIDDLE, HIGH))
    bands = np.stack((energy[WHOLE], smooth_levels(low, SMOOTHED), middle, high))
    edges = [0, *(int(moment / STEP) for span in voice for moment in (span.start, span.end)), bands.shape[1]]
    found: list[Span] = []
    for index, span in enumerate(voice):
        before, start, end, after = edges[2 * index : 2 * index + 4]
        silence = np.concatenate((bands[:, before:start], bands[:, end:after]), axis=1)
        found.extend(_less(span, start, list(_breaths(bands[:, start:end], silence))))
    return tuple(found)


def _less(span: Span, first: int, breaths: list[tuple[int, int]]) -> Iterator[Span]:
    """A stretch less breaths, which are frames from its `first` on."""
    cuts = [(max((first + begin) * STEP, span.start), (first + end) * STEP) for begin, end in breaths]
    moments = [span.start, *(moment for cut in cuts for moment in cut), span.end]
    for start, end in zip(moments[::2], moments[1::2], strict=True):
        if end - start >= STEP:
            yield Span(start, end)


def _breaths(voice: Levels, silence: Levels) -> Iterator[tuple[int, int]]:
    """Frames of each breath in a stretch, from its bands and those of the silence around it, in time order."""
    if silence.shape[1] < 2 * BLIP or voice.shape[1] < SHORTEST:
        return
    quiet_whole, quiet_low = np.median(silence[0]), np.median(silence[1])
    whole, low, middle, high = voice
    if np.percentile(low, 75) - quiet_low < CONTRAST:
        return
    is_quiet = whole <= quiet_whole + LOUD
    evidence = np.where(is_quiet, 0.0, np.clip(middle - high - TILT, -MOST, MOST))
    for begin, end in _unvoiced(low < quiet_low + VOICED):
        strength, first, last = _strongest(evidence[begin:end])
        if strength < ENOUGH:
            continue
        first, last = begin + first, begin + last
        while first > begin and is_quiet[first - 1]:
            first -= 1
        while last < end and is_quiet[last]:
            last += 1
        # At the border of a stretch nothing voiced is beyond the breath.
        first, last = 0 if begin == 0 else first, len(whole) if end == len(whole) else last
        if last - first >= (SHORTEST if end == len(whole) else SHORTEST_BEFORE_VOICE):
            yield first, last


def _unvoiced(is_unvoiced: Flags) -> list[tuple[int, int]]:
    """Runs of frames without a voice; a blip of voice neither ends one nor keeps it from the stretch's border."""
    voiced = [(begin, end) for begin, end in runs(~is_unvoiced) if end - begin >= BLIP]
    moments = [0, *(moment for run in voiced for moment in run), len(is_unvoiced)]
    return [(begin, end) for begin, end in list(pairwise(moments))[::2] if end > begin]


def _strongest(evidence: NDArray[np.float64]) -> tuple[float, int, int]:
    """The largest sum of neighbouring frames, with where they begin and end (Kadane's maximum subarray)."""
    sums = np.concatenate(([0.0], np.cumsum(evidence)))
    gains = sums - np.minimum.accumulate(sums)
    end = int(np.argmax(gains))
    return float(gains[end]), int(np.argmin(sums[: end + 1])), end


def _summed(rows: Levels) -> Levels:
    return np.asarray(10 * np.log10(np.sum(from_decibels(rows), axis=0)))
