"""Cutting a recording at silences into pieces that are decoded on their own.

Pieces stay under what the recogniser takes in one window, and can be decoded side by side. How long they may be is a
setting: `python -m tests.benchmark truth --ablation` compares it with 15 s, and with it
tests/speech/test_accuracy_on_samples.py finds the speaking rate of every sample within 3 %.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from speech.audio.recording import SAMPLE_RATE, Recording
from speech.segment import Span

LONGEST_PIECE = 20.0  # s
MARGIN = 0.6  # s of the silence around a piece that goes with it: a soft uh before the first word is often in it
QUIET_WINDOW = 0.1  # s, over which loudness is averaged when speech has to be cut without a silence


def pieces(recording: Recording, voice: tuple[Span, ...], longest: float = LONGEST_PIECE) -> tuple[Span, ...]:
    """Neighbouring voiced stretches joined up to `longest` seconds, with a margin; none of them overlap."""
    joined: list[Span] = []
    for stretch in voice:
        for part in _shortened(recording, stretch, longest):
            if joined and part.end - joined[-1].start <= longest:
                joined[-1] = Span(joined[-1].start, part.end)
            else:
                joined.append(part)
    return _with_margins(joined, recording.duration)


def _shortened(recording: Recording, stretch: Span, longest: float) -> list[Span]:
    """Cut a stretch that is voiced for too long at its quietest moments."""
    if stretch.duration <= longest:
        return [stretch]
    search = Span(stretch.start + longest / 2, stretch.start + longest)
    cut = _quietest(recording, search)
    return [Span(stretch.start, cut), *_shortened(recording, Span(cut, stretch.end), longest)]


def _quietest(recording: Recording, span: Span) -> float:
    width = round(QUIET_WINDOW * SAMPLE_RATE)
    energy = np.convolve(np.square(recording.cut(span)), np.ones(width), mode="valid")
    return span.start + (int(np.argmin(energy)) + width / 2) / SAMPLE_RATE


def _with_margins(spans: list[Span], duration: float) -> tuple[Span, ...]:
    if not spans:
        return ()
    edges = [0.0, *((left.end + right.start) / 2 for left, right in pairwise(spans)), duration]
    return tuple(
        Span(max(before, span.start - MARGIN), min(after, span.end + MARGIN))
        for before, span, after in zip(edges[:-1], spans, edges[1:], strict=True)
    )
