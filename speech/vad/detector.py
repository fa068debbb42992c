"""Voice activity detection: find speech and silence in the sound alone.

The detector is the Silero VAD that is part of faster-whisper; it gives a probability of speech
every 32 ms. It is slightly late, so its boundaries are moved back by its measured delay, then
refined by change-point detection, and by energy where the recording is quiet. Breaths are removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
from faster_whisper.vad import get_vad_model
from numpy.typing import NDArray

from speech.asr.models import check_voice_detector
from speech.audio.recording import SAMPLE_RATE, Recording, Samples
from speech.audio.signal import find_runs
from speech.segment import Segment
from speech.vad.breaths import remove_breaths
from speech.vad.change_points import refine_boundaries
from speech.vad.endpoints import HOP_SAMPLES, refine_by_energy
from speech.vad.endpoints import HOP_SECONDS as LEVEL_STEP

FRAME_SAMPLES = 512  # samples, 32 ms: the detector's step at 16 kHz
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE  # s
CONTEXT = 64  # samples before a frame that the detector hears with it
STATE = 128  # numbers in each of its two states
ONSET_PROBABILITY = 0.5  # probability above which voice begins
OFFSET_PROBABILITY = 0.35  # probability below which voice ends; lower than the onset, so that it does not flicker
ONSET_CROSSING = 0.4  # probability at whose crossing an onset is placed, between two frames
OFFSET_CROSSING = 0.5  # probability at whose crossing an offset is placed
DETECTOR_DELAY_SECONDS = 0.03  # s by which the detector is late, against borders marked by hand
MIN_ERROR_PROBABILITY = 1e-3  # probability by which the detector may be wrong when it is surest; keeps odds finite
MIN_SILENCE_SECONDS = 0.10  # s; shorter ones are parts of words (stop consonants)
MIN_SPEECH_SECONDS = 0.06  # s; shorter ones are clicks

Probabilities = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Memory:
    """What the detector remembers of the sound so far; a new one remembers nothing."""

    hidden: NDArray[np.float32] = field(default_factory=lambda: np.zeros((1, 1, STATE), np.float32))
    cell: NDArray[np.float32] = field(default_factory=lambda: np.zeros((1, 1, STATE), np.float32))
    last: Samples = field(default_factory=lambda: np.zeros(CONTEXT, np.float32))


def detect(samples: Samples, memory: Memory) -> tuple[Probabilities, Memory]:
    """Return the probability of voice in each 32 ms frame, shape (frames,), and what to go on with after them.

    Args:
        samples: shape (n,) at 16 kHz; where n is no multiple of `FRAME_SAMPLES`, the last frame is filled with silence.
        memory: what was returned with the sound before.
    """
    if not len(samples):
        return np.zeros(0, np.float32), memory
    frames = np.pad(samples, (0, -len(samples) % FRAME_SAMPLES)).reshape(-1, FRAME_SAMPLES)
    before = np.concatenate((memory.last[np.newaxis], frames[:-1, -CONTEXT:]))
    heard, hidden, cell = _load_detector()(np.concatenate((before, frames), axis=1), memory.hidden, memory.cell)
    return np.asarray(heard, np.float32).reshape(-1), Memory(hidden, cell, frames[-1, -CONTEXT:])


@cache
def _load_detector() -> Callable[[Samples, Samples, Samples], Any]:
    check_voice_detector()
    session = get_vad_model().session
    return lambda frames, hidden, cell: session.run(None, {"input": frames, "h": hidden, "c": cell})


def load_detector() -> None:
    """Load the detector, once a process, so that its first use is as quick as the next; raises WeightsError."""
    _load_detector()


def place_voice(recording: Recording, probabilities: Probabilities, drop_breaths: bool = True) -> tuple[Segment, ...]:
    """Return the voiced stretches in time order, with the silences of 0.1 s and more between them.

    Args:
        recording: the sound.
        probabilities: of voice, for each of its frames.
        drop_breaths: whether breaths that the detector took for voice are taken out.
    """
    frames = find_runs(hysteresis(probabilities))
    heard = tuple(_place_segment(probabilities, begin, end, recording.duration) for begin, end in frames)
    weighed = refine_boundaries(
        recording,
        _compute_log_odds(probabilities, recording),
        tuple(s for s in heard if s.duration >= MIN_SPEECH_SECONDS),
    )
    settled = tuple(span for span in refine_by_energy(recording, weighed) if span.duration > 0)
    return merge_segments(remove_breaths(recording, settled) if drop_breaths else settled)


def _compute_log_odds(probabilities: Probabilities, recording: Recording) -> NDArray[np.float64]:
    """Return the log odds of speech for each 5 ms of a recording, corrected for the detector's delay."""
    moments = (np.arange(len(recording.samples) // HOP_SAMPLES) + 0.5) * LEVEL_STEP + DETECTOR_DELAY_SECONDS
    odds = np.log((probabilities + MIN_ERROR_PROBABILITY) / (1 - probabilities + MIN_ERROR_PROBABILITY))
    return np.asarray(np.interp(moments, (np.arange(len(odds)) + 0.5) * FRAME_SECONDS, odds))


def hysteresis(probabilities: Probabilities, *, is_voice: bool = False) -> NDArray[np.bool_]:
    """Return which frames are voice; `is_voice`: whether the frame before them was."""
    state = np.full(len(probabilities), -1)
    state[probabilities >= ONSET_PROBABILITY] = 1
    state[probabilities < OFFSET_PROBABILITY] = 0
    known = np.maximum.accumulate(np.where(state >= 0, np.arange(len(state)), -1))
    return np.asarray(np.where(known >= 0, state[known], is_voice) == 1)


def _place_segment(probabilities: Probabilities, begin: int, end: int, duration: float) -> Segment:
    """Convert a run of frames to a segment: where the probability crosses the thresholds, less the delay."""
    while end - 1 > begin and probabilities[end - 1] < OFFSET_CROSSING:
        end -= 1
    start = _find_crossing(probabilities, begin, ONSET_CROSSING) - DETECTOR_DELAY_SECONDS if begin > 0 else 0.0
    stop = (
        _find_crossing(probabilities, end, OFFSET_CROSSING) - DETECTOR_DELAY_SECONDS
        if end < len(probabilities)
        else duration
    )
    start = max(start, 0.0)
    return Segment(start, min(max(stop, start), duration))


def _find_crossing(probabilities: Probabilities, frame: int, border: float) -> float:
    """Return when the probability crosses a threshold between the centres of two neighbouring frames, in seconds."""
    before, after = float(probabilities[frame - 1]), float(probabilities[frame])
    if (before - border) * (after - border) >= 0:
        return frame * FRAME_SECONDS
    return (frame - 0.5 + (border - before) / (after - before)) * FRAME_SECONDS


def merge_segments(spans: Iterable[Segment]) -> tuple[Segment, ...]:
    """Merge segments that are closer than MIN_SILENCE_SECONDS; return them in time order."""
    whole: list[Segment] = []
    for span in sorted(spans):
        if whole and span.start - whole[-1].end < MIN_SILENCE_SECONDS:
            whole[-1] = Segment(whole[-1].start, max(span.end, whole[-1].end))
        else:
            whole.append(span)
    return tuple(whole)
