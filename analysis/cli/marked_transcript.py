"""Mark fillers, repetitions and long pauses in a transcript with signs that need no colour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from analysis.report import Pause, PauseLength, Report
from speech.transcript import Word, WordKind


class TokenMark(StrEnum):
    """What a token of the marked transcript is."""

    PLAIN = "plain"
    FILLER_SOUND = "filler_sound"
    FILLER_WORD = "filler_word"
    REPETITION = "repetition"
    PAUSE = "pause"


@dataclass(frozen=True)
class MarkedToken:
    """A word or a long pause, with the sign of its mark around it."""

    text: str
    mark: TokenMark


LEGEND: Mapping[TokenMark, str] = {
    TokenMark.FILLER_SOUND: "[filler sound]",
    TokenMark.FILLER_WORD: "{filler word}",
    TokenMark.REPETITION: "~repetition~",
    TokenMark.PAUSE: "(pause of 1 s or more)",
}
_MARKED_PAUSES = (PauseLength.THINKING, PauseLength.LONG, PauseLength.LOST_THREAD)


def mark_transcript(report: Report) -> tuple[MarkedToken, ...]:
    """Return the words and the pauses longer than a natural one, marked, in time order."""
    words = [(word.span.middle, _mark_word(word)) for word in report.words]
    silences = [(pause.span.middle, _mark_pause(pause)) for pause in report.pauses if pause.length in _MARKED_PAUSES]
    return tuple(piece for _, piece in sorted(words + silences, key=lambda timed: timed[0]))


def _mark_word(word: Word) -> MarkedToken:
    match word.kind:
        case WordKind.FILLED_PAUSE:
            return MarkedToken(f"[{word.text}]", TokenMark.FILLER_SOUND)
        case WordKind.DISCOURSE_MARKER:
            return MarkedToken(f"{{{word.text}}}", TokenMark.FILLER_WORD)
        case WordKind.REPETITION:
            return MarkedToken(f"~{word.text}~", TokenMark.REPETITION)
        case WordKind.WORD:
            return MarkedToken(word.text, TokenMark.PLAIN)


def _mark_pause(pause: Pause) -> MarkedToken:
    return MarkedToken(f"({pause.span.duration:.1f} s)", TokenMark.PAUSE)
