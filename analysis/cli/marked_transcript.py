"""The transcript with its fillers, repetitions and long pauses marked by signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.report import Pause, PauseLength, Report
from speech.transcript import Word, WordKind


class Mark(StrEnum):
    """What a piece of the marked transcript is."""

    PLAIN = "plain"
    FILLER_SOUND = "filler_sound"
    FILLER_WORD = "filler_word"
    REPETITION = "repetition"
    PAUSE = "pause"


@dataclass(frozen=True)
class Piece:
    """A word or a long pause, with its sign around it."""

    text: str
    mark: Mark


LEGEND: Mapping[Mark, str] = {
    Mark.FILLER_SOUND: "[filler sound]",
    Mark.FILLER_WORD: "{filler word}",
    Mark.REPETITION: "~repetition~",
    Mark.PAUSE: "(pause of 1 s or more)",
}
_SHOWN = (PauseLength.THINKING, PauseLength.LONG, PauseLength.LOST_THREAD)


def marked(report: Report) -> tuple[Piece, ...]:
    """Words in time order, with every pause that is longer than a natural one between them."""
    words = [(word.span.middle, mark_word(word)) for word in report.words]
    silences = [(pause.span.middle, _pause(pause)) for pause in report.pauses if pause.length in _SHOWN]
    return tuple(piece for _, piece in sorted(words + silences, key=lambda timed: timed[0]))


def mark_word(word: Word) -> Piece:
    """Return a word with the sign of its kind around it."""
    match word.kind:
        case WordKind.FILLER_SOUND:
            return Piece(f"[{word.text}]", Mark.FILLER_SOUND)
        case WordKind.FILLER_WORD:
            return Piece(f"{{{word.text}}}", Mark.FILLER_WORD)
        case WordKind.REPETITION:
            return Piece(f"~{word.text}~", Mark.REPETITION)
        case WordKind.WORD:
            return Piece(word.text, Mark.PLAIN)


def _pause(pause: Pause) -> Piece:
    return Piece(f"({pause.span.duration:.1f} s)", Mark.PAUSE)
