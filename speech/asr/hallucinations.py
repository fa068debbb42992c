"""What the decoder wrote and nobody said: the words of a loop, and one filler sound written twice."""

from __future__ import annotations

from collections.abc import Sequence

from speech.asr.whisper_model import HeardWord
from speech.fillers.filled_pauses import is_filler_sound
from speech.transcript import Word, WordKind

LOOP = range(5, 25)  # tokens, about as many words, that are written twice; people repeat fewer while they think
SHORTEST_WORD = 0.03  # s; the aligner gives (nearly) no time to words that were not said
DOUBLED = 0.15  # s; two filler sounds nearer than this are one


def said(words: tuple[HeardWord, ...]) -> tuple[HeardWord, ...]:
    """Leave out what the decoder wrote in a loop: words without time that are fillers or stand in a row.

    The aligner gives the words of a loop one moment together; a single small word without time was mostly said.
    """
    timeless = [word.end - word.start < SHORTEST_WORD for word in words]
    beside = [any(timeless[max(at - 1, 0) : at] + timeless[at + 1 : at + 2]) for at in range(len(words))]
    return tuple(
        word
        for word, has_no_time, in_a_row in zip(words, timeless, beside, strict=True)
        if not has_no_time or not (in_a_row or is_filler_sound(word.text))
    )


def merge_doubled(words: list[Word]) -> list[Word]:
    """One filler sound where the decoder wrote it twice: neighbours without a pause between them."""
    merged: list[Word] = []
    for word in words:
        last = merged[-1] if merged else None
        if last is not None and last.kind is word.kind is WordKind.FILLER_SOUND and word.start - last.end < DOUBLED:
            merged[-1] = Word(last.text, last.start, max(word.end, last.end), last.probability, last.kind)
        else:
            merged.append(word)
    return merged


def is_looped(tokens: Sequence[int]) -> bool:
    """Whether a writing says the same few words twice in a row, as a decoder does that has lost the voice."""
    return any(
        tokens[at : at + length] == tokens[at + length : at + 2 * length]
        for length in LOOP
        for at in range(len(tokens) - 2 * length + 1)
    )
