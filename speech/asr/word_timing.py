"""Moving words to where their voice is.

The aligner is early by about 70 ms, and lets a word begin where the one before it ended, however long the silence
between them; so a word is moved back and cut down to the voice inside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from speech.segment import Span
from speech.transcript import Word

EARLY = 0.07  # s by which the aligner is early, against words timed by hand and by the samples' own voices
INSIDE_NUMBER = 0.25  # s of silence inside "$150,000" that do not begin a new word
LEAST_VOICE = 0.06  # s of voice that may hold a word; less is the end of the word before it


def placed(word: Word, voice: Sequence[Span], duration: float) -> Word:
    """The word in the last voiced stretch of its time; where there is no voice, only moved back."""
    heard = Span(min(word.start + EARLY, duration), min(word.end + EARLY, duration))
    parts = [stretch.shared(heard) for stretch in voice if stretch.overlap(heard) > 0]
    if not parts:
        return replace(word, start=heard.start, end=heard.end)
    long_enough = [part for part in parts if part.duration >= LEAST_VOICE]
    chosen = long_enough[-1] if long_enough else max(parts, key=lambda part: part.duration)
    start = _begin(long_enough) if long_enough and any(mark.isdigit() for mark in word.text) else chosen.start
    return replace(word, start=start, end=chosen.end)


def _begin(parts: Sequence[Span]) -> float:
    """Where a number begins: it is several words, between which the voice may stop for a moment."""
    first = parts[-1]
    for part in reversed(parts):
        if first.start - part.end <= INSIDE_NUMBER:
            first = part
    return first.start
