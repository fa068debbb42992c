"""Refine the boundaries of pauses by change-point detection on detector and energy evidence.

The hum of a room hides a voice below 500 Hz but not its consonants above 4 kHz; a breath or a hiss
does the opposite. Therefore a soft beginning or ending is looked for in every band, not only in the
whole signal.

Each 5 ms around a pause gets a score: its log odds of being speech rather than silence. The energy
contributes a log likelihood ratio: in each band, silence and speech are modelled as normal in dB,
with the mean and spread measured around this very pause, so that both steady and unsteady noise are
told from speech by how they behave here. The detector contributes its log odds. Speech before a
pause ends where the cumulative score is highest, speech after it begins where it is lowest: the
most likely single change, as in a two-state Viterbi decoding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import split_frames, to_decibels
from speech.segment import Segment
from speech.vad.endpoints import (
    HOP_SAMPLES,
    HOP_SECONDS,
    MAX_OUTWARD_FRAMES,
    NEIGHBOURHOOD_FRAMES,
    Levels,
    make_ordered_segments,
    measure_levels,
)

BAND_EDGES_HZ = (100, 500, 1000, 2000, 4000, 8000)  # Hz; about an octave each, and the last is where hisses are
ROW_COUNT = len(BAND_EDGES_HZ)  # rows: the whole and the bands between the edges
WINDOW_SAMPLES = 256  # samples, 16 ms under a Hann window, which sees half of that
BLOCK_FRAMES = 4096  # frames transformed at a time: spectra are 13 times as large as the sound
MIN_LEVEL_DBFS = -110.0  # dB re full scale; a band holds less than the whole
MAX_INWARD_FRAMES = (
    30  # frames, 0.15 s: how far a border may move over silence; the detector's after-glow is that long in noise
)
MIN_SILENCE_FRAMES = 4  # frames, 20 ms, that a silence needs to be measured
DYNAMIC_RANGE_DB = 45.0  # dB under a band's loud voice; what is quieter is silence, however it varies
MIN_SPREAD_DB = 2.5  # dB: what 16 ms of steady noise vary by in the narrowest band
LIKELIEST_ROW_COUNT = (
    4  # bands of the six that count, the likeliest voice: vowels leave the upper ones empty, hisses the lower
)
MAX_ENERGY_LOG_ODDS = 3.0  # the energy's share at most, odds of 20: no click outweighs what the detector is sure of
MAX_DETECTOR_LOG_ODDS = 3.0  # the detector's share at most
SOFT_EDGE_SECONDS = 0.01  # s of a soft beginning or ending that noise hides, against borders marked by hand
MAX_SILENCE_LOG_ODDS = (
    0.5  # what 5 ms can say for silence: inside words it is often as quiet (closures, voice under noise)
)
Scores = NDArray[np.float64]


def measure_band_levels(samples: Samples) -> Levels:
    """Return levels in dBFS of the whole signal (first row) and of each band, shape (ROW_COUNT, frames).

    Args:
        samples: Shape (n,), 16 kHz.
    """
    whole = measure_levels(samples)
    found = np.empty((ROW_COUNT, len(whole)))
    found[0] = whole
    bins = np.searchsorted(np.fft.rfftfreq(WINDOW_SAMPLES, 1 / SAMPLE_RATE), BAND_EDGES_HZ[:-1])
    window = np.hanning(WINDOW_SAMPLES + 1)[:-1]
    scale = 2 / (WINDOW_SAMPLES * np.sum(window**2))
    padded = np.pad(samples, (WINDOW_SAMPLES // 2 - HOP_SAMPLES // 2, WINDOW_SAMPLES))
    frames = split_frames(padded, WINDOW_SAMPLES, HOP_SAMPLES)[: len(whole)]
    for begin in range(0, len(whole), BLOCK_FRAMES):
        block = np.s_[begin : begin + BLOCK_FRAMES]
        spectra = np.abs(np.fft.rfft(frames[block] * window)) ** 2 * scale
        found[1:, block] = to_decibels(np.add.reduceat(spectra, bins, axis=1), MIN_LEVEL_DBFS).T
    return found


def refine_boundaries(recording: Recording, log_odds: Scores, voice: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Move the boundaries of speech segments to the likeliest change between speech and silence.

    Args:
        recording: The recording.
        log_odds: The detector's natural log odds for each 5 ms, shape (frames,).
        voice: Speech segments, in time order.
    """
    if not voice:
        return ()
    energy = measure_band_levels(recording.samples)
    frames = energy.shape[1]
    odds = np.clip(log_odds, -MAX_DETECTOR_LOG_ODDS, MAX_DETECTOR_LOG_ODDS)
    moments = [moment for span in voice for moment in (span.start, span.end)]
    edges = [0, 0, *(min(int(moment / HOP_SECONDS), frames) for moment in moments), frames, frames]
    for index in range(0, len(edges) - 2, 2):
        before, end, start, after = edges[index : index + 4]  # of the voice, of the silence, of the next voice
        likelihood = _measure_log_likelihood(energy, before, end, start, after)
        if likelihood is None:
            continue
        scores = np.maximum(likelihood + odds[before:after], -MAX_SILENCE_LOG_ODDS)
        sums = np.concatenate(([0.0], np.cumsum(scores)))
        middle = (end + start) // 2
        if index > 0:
            first, last = (
                max(before, end - MAX_INWARD_FRAMES),
                min(end + MAX_OUTWARD_FRAMES, middle if start < frames else frames),
            )
            found = first + int(np.argmax(sums[first - before : last - before + 1]))
            moments[index - 1] = _move_boundary(moments[index - 1], end, found) + SOFT_EDGE_SECONDS
        if index < len(moments):
            first, last = (
                max(start - MAX_OUTWARD_FRAMES, middle if index > 0 else 0),
                min(after, start + MAX_INWARD_FRAMES),
            )
            found = last - int(np.argmin(sums[first - before : last - before + 1][::-1]))
            moments[index] = max(_move_boundary(moments[index], start, found) - SOFT_EDGE_SECONDS, 0.0)
    return make_ordered_segments(moments, recording.duration)


