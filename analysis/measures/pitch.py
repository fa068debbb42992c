"""Pitch variation: how much the fundamental frequency (F0) of the voice varies, in semitones.

F0 comes from librosa's YIN (de Cheveigné & Kawahara 2002). Frames without a clear period count as
unvoiced, and octave errors are removed by the two-pass range of De Looze & Hirst 2008. Semitones
make low and high voices comparable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.finding import Band, Finding, Source
from analysis.measures.measure import NO_ACT_RANGE, Answer, Family, Goal, Measure, Measurement, Remedy
from speech.audio.lazy_librosa import load_librosa
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import split_frames, to_decibels
from speech.segment import Segment, find_gaps

Floats = NDArray[np.float64]
Tracks = dict[Segment, Floats]  # F0 of voiced stretches

MIN_F0_HZ = 65.0  # Hz, below the deepest speaking voices
MAX_F0_HZ = 500.0  # Hz, above the highest ones
HOP_SAMPLES = SAMPLE_RATE // 50  # 20 ms; melody moves more slowly
FRAME_SAMPLES = 800  # samples, 50 ms: three periods of the deepest voice
WINDOW_SAMPLES = (
    512  # samples, 32 ms, that are compared with themselves a period later: two periods of the deepest voice
)
MAX_CLEAR_DIFFERENCE = (
    0.2  # a normalised difference below this is a clear period; YIN's own 0.1 loses half of a noisy recording
)
SMOOTHING_SAMPLES = 8  # samples; a running mean whose first zero lies at 2 kHz leaves F0 and takes hiss away
BLOCK_FRAMES = 512  # frames at a time, to bound memory (3 MB a table)
MIN_VOICED_SECONDS = 1.0  # s of voiced frames below which variation says nothing
FLOOR_FACTOR_OF_Q1 = 0.75  # De Looze & Hirst 2008: the range of a voice is 0.75 first quartile to 1.5 third quartile
CEILING_FACTOR_OF_Q3 = 1.5
LOUD_PERCENTILE = 90.0  # of the levels inside the voice: its vowels
MAX_DB_BELOW_LOUD = 45.0  # dB under them, below which a frame isn't taken for the voice
MIN_DB_OVER_BACKGROUND = 12.0  # dB over the median between voiced stretches that a frame needs, to be the voice
MIN_DB_BELOW_LOUD = 10.0  # dB under the vowels down to which a frame is always taken for the voice
LOWEST_DBFS = -120.0
MIN_DB_OVER_HUM = 20.0  # dB of the vowels over a hum, below which its period is found instead of theirs
MIN_HUM_FRAMES = 25  # frames between voiced stretches that have a clear pitch, 0.5 s
MIN_HUM_SHARE = 0.5  # of all frames there
HUM_SEMITONES = 0.5  # within which the middle half of a hum's pitch lies, and frames of the voice aren't counted
MAX_SILENT_POWER = 1e-9  # mean square below which a frame holds digital silence, and a period means nothing


@dataclass(frozen=True)
class Hum:
    """A steady tone or buzz behind the voice."""

    pitch: float  # Hz
    level: float  # dBFS, of hum and other background together


def compute_pitch_variation(
    recording: Recording, voice: Sequence[Segment], known: Tracks | None = None
) -> float | None:
    """Standard deviation of F0 in semitones over the voiced frames inside `voice`; None with under 1 s of them.

    Frames that a hum may have given their pitch are left out, and where it is loud there is no value.

    `known` are stretches whose F0 was measured before.
    """
    known = known or {}
    tracks, levels = [np.zeros(0)], [np.zeros(0)]
    for span in voice:
        sound = recording.cut(span)
        track, level = known[span] if span in known else track_pitch(sound), _measure_levels(sound)
        count = min(len(track), len(level))  # a stretch heard live may differ by a sample
        tracks.append(track[:count])
        levels.append(level[:count])
    heard, loudness = np.concatenate(tracks), np.concatenate(levels)
    hum = find_hum(recording, voice)
    loud = float(np.percentile(loudness, LOUD_PERCENTILE)) if loudness.size else LOWEST_DBFS
    if hum is not None and hum.level > loud - MIN_DB_OVER_HUM:
        return None  # where a hum is as loud as that, its period is found in the voice too
    keeps = np.isfinite(heard) & _is_of_voice(loudness, recording, voice)
    heard, loudness = heard[keeps], loudness[keeps]
    if hum is not None:
        away = np.abs((12 * np.log2(heard / hum.pitch) + 6) % 12 - 6)  # semitones from the hum in any octave
        heard = heard[(away > HUM_SEMITONES) | (loudness > hum.level + MIN_DB_OVER_HUM)]
    heard = _drop_outside_own_range(heard)
    if len(heard) * HOP_SAMPLES < MIN_VOICED_SECONDS * SAMPLE_RATE:
        return None
    return float(np.std(12 * np.log2(heard)))


def track_pitch(samples: Samples) -> Floats:
    """Return F0 in Hz of every 20 ms frame, shape (frames,), NaN where there is no clear period."""
    if len(samples) < FRAME_SAMPLES:
        return np.zeros(0)
    smooth = np.convolve(samples, np.full(SMOOTHING_SAMPLES, 1 / SMOOTHING_SAMPLES, np.float32), "same")
    begins = range(0, len(smooth) - FRAME_SAMPLES + 1, BLOCK_FRAMES * HOP_SAMPLES)
    return np.concatenate(
        [_track_block(smooth[begin : begin + (BLOCK_FRAMES - 1) * HOP_SAMPLES + FRAME_SAMPLES]) for begin in begins]
    )


def find_hum(recording: Recording, voice: Sequence[Segment]) -> Hum | None:
    """Return the hum or buzz that goes on between voiced stretches; None where there is none with one steady pitch."""
    gaps = [recording.cut(gap) for gap in find_gaps(voice)]
    pitch = np.concatenate([np.zeros(0), *map(track_pitch, gaps)])
    levels = np.concatenate([np.zeros(0), *map(_measure_levels, gaps)])
    clear = pitch[np.isfinite(pitch)]
    if len(clear) < max(MIN_HUM_FRAMES, MIN_HUM_SHARE * len(pitch)):
        return None
    first, middle, third = np.percentile(clear, [25, 50, 75])
    if 12 * np.log2(third / first) > HUM_SEMITONES:
        return None
    return Hum(float(middle), float(np.median(levels)))


def _measure_levels(samples: Samples) -> Floats:
    """Return the level in dBFS of every frame of which `track_pitch` gives the F0, shape (frames,)."""
    if len(samples) < FRAME_SAMPLES:
        return np.zeros(0)
    sums = np.concatenate(([0.0], np.cumsum(np.square(samples, dtype=np.float64))))
    begins = np.arange(0, len(samples) - FRAME_SAMPLES + 1, HOP_SAMPLES)
    return to_decibels((sums[begins + FRAME_SAMPLES] - sums[begins]) / FRAME_SAMPLES, LOWEST_DBFS)


def _is_of_voice(levels: Floats, recording: Recording, voice: Sequence[Segment]) -> NDArray[np.bool_]:
    """Return which frames are loud enough to be the voice: a hum behind it has a period too, in every short silence."""
    if not levels.size:
        return np.zeros(0, np.bool_)
    loud = float(np.percentile(levels, LOUD_PERCENTILE))
    gaps = [_measure_levels(recording.cut(gap)) for gap in find_gaps(voice)]
    between = np.concatenate([np.zeros(0), *gaps])
    background = float(np.median(between)) if between.size else LOWEST_DBFS
    lowest = max(loud - MAX_DB_BELOW_LOUD, min(background + MIN_DB_OVER_BACKGROUND, loud - MIN_DB_BELOW_LOUD))
    return levels >= lowest


def track_melody(samples: Samples, step_samples: int) -> Floats:
    """Return the pitch of every step in semitones, shape (steps,), NaN where there is no voice; for a picture.

    The pitch of a step is the median of its frames within the speaker's own range.
    """
    track = track_pitch(samples)
    track = np.where(_is_in_own_range(track), track, np.nan)
    frames_per_step = max(1, step_samples // HOP_SAMPLES)
    steps = np.full((-(-len(track) // frames_per_step), frames_per_step), np.nan)
    steps.flat[: len(track)] = track
    voiced = np.isfinite(steps).any(axis=1)
    melody = np.full(len(steps), np.nan)
    melody[voiced] = 12 * np.log2(np.nanmedian(steps[voiced], axis=1))
    return melody


def _drop_outside_own_range(heard: Floats) -> Floats:
    own: Floats = heard[_is_in_own_range(heard)]
    return own


def _is_in_own_range(track: Floats) -> NDArray[np.bool_]:
    """Return for each F0 whether it lies in the range of the voice; False where there is none."""
    heard = track[np.isfinite(track)]
    if not heard.size:
        return np.zeros(len(track), bool)
    first, third = np.percentile(heard, [25, 75])
    inside: NDArray[np.bool_] = (track >= FLOOR_FACTOR_OF_Q1 * first) & (track <= CEILING_FACTOR_OF_Q3 * third)
    return inside


def _track_block(samples: Samples) -> Floats:
    """Return F0 in Hz of each frame of smoothed samples, shape (frames,), NaN where it is not clear."""
    f0 = _estimate_f0(samples)
    frames = split_frames(samples, FRAME_SAMPLES, HOP_SAMPLES).astype(np.float64)
    frames -= frames.mean(axis=1, keepdims=True)
    difference = _compute_normalised_difference(frames, np.rint(SAMPLE_RATE / f0).astype(np.intp))
    return np.where((difference < MAX_CLEAR_DIFFERENCE) & (np.mean(frames**2, axis=1) > MAX_SILENT_POWER), f0, np.nan)


def _estimate_f0(samples: Samples) -> Floats:
    """Return YIN's F0 in Hz of each frame, shape (frames,), whether its period is clear or not."""
    f0: Floats = load_librosa().yin(
        samples,
        fmin=MIN_F0_HZ,
        fmax=MAX_F0_HZ,
        sr=SAMPLE_RATE,
        frame_length=FRAME_SAMPLES,
        hop_length=HOP_SAMPLES,
        center=False,
        trough_threshold=MAX_CLEAR_DIFFERENCE,
    )
    return f0


