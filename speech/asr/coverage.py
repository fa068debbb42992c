"""How much of the voice a transcript explains, and which voiced stretches no word covers.

A decoder that stops early leaves voice without words, or stretches one word over many seconds; so a word explains no
more than the time it could take when said slowly.
"""

from __future__ import annotations

from collections.abc import Sequence

from speech.segment import Span, gaps, total
from speech.transcript import Word

SLOW_WORD = 0.35  # s that any word may take
SLOW_LETTER = 0.09  # s more for each letter: "responsibilities" said slowly takes 1.8 s
DIGIT = 5  # letters that a digit or a sign stands for: "$150,000" is said with 30
SIGNS = "$£€%"


def reach(word: Word) -> Span:
    """The time a word can explain: its own, but not more than it takes when said slowly."""
    letters = sum(DIGIT if mark.isdigit() or mark in SIGNS else 1 for mark in word.text)
    slowest = SLOW_WORD + SLOW_LETTER * letters
    return Span(word.start, min(word.end, word.start + slowest))


def explained(words: Sequence[Word], voice: Sequence[Span], piece: Span) -> float:
    """Share of a piece's voice that lies within reach of a word, 0 to 1; 1 when there is no voice."""
    stretches = [stretch.shared(piece) for stretch in voice if stretch.overlap(piece) > 0]
    spoken = total(stretches)
    covered = sum(stretch.overlap(reach(word)) for word in words for stretch in stretches)
    return min(covered / spoken, 1.0) if spoken else 1.0


def uncovered(words: Sequence[Word], voice: Sequence[Span], piece: Span, at_least: float) -> tuple[Span, ...]:
    """Gaps between words with at least that many seconds of voice in them, silence around included."""
    edges = (Span(piece.start, piece.start), Span(piece.end, piece.end))
    holes = gaps((*edges, *(reach(word) for word in words)))
    return tuple(hole for hole in holes if sum(stretch.overlap(hole) for stretch in voice) >= at_least)
