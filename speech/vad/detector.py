"""Voice activity: where there is voice and where there is silence, from the sound alone.

The detector is the Silero VAD that ships inside faster-whisper; it gives a probability of voice every 32 ms. It hears
a little late, so its borders are moved back by its measured delay, then weighed against the energy of the sound, and
settled on it where the recording is quiet. Breaths that it took for voice are taken out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
from speech.vad.fundamental import lacks_fundamental, with_fundamental

FRAME = 512  # samples, 32 ms: the detector's step at 16 kHz
STEP = FRAME / SAMPLE_RATE  # s
ONSET = 0.5  # probability above which voice begins
OFFSET = 0.35  # probability below which voice ends; lower than the onset, so that it does not flicker
BORDER_IN = 0.4  # probability at whose crossing an onset is placed, between two frames
BORDER_OUT = 0.5  # probability at whose crossing an offset is placed
DELAY = 0.03  # s by which the detector is late, against borders marked by hand
MORE_VOICE = 1.1  # times the voice, from which the fundamental had been cut off and its return is believed
MORE_FRAMES = 16  # frames, 0.5 s, that it must bring as well: less may be a noise's doing
SURE = 1e-3  # probability by which the detector may be wrong when it is surest; keeps odds finite
SHORTEST_SILENCE = 0.10  # s; shorter ones are parts of words (stop consonants)
SHORTEST_VOICE = 0.06  # s; shorter ones are clicks

Probabilities = NDArray[np.float32]


def voice_probabilities(recording: Recording, restore_fundamental: bool = True) -> Probabilities:
    """Probability of voice in each 32 ms frame, shape (frames,)."""
    heard = _detected(recording.samples)
    if not (restore_fundamental and lacks_fundamental(recording.samples)):
        return heard
    restored = _detected(with_fundamental(recording.samples))
    return restored if restored.sum() > MORE_VOICE * heard.sum() + MORE_FRAMES else heard


def _detected(samples: Samples) -> Probabilities:
    padded = np.pad(samples, (0, -len(samples) % FRAME))
    return np.asarray(_detector()(padded), dtype=np.float32).reshape(-1)


@cache
def _detector() -> Callable[[NDArray[np.float32]], Any]:
    check_voice_detector()
    loaded: Callable[[NDArray[np.float32]], Any] = get_vad_model()
    return loaded


def voiced(recording: Recording, restore_fundamental: bool = True, drop_breaths: bool = True) -> tuple[Span, ...]:
    """The voiced stretches in time order, with the silences of 0.1 s and more between them."""
    probabilities = voice_probabilities(recording, restore_fundamental)
    frames = runs(_hysteresis(probabilities))
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


def _hysteresis(probabilities: Probabilities) -> NDArray[np.bool_]:
    state = np.full(len(probabilities), -1)
    state[probabilities >= ONSET] = 1
    state[probabilities < OFFSET] = 0
    known = np.maximum.accumulate(np.where(state >= 0, np.arange(len(state)), -1))
    return np.asarray(np.where(known >= 0, state[known], 0) == 1)


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
