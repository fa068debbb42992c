"""Snap word timestamps to detected speech.

The aligner is early by about 70 ms and lets a word begin where the one before it ended, however
long the silence between them. Therefore a word is delayed and cut down to the speech inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from speech.segment import Segment
from speech.transcript import Word

ALIGNER_LEAD_SECONDS = (
    0.07  # s by which the aligner is early, against words timed by hand and by the samples' own voices
)
MAX_SILENCE_IN_NUMBER_SECONDS = 0.25  # s of silence inside "$150,000" that do not begin a new word
MIN_SPEECH_SECONDS = 0.06  # s of voice that may hold a word; less is the end of the word before it


def snap_to_speech(word: Word, voice: Sequence[Segment], duration: float) -> Word:
    """Move a word to the last speech segment within its time; without one, only delay it.

    Args:
        word: A word with the aligner's times.
        voice: Speech segments of the recording.
        duration: Latest end of the word, in seconds.
    """
    heard = Segment(min(word.start + ALIGNER_LEAD_SECONDS, duration), min(word.end + ALIGNER_LEAD_SECONDS, duration))
    parts = [stretch.intersect(heard) for stretch in voice if stretch.overlap(heard) > 0]
    if not parts:
        return replace(word, start=heard.start, end=heard.end)
    long_enough = [part for part in parts if part.duration >= MIN_SPEECH_SECONDS]
    chosen = long_enough[-1] if long_enough else max(parts, key=lambda part: part.duration)
    start = (
        _find_number_start(long_enough) if long_enough and any(mark.isdigit() for mark in word.text) else chosen.start
    )
    return replace(word, start=start, end=chosen.end)


def _find_number_start(parts: Sequence[Segment]) -> float:
    """Return where a number begins: it is several words, between which there may be short silences."""
    first = parts[-1]
    for part in reversed(parts):
        if first.start - part.end <= MAX_SILENCE_IN_NUMBER_SECONDS:
            first = part
    return first.start
