"""Sounds of their own among the moments that sound like a filler.

The scorer hears "uh, um, hm" in a row as one long filler, and a hum whose voice the detector missed as well. The energy
tells them apart: where it dips and comes back, one sound has ended and the next begun; a sound with nothing but quiet
(or such a dip) on both sides is a sound of its own, not the tail of a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speech.asr.whisper_model import TOKEN_STEP
from speech.audio import signal
from speech.audio.recording import Recording
from speech.fillers.scorer import CLEAR
from speech.segment import Span
from speech.vad.endpoints import STEP, Levels, levels

SHORTEST_RUN = 5  # frames of 20 ms: 0.1 s
LONGEST_DIP = 3  # frames of 20 ms: 0.06 s that are not clear end a run
DIP = 15.0  # dB; a sound that grows less quiet than that, as "um" does when the lips close, goes on
SMOOTHED = 6  # frames of 5 ms: 30 ms, longer than the period of the deepest voice
TAIL = 40  # frames of 5 ms: 0.2 s by which a sound may outlast what the scorer hears of it
BESIDE = 40  # frames of 5 ms: 0.2 s on each side that must be quiet around a sound of its own
MOSTLY = 0.8  # share of these that are quiet; a click does not join two sounds
SHORTEST = 0.1  # s
SHORTEST_IN_ROW = 40  # frames of 5 ms: 0.2 s that each of two sounds in a row lasts; a shorter one is half an "um"

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Island:
    """One sound that may be a filler, in seconds from the start of the recording."""

    span: Span
    is_alone: bool  # quiet, or a dip, on both sides


def islands(recording: Recording, scores: Scores, piece: Span) -> tuple[Island, ...]:
    """The filler-like sounds of a piece in time order; `scores` are the scorer's for each 20 ms of the piece."""
    energy = signal.smooth_levels(levels(recording.cut(piece)), SMOOTHED)
    found = [
        Island(Span(piece.start + begin * STEP, min(piece.start + end * STEP, piece.end)), is_alone)
        for run in runs(scores)
        for begin, end, is_alone in _sounds(energy, *(round(moment / STEP) for moment in run))
    ]
    return tuple(island for island in found if island.span.duration >= SHORTEST)


def runs(scores: Scores) -> list[tuple[float, float]]:
    """Stretches of frames that sound like a filler, in seconds from the window's start."""
    found: list[list[int]] = []
    for begin, end in signal.runs(scores >= CLEAR):
        if found and begin - found[-1][1] < LONGEST_DIP:
            found[-1][1] = end
        else:
            found.append([begin, end])
    return [(begin * TOKEN_STEP, end * TOKEN_STEP) for begin, end in found if end - begin >= SHORTEST_RUN]


def dips(energy: Levels) -> list[int]:
    """Frames where the energy is lowest between two sounds: `DIP` under the highest before and after it."""
    found = []
    top, low = -np.inf, 0
    for frame, level in enumerate(energy):
        if top - energy[low] < DIP:  # still in the sound that reached `top`
            if level >= top:
                top, low = level, frame
            elif level < energy[low]:
                low = frame
        elif level < energy[low]:
            low = frame
        elif level - energy[low] >= DIP:
            found.append(low)
            top, low = level, frame
    return found


def _sounds(energy: Levels, begin: int, end: int) -> list[tuple[int, int, bool]]:
    """A run cut at its dips, each part cut down to what is loud in it, and whether it is alone."""
    edges = _in_row([begin, *(begin + dip for dip in dips(energy[begin:end])), min(end, len(energy))])
    found = []
    for left, right in pairwise(edges):
        if right <= left:
            continue
        part = energy[left:right]
        quiet = part.max() - DIP
        loud = np.flatnonzero(part > quiet - DIP)
        before = left > begin or _falls(energy[max(0, left - TAIL - BESIDE) : left][::-1], quiet)
        after = right < edges[-1] or _falls(energy[right : right + TAIL + BESIDE], quiet)
        found.append((left + int(loud[0]), left + int(loud[-1]) + 1, before and after))
    return found


def _in_row(edges: list[int]) -> list[int]:
    """The edges of sounds that are long enough; at a dip with less than that on one side the sound goes on."""
    kept = edges[:1]
    for edge in edges[1:-1]:
        if edge - kept[-1] >= SHORTEST_IN_ROW <= edges[-1] - edge:
            kept.append(edge)
    return [*kept, edges[-1]]


def _falls(energy: Levels, quiet: float) -> bool:
    """Whether the sound ends soon and stays away; the end of the recording is an end too."""
    is_quiet = energy <= quiet
    end = int(np.argmax(is_quiet[:TAIL])) if is_quiet[:TAIL].any() else TAIL
    after = is_quiet[end : end + BESIDE]
    return bool(not len(after) or np.mean(after) >= MOSTLY)
