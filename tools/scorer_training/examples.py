"""Choose the stretches that are judged: fillers, words of a filler's length, short speech between silences."""

from __future__ import annotations

from dataclasses import dataclass

from speech.fillers.fusion import find_lone_segments
from speech.segment import Segment
from tools.scorer_training.encodings import ClipEncoding

WORD_SECONDS_RANGE = (0.1, 0.8)  # s, words as long as fillers are
LONE_SECONDS_RANGE = (0.12, 1.0)  # s, voice that stands alone
MIN_SILENCE_SECONDS = 0.15  # s on both sides of it


@dataclass(frozen=True)
class LabelledStretch:
    """A part of a clip that is a filler or is not."""

    span: Segment
    is_filler: bool
    is_lone: bool  # voice between silences, with the borders of the voice detector; else with those of the truth
    text: str  # what is said there


def find_stretches(encoding: ClipEncoding) -> tuple[LabelledStretch, ...]:
    """Return all stretches of a clip whose truth is certain."""
    clip = encoding.clip
    fillers = [LabelledStretch(span, True, False, "filler") for span in clip.fillers]
    words = [
        LabelledStretch(span, False, False, text)
        for text, span in clip.words
        if WORD_SECONDS_RANGE[0] <= span.duration <= WORD_SECONDS_RANGE[1]
    ]
    alone = [
        found for span in find_lone_speech(encoding.voice) if (found := _label_lone_speech(encoding, span)) is not None
    ]
    sure = [one for one in (*fillers, *words, *alone) if not any(one.span.overlap(span) for span in clip.unsure)]
    return tuple(sure) if encoding.pieces else ()


def find_lone_speech(voice: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Return short speech segments with silence on both sides."""
    return tuple(
        span
        for span in find_lone_segments(voice, LONE_SECONDS_RANGE[1], MIN_SILENCE_SECONDS)
        if span.duration >= LONE_SECONDS_RANGE[0]
    )


def _label_lone_speech(encoding: ClipEncoding, span: Segment) -> LabelledStretch | None:
    """Label a lone speech segment with its content; None if a filler and a word share it."""
    clip = encoding.clip
    filled = sum(span.overlap(filler) for filler in clip.fillers)
    if filled >= span.duration / 2:
        return LabelledStretch(span, True, True, "filler")
    text = " ".join(text for text, said in clip.words if span.overlap(said))
    return LabelledStretch(span, False, True, text) if not filled else None
