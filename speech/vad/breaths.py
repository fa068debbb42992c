"""Remove breath noise from speech segments.

The voice detector takes a loud breath right before or after a word for speech. A breath has little
energy below 500 Hz, where every vowel and voiced consonant is strong; and unlike hissed consonants,
which are strong above 2000 Hz, a breath is strong below that, at the first resonances of the
throat. Both must hold for longer than any consonant lasts. Where the silence hums as loudly as the
voice below 500 Hz, or the voice is a whisper, breath and voice cannot be separated and nothing is
cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import Recording
from speech.audio.signal import find_runs, from_decibels, smooth_levels
from speech.segment import Segment
from speech.vad.change_points import measure_band_levels
from speech.vad.endpoints import HOP_SECONDS, Levels

WHOLE_ROW, LOW_ROWS, MIDDLE_ROWS, HIGH_ROWS = (
    0,
    slice(1, 2),
    slice(2, 4),
    slice(4, 6),
)  # rows of bands: 100-500-2000-8000 Hz
SMOOTHING_FRAMES = (
    5  # frames, 25 ms, over which the low band's power is averaged: a period of the deepest voice and more
)
MIN_VOICED_DB = 6.0  # dB over the silence's low band; less, and nothing there is voiced
MIN_CONTRAST_DB = 14.0  # dB between a stretch's voiced frames and the silence in the low band; less hides the voice
MIN_LOUD_DB = 10.0  # dB over the silence; what is softer is neither breath nor consonant
MIN_TILT_DB = 3.0  # dB by which the middle of the spectrum is above its top in a breath
MAX_FRAME_EVIDENCE_DB = 8.0  # dB that a frame can say for or against a breath
MIN_BREATH_EVIDENCE_DB = 80.0  # dB over all frames of a breath, at least ten of them
MIN_BREATH_FRAMES = 20  # frames, 0.1 s, at the end of a stretch
MIN_BREATH_FRAMES_BEFORE_SPEECH = 24  # frames, 0.12 s: the h of a word is shorter
MIN_VOICED_FRAMES = 3  # frames, 15 ms, that a lone voiced moment must last to be one

Flags = NDArray[np.bool_]


def remove_breaths(recording: Recording, voice: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Cut breaths from the edges and the inside of speech segments.

    Args:
        recording: The recording.
        voice: Speech segments, in time order.
    """
    if not voice:
        return ()
    energy = measure_band_levels(recording.samples)
    low, middle, high = (_sum_bands(energy[rows]) for rows in (LOW_ROWS, MIDDLE_ROWS, HIGH_ROWS))
    bands = np.stack((energy[WHOLE_ROW], smooth_levels(low, SMOOTHING_FRAMES), middle, high))
    edges = [0, *(int(moment / HOP_SECONDS) for span in voice for moment in (span.start, span.end)), bands.shape[1]]
    found: list[Segment] = []
    for index, span in enumerate(voice):
        before, start, end, after = edges[2 * index : 2 * index + 4]
        silence = np.concatenate((bands[:, before:start], bands[:, end:after]), axis=1)
        found.extend(_cut_breaths(span, start, list(_find_breaths(bands[:, start:end], silence))))
    return tuple(found)


def _cut_breaths(span: Segment, first: int, breaths: list[tuple[int, int]]) -> Iterator[Segment]:
    """Yield what remains of a segment without its breaths.

    Args:
        span: The segment.
        first: Frame at which the segment starts.
        breaths: First and last (exclusive) frame of each breath, counted from `first`.
    """
    cuts = [(max((first + begin) * HOP_SECONDS, span.start), (first + end) * HOP_SECONDS) for begin, end in breaths]
    moments = [span.start, *(moment for cut in cuts for moment in cut), span.end]
    for start, end in zip(moments[::2], moments[1::2], strict=True):
        if end - start >= HOP_SECONDS:
            yield Segment(start, end)


def _find_breaths(voice: Levels, silence: Levels) -> Iterator[tuple[int, int]]:
    """Yield the first and last (exclusive) frame of each breath in a segment, in time order.

    Args:
        voice: Levels of the segment in dB, shape (4, frames): whole, low, middle, high.
        silence: The same of the silence around it.
    """
    if silence.shape[1] < 2 * MIN_VOICED_FRAMES or voice.shape[1] < MIN_BREATH_FRAMES:
        return
    quiet_whole, quiet_low = np.median(silence[0]), np.median(silence[1])
    whole, low, middle, high = voice
    if np.percentile(low, 75) - quiet_low < MIN_CONTRAST_DB:
        return
    is_quiet = whole <= quiet_whole + MIN_LOUD_DB
    evidence = np.where(
        is_quiet, 0.0, np.clip(middle - high - MIN_TILT_DB, -MAX_FRAME_EVIDENCE_DB, MAX_FRAME_EVIDENCE_DB)
    )
    for begin, end in _find_unvoiced_runs(low < quiet_low + MIN_VOICED_DB):
        strength, first, last = _find_strongest_run(evidence[begin:end])
        if strength < MIN_BREATH_EVIDENCE_DB:
            continue
        first, last = begin + first, begin + last
        while first > begin and is_quiet[first - 1]:
            first -= 1
        while last < end and is_quiet[last]:
            last += 1
        # At the border of a stretch nothing voiced is beyond the breath.
        first, last = 0 if begin == 0 else first, len(whole) if end == len(whole) else last
        if last - first >= (MIN_BREATH_FRAMES if end == len(whole) else MIN_BREATH_FRAMES_BEFORE_SPEECH):
            yield first, last


def _find_unvoiced_runs(is_unvoiced: Flags) -> list[tuple[int, int]]:
    """Return runs of unvoiced frames, ignoring voiced blips of less than MIN_VOICED_FRAMES."""
    voiced = [(begin, end) for begin, end in find_runs(~is_unvoiced) if end - begin >= MIN_VOICED_FRAMES]
    moments = [0, *(moment for run in voiced for moment in run), len(is_unvoiced)]
    return [(begin, end) for begin, end in list(pairwise(moments))[::2] if end > begin]


def _find_strongest_run(evidence: NDArray[np.float64]) -> tuple[float, int, int]:
    """Return the largest sum of consecutive frames, with its start and end (Kadane's maximum subarray)."""
    sums = np.concatenate(([0.0], np.cumsum(evidence)))
    gains = sums - np.minimum.accumulate(sums)
    end = int(np.argmax(gains))
    return float(gains[end]), int(np.argmin(sums[: end + 1])), end


def _sum_bands(rows: Levels) -> Levels:
    return np.asarray(10 * np.log10(np.sum(from_decibels(rows), axis=0)))
