"""Measure how much of the detected speech a transcript covers, and find speech that no word covers.

A decoder that stops early leaves speech without words, or stretches one word over many seconds.
Therefore a word covers no more time than it takes when said slowly.
"""

from __future__ import annotations

from collections.abc import Sequence

from speech.segment import Segment, find_gaps, sum_durations
from speech.transcript import Word

SLOW_WORD_SECONDS = 0.35  # s that any word may take
SLOW_LETTER_SECONDS = 0.09  # s more for each letter: "responsibilities" said slowly takes 1.8 s
LETTERS_PER_DIGIT = 5  # letters that a digit or a sign stands for: "$150,000" is said with 30
SPOKEN_SIGNS = "$£€%"


def limit_word_extent(word: Word) -> Segment:
    """Return the segment that a word can account for: its own, but no longer than it takes when said slowly."""
    letters = sum(LETTERS_PER_DIGIT if mark.isdigit() or mark in SPOKEN_SIGNS else 1 for mark in word.text)
    slowest = SLOW_WORD_SECONDS + SLOW_LETTER_SECONDS * letters
    return Segment(word.start, min(word.end, word.start + slowest))


def measure_speech_coverage(words: Sequence[Word], voice: Sequence[Segment], piece: Segment) -> float:
    """Return the share of a chunk's speech that words account for.

    Args:
        words: The words of the chunk.
        voice: Speech segments of the recording.
        piece: The chunk.

    Returns:
        0 to 1; 1 if the chunk contains no speech.
    """
    stretches = [stretch.intersect(piece) for stretch in voice if stretch.overlap(piece) > 0]
    spoken = sum_durations(stretches)
    covered = sum(stretch.overlap(limit_word_extent(word)) for word in words for stretch in stretches)
    return min(covered / spoken, 1.0) if spoken else 1.0


def find_uncovered_speech(
    words: Sequence[Word], voice: Sequence[Segment], piece: Segment, at_least: float
) -> tuple[Segment, ...]:
    """Return gaps between words that contain speech, including the silence around it.

    Args:
        words: The words of the chunk.
        voice: Speech segments of the recording.
        piece: The chunk.
        at_least: Minimum seconds of speech in a gap.
    """
    edges = (Segment(piece.start, piece.start), Segment(piece.end, piece.end))
    holes = find_gaps((*edges, *(limit_word_extent(word) for word in words)))
    return tuple(hole for hole in holes if sum(stretch.overlap(hole) for stretch in voice) >= at_least)
