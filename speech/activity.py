"""Voice activity: where there is voice and where there is silence, from the sound alone.

The detector is the Silero VAD that ships inside faster-whisper; it gives a probability of voice every 32 ms.
"""

from __future__ import annotations

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from speech.recording import SAMPLE_RATE, Recording
from speech.span import Span

FRAME = 512  # samples, 32 ms: the detector's step at 16 kHz
ONSET = 0.5  # probability above which voice begins
OFFSET = 0.35  # probability below which voice ends; lower than the onset, so that it does not flicker
SHORTEST_SILENCE = 0.10  # s; shorter ones are parts of words (stop consonants)
SHORTEST_VOICE = 0.06  # s; shorter ones are clicks

Probabilities = NDArray[np.float32]


def voice_probabilities(recording: Recording) -> Probabilities:
    """Probability of voice in each 32 ms frame, shape (frames,)."""
    samples = recording.samples
    padded = np.pad(samples, (0, -len(samples) % FRAME))
    return np.asarray(get_vad_model()(padded), dtype=np.float32).reshape(-1)


def voiced(recording: Recording) -> tuple[Span, ...]:
    """The voiced stretches in time order, with the silences of 0.1 s and more between them."""
    return _spans(_hysteresis(voice_probabilities(recording)), recording.duration)


def _hysteresis(probabilities: Probabilities) -> NDArray[np.bool_]:
    state = np.full(len(probabilities), -1)
    state[probabilities >= ONSET] = 1
    state[probabilities < OFFSET] = 0
    known = np.maximum.accumulate(np.where(state >= 0, np.arange(len(state)), -1))
    return np.asarray(np.where(known >= 0, state[known], 0) == 1)


def _spans(voice: NDArray[np.bool_], duration: float) -> tuple[Span, ...]:
    step = FRAME / SAMPLE_RATE
    edges = np.flatnonzero(np.diff(np.concatenate(([0], voice.astype(np.int8), [0]))))
    raw = [(start * step, min(end * step, duration)) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    merged: list[tuple[float, float]] = []
    for start, end in raw:
        if merged and start - merged[-1][1] < SHORTEST_SILENCE:
            merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(Span(start, end) for start, end in merged if end - start >= SHORTEST_VOICE)
