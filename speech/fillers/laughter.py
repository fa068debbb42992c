"""Tell laughter from ums: it is a row of quick bursts, where an um or uh is one steady sound."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from speech.audio import signal
from speech.audio.recording import Recording
from speech.fillers.candidates import SMOOTHING_FRAMES
from speech.segment import Segment
from speech.transcript import Word, WordKind
from speech.vad.endpoints import HOP_SECONDS, Levels, measure_levels

MAX_GAP_SECONDS = 0.15  # s between the sounds of one laugh
MIN_BURSTS = 3
BURST_DIP_DB = 8.0  # dB that the level falls and rises again between two bursts
MAX_DB_BELOW_LOUDEST = 18.0  # dB under the loudest burst, down to which one counts
MAX_BURST_STEP_SECONDS = 0.35  # s from one burst to the next; ums in a row are slower


def drop_laughter(words: Sequence[Word], recording: Recording) -> list[Word]:
    """Return words without the filler sounds that are laughter.

    Args:
        words: Of one recording, in time order.
        recording: Their sound.
    """
    groups: list[list[Word]] = []
    for word in words:
        if word.kind is not WordKind.FILLED_PAUSE:
            continue
        if groups and word.start - groups[-1][-1].end < MAX_GAP_SECONDS:
            groups[-1].append(word)
        else:
            groups.append([word])
    laughs = {word for group in groups if _is_laughter(group, recording) for word in group}
    return [word for word in words if word not in laughs]


def _is_laughter(group: Sequence[Word], recording: Recording) -> bool:
    sound = recording.cut(Segment(group[0].start, max(word.end for word in group)))
    levels = measure_levels(sound)
    if not levels.size:  # shorter than the first frame
        return False
    bursts = find_bursts(signal.smooth_levels(levels, SMOOTHING_FRAMES))
    steps = [later - earlier for earlier, later in pairwise(bursts)]
    return len(bursts) >= MIN_BURSTS and max(steps) <= MAX_BURST_STEP_SECONDS


def find_bursts(energy: Levels) -> list[float]:
    """Return when the level is highest in each burst, in seconds: maxima between which it falls and rises again.

    Args:
        energy: Levels in dBFS every 5 ms, shape (frames,).
    """
    found: list[int] = []
    top = low = 0
    is_rising = True
    for frame, level in enumerate(energy):
        if is_rising and level >= energy[top]:
            top = frame
        elif is_rising and energy[top] - level >= BURST_DIP_DB:
            found.append(top)
            is_rising, low = False, frame
        elif not is_rising and level < energy[low]:
            low = frame
        elif not is_rising and level - energy[low] >= BURST_DIP_DB:
            is_rising, top = True, frame
    if is_rising and len(energy):
        found.append(top)
    return [frame * HOP_SECONDS for frame in found if energy[frame] >= max(energy) - MAX_DB_BELOW_LOUDEST]
