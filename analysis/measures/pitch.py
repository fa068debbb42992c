"""Pitch variation: how much the melody of the voice moves, in semitones.

F0 comes from YIN (de Cheveigné & Kawahara 2002) as librosa has it. Frames whose period is not clear count as unvoiced,
and octave errors are kept out by the two-pass range of De Looze & Hirst 2008. Semitones make low and high voices alike.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.finding import Source
from analysis.measures.measure import Answer, Family, Measure, Measured
from speech.audio.lazy_librosa import load_librosa
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import frame
from speech.segment import Span

Floats = NDArray[np.float64]
Tracks = dict[Span, Floats]  # F0 of voiced stretches

LOWEST = 65.0  # Hz, below the deepest speaking voices
HIGHEST = 500.0  # Hz, above the highest ones
HOP = SAMPLE_RATE // 50  # 20 ms; melody moves more slowly
FRAME = 800  # samples, 50 ms: three periods of the deepest voice
WINDOW = 512  # samples, 32 ms, that are compared with themselves a period later: two periods of the deepest voice
CLEAR = 0.2  # a normalised difference below this is a clear period; YIN's own 0.1 loses half of a noisy recording
SMOOTH = 8  # samples; a running mean whose first zero lies at 2 kHz leaves F0 and takes hiss away
BLOCK = 512  # frames at a time, to bound memory (3 MB a table)
ENOUGH = 1.0  # s of voiced frames below which variation says nothing
FLOOR_BELOW_Q1 = 0.75  # De Looze & Hirst 2008: the range of a voice is 0.75 first quartile to 1.5 third quartile
CEILING_ABOVE_Q3 = 1.5
SILENT = 1e-9  # mean square below which a frame holds digital silence, and a period means nothing


def pitch_variation(recording: Recording, voice: Sequence[Span], known: Tracks | None = None) -> float | None:
    """Standard deviation of F0 in semitones over the voiced frames inside `voice`; None with under 1 s of them.

    `known` are stretches whose F0 was measured before.
    """
    known = known or {}
    tracks = [known[span] if span in known else pitch(recording.cut(span)) for span in voice]
    heard = np.concatenate([track[np.isfinite(track)] for track in tracks]) if tracks else np.zeros(0)
    heard = _within_own_range(heard)
    if len(heard) * HOP < ENOUGH * SAMPLE_RATE:
        return None
    return float(np.std(12 * np.log2(heard)))


def pitch(samples: Samples) -> Floats:
    """F0 in Hz of every 20 ms frame, shape (frames,), NaN where no clear period is heard."""
    if len(samples) < FRAME:
        return np.zeros(0)
    smooth = np.convolve(samples, np.full(SMOOTH, 1 / SMOOTH, np.float32), "same")
    begins = range(0, len(smooth) - FRAME + 1, BLOCK * HOP)
    return np.concatenate([_block_pitch(smooth[begin : begin + (BLOCK - 1) * HOP + FRAME]) for begin in begins])


def _within_own_range(heard: Floats) -> Floats:
    if not heard.size:
        return heard
    first, third = np.percentile(heard, [25, 75])
    own: Floats = heard[(heard >= FLOOR_BELOW_Q1 * first) & (heard <= CEILING_ABOVE_Q3 * third)]
    return own


def _block_pitch(samples: Samples) -> Floats:
    """F0 in Hz of each frame of smoothed samples, NaN where it is not clear."""
    f0 = _estimate_f0(samples)
    frames = frame(samples, FRAME, HOP).astype(np.float64)
    frames -= frames.mean(axis=1, keepdims=True)
    difference = _normalised_difference(frames, np.rint(SAMPLE_RATE / f0).astype(np.intp))
    return np.where((difference < CLEAR) & (np.mean(frames**2, axis=1) > SILENT), f0, np.nan)


def _estimate_f0(samples: Samples) -> Floats:
    """F0 in Hz of each frame by YIN, clear or not."""
    f0: Floats = load_librosa().yin(
        samples,
        fmin=LOWEST,
        fmax=HIGHEST,
        sr=SAMPLE_RATE,
        frame_length=FRAME,
        hop_length=HOP,
        center=False,
        trough_threshold=CLEAR,
    )
    return f0


def _normalised_difference(frames: Floats, lags: NDArray[np.intp]) -> Floats:
    """YIN's cumulative mean normalised difference of each frame at its own lag, shape (frames,).

    librosa.yin does not give it. It is the difference at the lag by its mean over this and all shorter lags, which
    running sums tell without a table of all lags.
    """
    lag = lags[:, np.newaxis]
    at = np.arange(WINDOW)
    window = frames[:, :WINDOW]
    sums, power = _running_sum(frames), _running_sum(frames**2)
    powers = _running_sum(power)
    difference = np.sum((window - _take(frames, at + lag)) ** 2, axis=1)
    correlations = np.sum(window * (_take(sums, at + lag + 1) - sums[:, 1 : WINDOW + 1]), axis=1)
    energies = (_take(powers, lag + WINDOW + 1) - _take(powers, lag + 1))[:, 0] - powers[:, WINDOW + 1] + powers[:, 1]
    whole = lags * power[:, WINDOW] + energies - 2 * correlations  # the differences at lags 1 to `lag`, added up
    return np.asarray(np.divide(lags * difference, whole, out=np.ones_like(difference), where=whole > 0))


def _running_sum(rows: Floats) -> Floats:
    """Sums of the first 0, 1, 2 ... columns, one column more than `rows`."""
    return np.pad(np.cumsum(rows, axis=1), ((0, 0), (1, 0)))


def _take(rows: Floats, columns: NDArray[np.intp]) -> Floats:
    """Of each row the values at its own columns."""
    return np.take_along_axis(rows, columns, axis=1)


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
