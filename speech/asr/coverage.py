"""Compare words with the detected speech: snap their times to it, and find speech that no word covers.

The aligner is early by about 70 ms and lets a word begin where the one before it ended, however
long the silence between them. Therefore a word is delayed and cut down to the speech inside it.

A decoder that stops early leaves speech without words, or stretches one word over many seconds.
Therefore a word covers no more time than it takes when said slowly.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from speech.audio.recording import Recording
from speech.audio.signal import to_decibels
from speech.segment import Segment, find_gaps, sum_durations
from speech.transcript import Word

ALIGNER_LEAD_SECONDS = (
    0.07  # s by which the aligner is early, against words timed by hand and by the samples' own voices
)
MAX_SILENCE_IN_NUMBER_SECONDS = 0.25  # s of silence inside "$150,000" that do not begin a new word
MIN_SPEECH_SECONDS = 0.06  # s of voice that may hold a word; less is the end of the word before it
SLOW_WORD_SECONDS = 0.35  # s that any word may take
SLOW_LETTER_SECONDS = 0.09  # s more for each letter: "responsibilities" said slowly takes 1.8 s
LETTERS_PER_DIGIT = 5  # letters that a digit or a sign stands for: "$150,000" is said with 30
MAX_FAINT_SECONDS = 0.7  # s of faint voice between words that can be a breath or the end of a word
MIN_FAINT_DB = 5.0  # dB below the rest of the voice; 9 of 25 such gaps held nothing
QUIETEST_DB = -120.0  # dB re full scale, of silence
SPOKEN_SIGNS = "$£€%"


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


def is_short_and_faint(recording: Recording, voice: Sequence[Segment], hole: Segment, piece: Segment) -> bool:
    """Return whether a gap's voice is too short and too faint beside the rest of its piece to be a word.

    Args:
        recording: The recording that holds the piece.
        voice: Its speech segments.
        hole: The gap.
        piece: The chunk.
    """
    inside = [stretch.intersect(hole) for stretch in voice if stretch.overlap(hole) > 0]
    if sum_durations(inside) >= MAX_FAINT_SECONDS:
        return False
    spoken = [stretch.intersect(piece) for stretch in voice if stretch.overlap(piece) > 0]
    return _measure_level(recording, spoken) - _measure_level(recording, inside) > MIN_FAINT_DB


def _measure_level(recording: Recording, spans: Sequence[Segment]) -> float:
    """Return the level of the sound in some spans, in dB re full scale."""
    samples = np.concatenate([recording.cut(span) for span in spans])
    return float(to_decibels(np.mean(np.square(samples)), QUIETEST_DB))


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
