"""Placing the borders of pauses where the voice detector and the energy together put them.

Each 5 ms around a pause gets a score: how much more likely they are voice than silence. The energy's share is the
logarithm of a likelihood ratio: in each band silence and voice are taken as normal in dB, with the mean and spread that
they have around this very pause, so that steady noise and unsteady noise are both told from voice by what they do here.
The detector's share is the logarithm of its odds. The voice before a pause ends where the sum of the scores is highest,
the voice after it begins where it is lowest: the most likely single change, as in a two-state Viterbi decoding.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from speech.audio.recording import Recording
from speech.segment import Span
from speech.vad.band_energy import band_levels
from speech.vad.endpoints import NEIGHBOURHOOD, OUTWARD, STEP, Levels, in_order

INWARD = 30  # frames, 0.15 s: how far a border may move over silence; the detector's after-glow is that long in noise
LEAST_SILENCE = 4  # frames, 20 ms, that a silence needs to be measured
RANGE = 45.0  # dB under a band's loud voice; what is quieter is silence, however it varies
LEAST_SPREAD = 2.5  # dB: what 16 ms of steady noise vary by in the narrowest band
LOUDEST = 4  # bands of the six that count, the likeliest voice: vowels leave the upper ones empty, hisses the lower
MOST_ENERGY = 3.0  # the energy's share at most, odds of 20: no click outweighs what the detector is sure of
MOST_ODDS = 3.0  # the detector's share at most
SOFT = 0.01  # s of a soft beginning or ending that noise hides, against borders marked by hand
MOST_SILENCE = 0.5  # what 5 ms can say for silence: inside words it is often as quiet (closures, voice under noise)

Scores = NDArray[np.float64]


def weigh(recording: Recording, log_odds: Scores, voice: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same voiced stretches with their borders moved to the likeliest change between voice and silence.

    `log_odds` are the detector's, natural logarithms for each 5 ms of the recording.
    """
    if not voice:
        return ()
    energy = band_levels(recording.samples)
    frames = energy.shape[1]
    odds = np.clip(log_odds, -MOST_ODDS, MOST_ODDS)
    moments = [moment for span in voice for moment in (span.start, span.end)]
    edges = [0, 0, *(min(int(moment / STEP), frames) for moment in moments), frames, frames]
    for index in range(0, len(edges) - 2, 2):
        before, end, start, after = edges[index : index + 4]  # of the voice, of the silence, of the next voice
        likelihood = _likelihood(energy, before, end, start, after)
        if likelihood is None:
            continue
        scores = np.maximum(likelihood + odds[before:after], -MOST_SILENCE)
        sums = np.concatenate(([0.0], np.cumsum(scores)))
        middle = (end + start) // 2
        if index > 0:
            first, last = max(before, end - INWARD), min(end + OUTWARD, middle if start < frames else frames)
            found = first + int(np.argmax(sums[first - before : last - before + 1]))
            moments[index - 1] = _moved(moments[index - 1], end, found) + SOFT
        if index < len(moments):
            first, last = max(start - OUTWARD, middle if index > 0 else 0), min(after, start + INWARD)
            found = last - int(np.argmin(sums[first - before : last - before + 1][::-1]))
            moments[index] = max(_moved(moments[index], start, found) - SOFT, 0.0)
    return in_order(moments, recording.duration)


def _moved(moment: float, old: int, new: int) -> float:
    """A border that stays in its frame stays where it was."""
    return moment if new == old else new * STEP


def _likelihood(energy: Levels, before: int, end: int, start: int, after: int) -> Scores | None:
    """Log likelihood ratio of voice to silence for the frames from `before` to `after`; None where it is unclear.

    The silence lies from `end` to `start`, the voice around it.
    """
    voice = np.concatenate(
        (energy[:, max(before, end - NEIGHBOURHOOD) : end], energy[:, start : min(after, start + NEIGHBOURHOOD)]),
        axis=1,
    )
    if start - end < LEAST_SILENCE or voice.shape[1] < LEAST_SILENCE:
        return None
    floor = np.percentile(voice, 90, axis=1, keepdims=True) - RANGE
    voice, heard = np.maximum(voice, floor), np.maximum(energy[:, before:after], floor)
    silence = heard[:, end - before : start - before]
    level = np.median(silence, axis=1, keepdims=True)
    # The median deviation, because there may be a breath in the silence, or a voice that the detector missed.
    spread = np.maximum(1.4826 * np.median(np.abs(silence - level), axis=1, keepdims=True), LEAST_SPREAD)
    voice_spread = np.maximum(voice.std(axis=1, keepdims=True), spread)
    over_silence = np.maximum((heard - level) / spread, 0.0)  # what is quieter than the silence is silence
    beside_voice = (heard - voice.mean(axis=1, keepdims=True)) / voice_spread
    ratios = 0.5 * over_silence**2 - 0.5 * beside_voice**2 + np.log(spread / voice_spread)
    likeliest = np.sort(np.clip(ratios, -3 * MOST_ENERGY, 3 * MOST_ENERGY), axis=0)[-LOUDEST:]
    return np.asarray(np.clip(likeliest.mean(axis=0), -MOST_ENERGY, MOST_ENERGY))
