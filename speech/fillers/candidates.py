"""Split filler-like regions into separate candidates at energy dips.

The scorer hears "uh, um, hm" in a row as one long filler. The energy separates them: where it dips
and recovers, one sound has ended and the next begun. A sound with only quiet, or such a dip, on
both sides stands alone and is not the tail of a word, even where the voice detector missed its hum.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speech.asr.whisper_model import TOKEN_STEP_SECONDS
from speech.audio import signal
from speech.audio.recording import Recording
from speech.fillers.scorer import MIN_CLEAR_PROBABILITY
from speech.segment import Segment
from speech.vad.endpoints import HOP_SECONDS, Levels, measure_levels

MIN_RUN_FRAMES = 5  # frames of 20 ms: 0.1 s
MIN_GAP_FRAMES = 3  # frames of 20 ms: 0.06 s that are not clear end a run
DIP_DB = 15.0  # dB; a sound that grows less quiet than that, as "um" does when the lips close, goes on
SMOOTHING_FRAMES = 6  # frames of 5 ms: 30 ms, longer than the period of the deepest voice
MAX_TAIL_FRAMES = 40  # frames of 5 ms: 0.2 s by which a sound may outlast what the scorer hears of it
QUIET_FRAMES_BESIDE = 40  # frames of 5 ms: 0.2 s on each side that must be quiet around a sound of its own
MIN_QUIET_SHARE = 0.8  # share of these that are quiet; a click does not join two sounds
MIN_CANDIDATE_SECONDS = 0.1  # s
MIN_FRAMES_IN_ROW = 40  # frames of 5 ms: 0.2 s that each of two sounds in a row lasts; a shorter one is half an "um"

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class FillerCandidate:
    """One sound that may be a filled pause, in seconds from the start of the recording."""

    span: Segment
    is_alone: bool  # quiet, or a dip, on both sides


def find_candidates(recording: Recording, scores: Scores, piece: Segment) -> tuple[FillerCandidate, ...]:
    """Return the filler-like sounds of a chunk, in time order.

    Args:
        recording: The recording that holds the chunk.
        scores: The scorer's probability for each 20 ms of the chunk, shape (frames,).
        piece: The chunk.
    """
    energy = signal.smooth_levels(measure_levels(recording.cut(piece)), SMOOTHING_FRAMES)
    found = [
        FillerCandidate(
            Segment(piece.start + begin * HOP_SECONDS, min(piece.start + end * HOP_SECONDS, piece.end)), is_alone
        )
        for run in find_filler_runs(scores)
        for begin, end, is_alone in _split_run(energy, *(round(moment / HOP_SECONDS) for moment in run))
    ]
    return tuple(island for island in found if island.span.duration >= MIN_CANDIDATE_SECONDS)


def find_filler_runs(scores: Scores) -> list[tuple[float, float]]:
    """Return runs of filler-like frames, in seconds from the start of the chunk.

    Args:
        scores: The scorer's probability for each 20 ms, shape (frames,).
    """
    found: list[list[int]] = []
    for begin, end in signal.find_runs(scores >= MIN_CLEAR_PROBABILITY):
        if found and begin - found[-1][1] < MIN_GAP_FRAMES:
            found[-1][1] = end
        else:
            found.append([begin, end])
    return [
        (begin * TOKEN_STEP_SECONDS, end * TOKEN_STEP_SECONDS) for begin, end in found if end - begin >= MIN_RUN_FRAMES
    ]


def find_dips(energy: Levels) -> list[int]:
    """Return the frames of lowest energy between two sounds, at least DIP_DB below the maxima on both sides.

    Args:
        energy: Levels in dBFS every 5 ms, shape (frames,).
    """
    found = []
    top, low = -np.inf, 0
    for frame, level in enumerate(energy):
        if top - energy[low] < DIP_DB:  # still in the sound that reached `top`
            if level >= top:
                top, low = level, frame
            elif level < energy[low]:
                low = frame
        elif level < energy[low]:
            low = frame
        elif level - energy[low] >= DIP_DB:
            found.append(low)
            top, low = level, frame
    return found


def _split_run(energy: Levels, begin: int, end: int) -> list[tuple[int, int, bool]]:
    """Split a run at its dips; return the start and end frame of each sound and whether it stands alone.

    Each sound is cut down to its loud part.
    """
    edges = _drop_short_parts([begin, *(begin + dip for dip in find_dips(energy[begin:end])), min(end, len(energy))])
    found = []
    for left, right in pairwise(edges):
        if right <= left:
            continue
        part = energy[left:right]
        quiet = part.max() - DIP_DB
        loud = np.flatnonzero(part > quiet - DIP_DB)
        before = left > begin or _is_followed_by_quiet(
            energy[max(0, left - MAX_TAIL_FRAMES - QUIET_FRAMES_BESIDE) : left][::-1], quiet
        )
        after = right < edges[-1] or _is_followed_by_quiet(
            energy[right : right + MAX_TAIL_FRAMES + QUIET_FRAMES_BESIDE], quiet
        )
        found.append((left + int(loud[0]), left + int(loud[-1]) + 1, before and after))
    return found


def _drop_short_parts(edges: list[int]) -> list[int]:
    """Drop edges that would leave too short a sound on one side of a dip."""
    kept = edges[:1]
    for edge in edges[1:-1]:
        if edge - kept[-1] >= MIN_FRAMES_IN_ROW <= edges[-1] - edge:
            kept.append(edge)
    return [*kept, edges[-1]]


def _is_followed_by_quiet(energy: Levels, quiet: float) -> bool:
    """Return whether the sound soon ends and stays quiet; the end of the recording counts as quiet."""
    is_quiet = energy <= quiet
    end = int(np.argmax(is_quiet[:MAX_TAIL_FRAMES])) if is_quiet[:MAX_TAIL_FRAMES].any() else MAX_TAIL_FRAMES
    after = is_quiet[end : end + QUIET_FRAMES_BESIDE]
    return bool(not len(after) or np.mean(after) >= MIN_QUIET_SHARE)
