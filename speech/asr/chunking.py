"""Split a recording at silences into chunks that are decoded on their own.

Chunks are shorter than the recogniser's window and can be decoded in parallel. Their maximum length
is a setting: `python -m tests.benchmark truth --ablation` compares it with 15 s, and
tests/speech/test_accuracy_on_samples.py checks that with it the speaking rate of every sample is
found within 3 %.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.segment import Segment

MAX_CHUNK_SECONDS = 20.0  # s
MARGIN_SECONDS = (
    0.6  # s of the silence around a piece that goes with it: a soft uh before the first word is often in it
)
QUIET_WINDOW_SECONDS = 0.1  # s, over which loudness is averaged when speech has to be cut without a silence


def split_at_silence(
    recording: Recording, voice: tuple[Segment, ...], longest: float = MAX_CHUNK_SECONDS
) -> tuple[Segment, ...]:
    """Merge neighbouring speech segments into chunks, with a margin of silence around each.

    Args:
        recording: What is split.
        voice: Speech segments, in time order.
        longest: Maximum length of a chunk in seconds, without its margins.

    Returns:
        Chunks in time order; they do not overlap.
    """
    joined: list[Segment] = []
    for stretch in voice:
        for part in _split_long_segment(recording, stretch, longest):
            if joined and part.end - joined[-1].start <= longest:
                joined[-1] = Segment(joined[-1].start, part.end)
            else:
                joined.append(part)
    return _add_margins(joined, recording.duration)


def _split_long_segment(recording: Recording, stretch: Segment, longest: float) -> list[Segment]:
    """Cut a segment that is too long at its quietest moments."""
    if stretch.duration <= longest:
        return [stretch]
    search = Segment(stretch.start + longest / 2, stretch.start + longest)
    cut = _find_quietest_moment(recording, search)
    return [Segment(stretch.start, cut), *_split_long_segment(recording, Segment(cut, stretch.end), longest)]


def _find_quietest_moment(recording: Recording, span: Segment) -> float:
    width = round(QUIET_WINDOW_SECONDS * SAMPLE_RATE)
    energy = np.convolve(np.square(recording.cut(span)), np.ones(width), mode="valid")
    return span.start + (int(np.argmin(energy)) + width / 2) / SAMPLE_RATE


def _add_margins(spans: list[Segment], duration: float) -> tuple[Segment, ...]:
    if not spans:
        return ()
    edges = [0.0, *((left.end + right.start) / 2 for left, right in pairwise(spans)), duration]
    return tuple(
        Segment(max(before, span.start - MARGIN_SECONDS), min(after, span.end + MARGIN_SECONDS))
        for before, span, after in zip(edges[:-1], spans, edges[1:], strict=True)
    )
