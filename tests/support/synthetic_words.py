"""Synthetic words for the tests of the measures: a text becomes words with known times."""

from __future__ import annotations

from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind

SOUNDS = ("um", "uh", "er", "hmm")


def make_words(text: str, start: float = 0.0, each: float = 0.3) -> tuple[Word, ...]:
    """Make words of `each` seconds one after another; "/0.5" is a silence of 0.5 s, um and uh are filled pauses."""
    words: list[Word] = []
    at = start
    for token in text.split():
        if token.startswith("/") and len(token) > 1:
            at += float(token[1:])
            continue
        sound = token.lower().strip(".,?!") in SOUNDS
        words.append(Word(token, at, at + each, 1.0, WordKind.FILLED_PAUSE if sound else WordKind.WORD))
        at += each
    return tuple(words)


def make_transcript(words: tuple[Word, ...], *voice: tuple[float, float], duration: float | None = None) -> Transcript:
    """Make a transcript of words; speech is where `voice` says, or else wherever there are words."""
    spans = tuple(Segment(*stretch) for stretch in voice) or tuple(word.span for word in words)
    end = max([0.0, *(span.end for span in spans)])
    return Transcript(words, (), spans, end if duration is None else duration, "en", "test", "none")


def make_even_words(words_per_minute: float, seconds: float, text: str = "work") -> tuple[Word, ...]:
    """Make equal words at an exact rate, without gaps, from the start of the recording."""
    each = 60 / words_per_minute
    return make_words(" ".join([text] * round(seconds / each)), each=each)