def _move_boundary(moment: float, old: int, new: int) -> float:
    """Return the new boundary in seconds; the old one if its frame is unchanged.

    Args:
        moment: The old boundary, in seconds.
        old: Its frame.
        new: The new frame.
    """
    return moment if new == old else new * HOP_SECONDS


def _measure_log_likelihood(energy: Levels, before: int, end: int, start: int, after: int) -> Scores | None:
    """Return the log likelihood ratio of speech to silence for the frames from `before` to `after`.

    Args:
        energy: Levels in dB, shape (rows, frames).
        before: First frame of the speech before the silence.
        end: First frame of the silence.
        start: First frame of the speech after the silence.
        after: Frame after that speech.

    Returns:
        Shape (after - before,); None if there is too little speech or silence to measure.
    """
    voice = np.concatenate(
        (
            energy[:, max(before, end - NEIGHBOURHOOD_FRAMES) : end],
            energy[:, start : min(after, start + NEIGHBOURHOOD_FRAMES)],
        ),
        axis=1,
    )
    if start - end < MIN_SILENCE_FRAMES or voice.shape[1] < MIN_SILENCE_FRAMES:
        return None
    floor = np.percentile(voice, 90, axis=1, keepdims=True) - DYNAMIC_RANGE_DB
    voice, heard = np.maximum(voice, floor), np.maximum(energy[:, before:after], floor)
    silence = heard[:, end - before : start - before]
    level = np.median(silence, axis=1, keepdims=True)
    # The median deviation, because there may be a breath in the silence, or a voice that the detector missed.
    spread = np.maximum(1.4826 * np.median(np.abs(silence - level), axis=1, keepdims=True), MIN_SPREAD_DB)
    voice_spread = np.maximum(voice.std(axis=1, keepdims=True), spread)
    over_silence = np.maximum((heard - level) / spread, 0.0)  # what is quieter than the silence is silence
    beside_voice = (heard - voice.mean(axis=1, keepdims=True)) / voice_spread
    ratios = 0.5 * over_silence**2 - 0.5 * beside_voice**2 + np.log(spread / voice_spread)
    likeliest = np.sort(np.clip(ratios, -3 * MAX_ENERGY_LOG_ODDS, 3 * MAX_ENERGY_LOG_ODDS), axis=0)[
        -LIKELIEST_ROW_COUNT:
    ]
    return np.asarray(np.clip(likeliest.mean(axis=0), -MAX_ENERGY_LOG_ODDS, MAX_ENERGY_LOG_ODDS))
