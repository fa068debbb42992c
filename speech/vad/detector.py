"""Voice activity: where there is voice and where there is silence, from the sound alone.

The detector is the Silero VAD that ships inside faster-whisper; it gives a probability of voice every 32 ms. It hears
a little late, so its borders are moved back by its measured delay, then weighed against the energy of the sound, and
settled on it where the recording is quiet. Breaths that it took for voice are taken out.
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
from speech.audio.signal import runs
from speech.segment import Span
from speech.vad.breaths import without_breaths
from speech.vad.change_points import weigh
from speech.vad.endpoints import HOP, settle
from speech.vad.endpoints import STEP as LEVEL_STEP

FRAME = 512  # samples, 32 ms: the detector's step at 16 kHz
STEP = FRAME / SAMPLE_RATE  # s
CONTEXT = 64  # samples before a frame that the detector hears with it
STATE = 128  # numbers in each of its two states
ONSET = 0.5  # probability above which voice begins
OFFSET = 0.35  # probability below which voice ends; lower than the onset, so that it does not flicker
BORDER_IN = 0.4  # probability at whose crossing an onset is placed, between two frames
BORDER_OUT = 0.5  # probability at whose crossing an offset is placed
DELAY = 0.03  # s by which the detector is late, against borders marked by hand
SURE = 1e-3  # probability by which the detector may be wrong when it is surest; keeps odds finite
SHORTEST_SILENCE = 0.10  # s; shorter ones are parts of words (stop consonants)
SHORTEST_VOICE = 0.06  # s; shorter ones are clicks

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
        samples: shape (n,) at 16 kHz; where n is no multiple of `FRAME`, the last frame is filled with silence.
        memory: what was returned with the sound before.
    """
    if not len(samples):
        return np.zeros(0, np.float32), memory
    frames = np.pad(samples, (0, -len(samples) % FRAME)).reshape(-1, FRAME)
    before = np.concatenate((memory.last[np.newaxis], frames[:-1, -CONTEXT:]))
    heard, hidden, cell = _detector()(np.concatenate((before, frames), axis=1), memory.hidden, memory.cell)
    return np.asarray(heard, np.float32).reshape(-1), Memory(hidden, cell, frames[-1, -CONTEXT:])


@cache
def _detector() -> Callable[[Samples, Samples, Samples], Any]:
    check_voice_detector()
    session = get_vad_model().session
    return lambda frames, hidden, cell: session.run(None, {"input": frames, "h": hidden, "c": cell})


def load_detector() -> None:
    """Load the detector, once a process, so that its first use is as quick as the next; raises WeightsError."""
    _detector()


def place_voice(recording: Recording, probabilities: Probabilities, drop_breaths: bool = True) -> tuple[Span, ...]:
    """Return the voiced stretches in time order, with the silences of 0.1 s and more between them.

    Args:
        recording: the sound.
        probabilities: of voice, for each of its frames.
        drop_breaths: whether breaths that the detector took for voice are taken out.
    """
    frames = runs(hysteresis(probabilities))
    heard = tuple(_placed(probabilities, begin, end, recording.duration) for begin, end in frames)
    weighed = weigh(
        recording, _log_odds(probabilities, recording), tuple(s for s in heard if s.duration >= SHORTEST_VOICE)
    )
    settled = tuple(span for span in settle(recording, weighed) if span.duration > 0)
    return joined(without_breaths(recording, settled) if drop_breaths else settled)


def _log_odds(probabilities: Probabilities, recording: Recording) -> NDArray[np.float64]:
    """Log odds of voice for each 5 ms of a recording, less the detector's delay."""
    moments = (np.arange(len(recording.samples) // HOP) + 0.5) * LEVEL_STEP + DELAY
    odds = np.log((probabilities + SURE) / (1 - probabilities + SURE))
    return np.asarray(np.interp(moments, (np.arange(len(odds)) + 0.5) * STEP, odds))


def hysteresis(probabilities: Probabilities, *, is_voice: bool = False) -> NDArray[np.bool_]:
    """Return which frames are voice; `is_voice`: whether the frame before them was."""
    state = np.full(len(probabilities), -1)
    state[probabilities >= ONSET] = 1
    state[probabilities < OFFSET] = 0
    known = np.maximum.accumulate(np.where(state >= 0, np.arange(len(state)), -1))
    return np.asarray(np.where(known >= 0, state[known], is_voice) == 1)


def _placed(probabilities: Probabilities, begin: int, end: int, duration: float) -> Span:
    """Place a run of voiced frames in time: where the probability crosses the border values, less the delay."""
    while end - 1 > begin and probabilities[end - 1] < BORDER_OUT:
        end -= 1
    start = _crossing(probabilities, begin, BORDER_IN) - DELAY if begin > 0 else 0.0
    stop = _crossing(probabilities, end, BORDER_OUT) - DELAY if end < len(probabilities) else duration
    start = max(start, 0.0)
    return Span(start, min(max(stop, start), duration))


def _crossing(probabilities: Probabilities, frame: int, border: float) -> float:
    """When the probability crosses a border value between the middles of two neighbouring frames."""
    before, after = float(probabilities[frame - 1]), float(probabilities[frame])
    if (before - border) * (after - border) >= 0:
        return frame * STEP
    return (frame - 0.5 + (border - before) / (after - before)) * STEP


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Stretches in time order, those with less than a silence between them made one."""
    whole: list[Span] = []
    for span in sorted(spans):
        if whole and span.start - whole[-1].end < SHORTEST_SILENCE:
            whole[-1] = Span(whole[-1].start, max(span.end, whole[-1].end))
        else:
            whole.append(span)
    return tuple(whole)
