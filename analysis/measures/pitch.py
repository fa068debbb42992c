"""Pitch variation: how much the melody of the voice moves, in semitones.

F0 comes from YIN (de Cheveigné & Kawahara 2002), written here over whole blocks of frames because compiled
implementations spend longer starting than a whole answer may take. Frames whose period is not clear count as unvoiced,
and octave errors are kept out by the two-pass range of De Looze & Hirst 2008. Semitones make low and high voices alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.finding import Source
from analysis.measures.measure import Answer, Family, Measure, Measured
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.segment import Span

Floats = NDArray[np.float64]

LOWEST = 65.0  # Hz, below the deepest speaking voices
HIGHEST = 500.0  # Hz, above the highest ones
HOP = SAMPLE_RATE // 50  # 20 ms; melody moves more slowly
LONGEST_PERIOD = int(SAMPLE_RATE / LOWEST)  # samples
SHORTEST_PERIOD = int(SAMPLE_RATE / HIGHEST)  # samples
WINDOW = 512  # samples, 32 ms: two periods of the deepest voice
FRAME = WINDOW + LONGEST_PERIOD + 1  # samples one frame needs
FFT_SIZE = 1024  # the next power of two above FRAME: the correlation does not wrap around
CLEAR = 0.2  # a normalised difference below this is a clear period; YIN's own 0.1 loses half of a noisy recording
SMOOTH = 8  # samples; a running mean whose first zero lies at 2 kHz leaves F0 and takes hiss away
BLOCK = 2048  # frames at a time, to bound memory (16 MB a table)
ENOUGH = 1.0  # s of voiced frames below which variation says nothing
FLOOR_BELOW_Q1 = 0.75  # De Looze & Hirst 2008: the range of a voice is 0.75 first quartile to 1.5 third quartile
CEILING_ABOVE_Q3 = 1.5
SILENT = 1e-9  # mean square below which a frame holds digital silence, and a period means nothing


def pitch_variation(recording: Recording, voice: Sequence[Span]) -> float | None:
    """Standard deviation of F0 in semitones over the voiced frames inside `voice`; None with under 1 s of them."""
    tracks = [pitch(recording.cut(span)) for span in voice]
    heard = np.concatenate([track[np.isfinite(track)] for track in tracks]) if tracks else np.zeros(0)
    heard = _within_own_range(heard)
    if len(heard) * HOP < ENOUGH * SAMPLE_RATE:
        return None
    return float(np.std(12 * np.log2(heard)))


def pitch(samples: Samples) -> Floats:
    """F0 in Hz of every 20 ms frame, shape (frames,), NaN where no clear period is heard."""
    if len(samples) < FRAME:
        return np.zeros(0)
    smooth = np.convolve(samples, np.full(SMOOTH, 1 / SMOOTH), "same")
    frames = np.lib.stride_tricks.sliding_window_view(smooth, FRAME)[::HOP]
    return np.concatenate([_block_pitch(frames[at : at + BLOCK]) for at in range(0, len(frames), BLOCK)])


def _within_own_range(heard: Floats) -> Floats:
    if not heard.size:
        return heard
    first, third = np.percentile(heard, [25, 75])
    own: Floats = heard[(heard >= FLOOR_BELOW_Q1 * first) & (heard <= CEILING_ABOVE_Q3 * third)]
    return own


def _block_pitch(frames: Floats) -> Floats:
    centred = frames - frames.mean(axis=1, keepdims=True)
    normalised = _normalised_difference(centred)
    rows = np.arange(len(normalised))
    period = _first_clear_dip(normalised)
    voiced = (period > 0) & (np.mean(centred**2, axis=1) > SILENT)
    at = np.where(voiced, period, SHORTEST_PERIOD)
    before, here, after = (normalised[rows, at + step] for step in (-1, 0, 1))
    curvature = before - 2 * here + after
    shift = np.divide(before - after, 2 * curvature, out=np.zeros_like(here), where=curvature > 0)
    return np.where(voiced, SAMPLE_RATE / (at + shift), np.nan)


def _normalised_difference(frames: Floats) -> Floats:
    """The cumulative mean normalised difference of each frame, shape (frames, lags 0..LONGEST_PERIOD+1)."""
    lags = np.arange(LONGEST_PERIOD + 2)
    head = np.fft.rfft(frames[:, :WINDOW], FFT_SIZE)
    whole = np.fft.rfft(frames, FFT_SIZE)
    correlation = np.fft.irfft(np.conj(head) * whole, FFT_SIZE)[:, : len(lags)]
    power = np.pad(np.cumsum(frames**2, axis=1), ((0, 0), (1, 0)))
    energy = power[:, WINDOW + lags] - power[:, lags]
    difference = np.maximum(energy[:, :1] + energy - 2 * correlation, 0)
    sums = np.cumsum(difference[:, 1:], axis=1)
    normalised = np.ones_like(difference)
    np.divide(difference[:, 1:] * lags[1:], sums, out=normalised[:, 1:], where=sums > 0)
    return normalised


def _first_clear_dip(normalised: Floats) -> NDArray[np.intp]:
    """The lag of the first local minimum below CLEAR in each row; 0 where there is none."""
    inner = normalised[:, SHORTEST_PERIOD : LONGEST_PERIOD + 1]
    left = normalised[:, SHORTEST_PERIOD - 1 : LONGEST_PERIOD]
    right = normalised[:, SHORTEST_PERIOD + 1 : LONGEST_PERIOD + 2]
    dips = (inner < CLEAR) & (inner <= left) & (inner < right)
    return np.where(dips.any(axis=1), dips.argmax(axis=1) + SHORTEST_PERIOD, 0)


# ---- the measure ----

HINCKS_EDLUND = Source(
    "Hincks & Edlund 2009",
    "The spread of pitch in semitones tells lively from monotone presentations.",
    is_evidence=True,
)
EVEN_SEMITONES = 2.0  # below it the pitch is called rather even, for information


def describe_pitch_variation(value: float | None) -> Measured:
    """Tell a pitch variation in a sentence; None: there was too little of it to measure."""
    if value is None:
        return Measured(None, "Less than a second of voice has a clear pitch.")
    even = ", which sounds rather even" if value < EVEN_SEMITONES else ""
    return Measured(value, f"The pitch moves by {value:.1f} semitones around its middle{even}.")


def _describe_sound(answer: Answer) -> Measured:
    return answer.sound.pitch


PITCH: Family = (
    Measure(
        "pitch_variation",
        "Pitch variation",
        "semitones",
        "How far your voice moves up and down around its middle. Below 2 semitones it sounds rather even.",
        "standard deviation of F0 in semitones over voiced frames",
        HINCKS_EDLUND,
        _describe_sound,
        decimals=1,
    ),
)
