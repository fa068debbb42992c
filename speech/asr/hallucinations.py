"""Remove decoder hallucinations: repetition loops and duplicated filled pauses."""

from __future__ import annotations

from collections.abc import Sequence

from speech.asr.whisper_model import AlignedWord
from speech.fillers.filled_pauses import is_filled_pause
from speech.transcript import Word, WordKind

LOOP_TOKEN_COUNTS = range(
    5, 25
)  # tokens, about as many words, that are written twice; people repeat fewer while they think
MIN_WORD_SECONDS = 0.03  # s; the aligner gives (nearly) no time to words that were not said
MAX_DOUBLED_GAP_SECONDS = 0.15  # s; two filler sounds nearer than this are one


def drop_unspoken(words: tuple[AlignedWord, ...]) -> tuple[AlignedWord, ...]:
    """Drop words of a repetition loop: words without duration that are filled pauses or stand in a row.

    The aligner assigns all words of a loop to one moment; a single short word without duration was
    usually spoken.
    """
    timeless = [word.end - word.start < MIN_WORD_SECONDS for word in words]
    beside = [any(timeless[max(at - 1, 0) : at] + timeless[at + 1 : at + 2]) for at in range(len(words))]
    return tuple(
        word
        for word, has_no_time, in_a_row in zip(words, timeless, beside, strict=True)
        if not has_no_time or not (in_a_row or is_filled_pause(word.text))
    )


def merge_doubled_fillers(words: list[Word]) -> list[Word]:
    """Merge neighbouring filled pauses without a pause between them, which the decoder wrote twice."""
    merged: list[Word] = []
    for word in words:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.kind is word.kind is WordKind.FILLED_PAUSE
            and word.start - last.end < MAX_DOUBLED_GAP_SECONDS
        ):
            merged[-1] = Word(last.text, last.start, max(word.end, last.end), last.probability, last.kind)
        else:
            merged.append(word)
    return merged


def has_repetition_loop(tokens: Sequence[int]) -> bool:
    """Return whether tokens repeat a phrase at once, as a decoder does that has lost track of the speech."""
    return any(
        tokens[at : at + length] == tokens[at + length : at + 2 * length]
        for length in LOOP_TOKEN_COUNTS
        for at in range(len(tokens) - 2 * length + 1)
    )
