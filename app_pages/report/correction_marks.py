"""What the user set right, word by word, as the transcript on the page shows it; pure functions, no widget."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.corrections.corrected_transcript import Corrected
from analysis.corrections.edited_spans import EditedSpan
from analysis.corrections.typed_words import SURE
from speech.transcript import Word, WordKind

ADDED = "added by you"
CONFIRMED = "confirmed by you"
FILLS = "counted as a filler by you"
MEANT = "not counted as a filler, by you"
TAKEN = "heard, and taken away by you"


@dataclass(frozen=True)
class Mark:
    """What is to be said of one word; all None for a word that nobody has touched."""

    note: str | None = None  # "heard as “led”"
    heard: str | None = None  # the text to go back to
    is_sure: bool = False  # the user has said of this sound that it was one


@dataclass(frozen=True)
class Taken:
    """What was heard where nothing stands any more."""

    text: str
    start: float  # s
    end: float  # s
    was_sound: bool  # a single filler sound, which can be put back


def marks(now: Corrected) -> tuple[Mark, ...]:
    """What is to be said of each word of a corrected transcript, in order."""
    return tuple(_mark(word, piece, now) for piece in now.pieces for word in piece.now)


def taken(now: Corrected) -> tuple[Taken, ...]:
    """What was taken away, in order."""
    return tuple(_taken(piece.heard) for piece in now.pieces if not piece.now)


def _mark(word: Word, piece: EditedSpan, now: Corrected) -> Mark:
    is_sound = word.kind is WordKind.FILLER_SOUND
    return Mark(*_told(word, piece, now), is_sure=is_sound and word.probability == SURE)


def _told(word: Word, piece: EditedSpan, now: Corrected) -> tuple[str | None, str | None]:
    heard = _text(piece.heard)
    if not piece.heard:
        return ADDED, None
    if _text(piece.now) != heard:
        return f"heard as “{heard}”", heard if len(piece.now) == 1 else None
    if word.kind is WordKind.FILLER_WORD:
        return FILLS, None
    if word.span in now.meant:
        return MEANT, None
    is_confirmed = word.kind is WordKind.FILLER_SOUND and word not in piece.heard and word.probability == SURE
    return (CONFIRMED if is_confirmed else None), None


def _taken(heard: Sequence[Word]) -> Taken:
    was_sound = len(heard) == 1 and heard[0].kind is WordKind.FILLER_SOUND
    return Taken(_text(heard), heard[0].start, max(word.end for word in heard), was_sound)


def _text(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)
