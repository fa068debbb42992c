"""Describe the user's corrections word by word for the transcript on the page: pure functions, no widgets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corrections.corrected_transcript import CorrectedTranscript
from analysis.corrections.edited_spans import EditedSpan
from analysis.corrections.typed_words import CERTAIN
from speech.transcript import Word, WordKind

ADDED_NOTE = "added by you"
CONFIRMED_NOTE = "confirmed by you"
FILLER_NOTE = "counted as a filler by you"
NOT_FILLER_NOTE = "not counted as a filler, by you"
REMOVED_NOTE = "heard, and taken away by you"


@dataclass(frozen=True)
class CorrectionMark:
    """The correction of one word, as the transcript shows it; empty for a word that was not touched."""

    note: str | None = None  # "heard as “led”"
    heard: str | None = None  # the text to go back to
    is_sure: bool = False  # the user has said of this sound that it was one


@dataclass(frozen=True)
class RemovedWords:
    """Words that were recognised and that the user removed."""

    text: str
    start: float  # s
    end: float  # s
    was_sound: bool  # a single filler sound, which can be put back


def mark_words(now: CorrectedTranscript) -> tuple[CorrectionMark, ...]:
    """Return the mark of each word of a corrected transcript, in order."""
    return tuple(_mark_word(word, piece, now) for piece in now.spans for word in piece.now)


def list_removed(now: CorrectedTranscript) -> tuple[RemovedWords, ...]:
    """Return the words that the user removed, in order."""
    return tuple(_make_removed(piece.heard) for piece in now.spans if not piece.now)


def _mark_word(word: Word, piece: EditedSpan, now: CorrectedTranscript) -> CorrectionMark:
    is_sound = word.kind is WordKind.FILLED_PAUSE
    return CorrectionMark(*_describe_correction(word, piece, now), is_sure=is_sound and word.probability == CERTAIN)


def _describe_correction(word: Word, piece: EditedSpan, now: CorrectedTranscript) -> tuple[str | None, str | None]:
    heard = _join_words(piece.heard)
    if not piece.heard:
        return ADDED_NOTE, None
    if _join_words(piece.now) != heard:
        return f"heard as “{heard}”", heard if len(piece.now) == 1 else None
    if word.kind is WordKind.DISCOURSE_MARKER:
        return FILLER_NOTE, None
    if word.span in now.meant:
        return NOT_FILLER_NOTE, None
    is_confirmed = word.kind is WordKind.FILLED_PAUSE and word not in piece.heard and word.probability == CERTAIN
    return (CONFIRMED_NOTE if is_confirmed else None), None


def _make_removed(heard: Sequence[Word]) -> RemovedWords:
    was_sound = len(heard) == 1 and heard[0].kind is WordKind.FILLED_PAUSE
    return RemovedWords(_join_words(heard), heard[0].start, max(word.end for word in heard), was_sound)


def _join_words(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