def _compute_normalised_difference(frames: Floats, lags: NDArray[np.intp]) -> Floats:
    """Return YIN's cumulative mean normalised difference of each frame at its own lag, shape (frames,).

    librosa.yin does not return it. It is the difference at the lag divided by the mean difference over
    this and all shorter lags; running sums give that mean without a table of all lags.

    Args:
        frames: Samples without their mean, shape (frames, FRAME_SAMPLES).
        lags: The period of each frame in samples, shape (frames,).
    """
    lag = lags[:, np.newaxis]
    at = np.arange(WINDOW_SAMPLES)
    window = frames[:, :WINDOW_SAMPLES]
    sums, power = _compute_running_sums(frames), _compute_running_sums(frames**2)
    powers = _compute_running_sums(power)
    difference = np.sum((window - _take_columns(frames, at + lag)) ** 2, axis=1)
    correlations = np.sum(window * (_take_columns(sums, at + lag + 1) - sums[:, 1 : WINDOW_SAMPLES + 1]), axis=1)
    energies = (
        (_take_columns(powers, lag + WINDOW_SAMPLES + 1) - _take_columns(powers, lag + 1))[:, 0]
        - powers[:, WINDOW_SAMPLES + 1]
        + powers[:, 1]
    )
    whole = (
        lags * power[:, WINDOW_SAMPLES] + energies - 2 * correlations
    )  # the differences at lags 1 to `lag`, added up
    return np.asarray(np.divide(lags * difference, whole, out=np.ones_like(difference), where=whole > 0))


