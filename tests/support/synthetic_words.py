"""Synthetic words for the tests of the measures: a text becomes words with known times."""

from __future__ import annotations

from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

SOUNDS = ("um", "uh", "er", "hmm")


def said(text: str, start: float = 0.0, each: float = 0.3) -> tuple[Word, ...]:
    """Words of `each` seconds one after another; "/0.5" is half a second of silence; um and uh are filler sounds."""
    words: list[Word] = []
    at = start
    for token in text.split():
        if token.startswith("/") and len(token) > 1:
            at += float(token[1:])
            continue
        sound = token.lower().strip(".,?!") in SOUNDS
        words.append(Word(token, at, at + each, 1.0, WordKind.FILLER_SOUND if sound else WordKind.WORD))
        at += each
    return tuple(words)


def heard(words: tuple[Word, ...], *voice: tuple[float, float], duration: float | None = None) -> Transcript:
    """A transcript of words with voice where it is said, or else wherever there are words."""
    spans = tuple(Span(*stretch) for stretch in voice) or tuple(word.span for word in words)
    end = max([0.0, *(span.end for span in spans)])
    return Transcript(words, (), spans, end if duration is None else duration, "en", "test", "none")


def evenly(words_per_minute: float, seconds: float, text: str = "work") -> tuple[Word, ...]:
    """Equal words at an exact rate, without gaps, from the start of the recording."""
    each = 60 / words_per_minute
    return said(" ".join([text] * round(seconds / each)), each=each)