def _compute_running_sums(rows: Floats) -> Floats:
    """Return the sums of each row's first 0, 1, 2 ... columns, one column more than `rows`."""
    return np.pad(np.cumsum(rows, axis=1), ((0, 0), (1, 0)))


def _take_columns(rows: Floats, columns: NDArray[np.intp]) -> Floats:
    """Return from each row the values at its own columns."""
    return np.take_along_axis(rows, columns, axis=1)


# ---- the measure ----

HINCKS_EDLUND = Source(
    "Hincks & Edlund 2009",
    "The spread of pitch in semitones tells lively from monotone presentations.",
    is_evidence=True,
)
MAX_EVEN_SEMITONES = 2.0  # below it the pitch is called rather even, for information
FLAT_SEMITONES = 1.5  # below it, to watch; a synthetic voice made flat gives 1.5, lively speakers 2.5 to 4


def describe_pitch_variation(value: float | None) -> Measurement:
    """Describe a pitch variation (semitones) in a sentence; None: there was too little voice to measure it."""
    if value is None:
        return Measurement(None, "There was too little clear voice for this.")
    even = ", which sounds rather even" if value < MAX_EVEN_SEMITONES else ""
    return Measurement(value, f"Your pitch varied by about {value:.1f} semitones{even}.")


def _ask_for_more_melody(_finding: Finding, bound: float, _seconds: float) -> Goal:
    return Goal(f"a pitch that varies by {bound:g} semitones or more", low=bound)


def _get_pitch(answer: Answer) -> Measurement:
    return answer.sound.pitch


PITCH: Family = (
    Measure(
        "pitch_variation",
        "Pitch variation",
        "semitones",
        "How far your voice moves up and down. Below 1.5 semitones it sounds flat, below 2 rather even.",
        "standard deviation of F0 in semitones over voiced frames",
        HINCKS_EDLUND,
        _get_pitch,
        band=Band(fine=(FLAT_SEMITONES, None), watch=NO_ACT_RANGE, source=HINCKS_EDLUND),
        decimals=1,
        priority=78,
        kin="pitch",
        praise="Your voice sounds lively",
        if_below=Remedy(_ask_for_more_melody, "Let your voice go up on the words that matter."),
    ),
)
