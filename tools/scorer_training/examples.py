"""The stretches that are judged: each filler, each word of a filler's length, each short voice between silences."""

from __future__ import annotations

from dataclasses import dataclass

from speech.fillers.fusion import lone
from speech.segment import Span
from tools.scorer_training.encodings import Encoding

WORD = (0.1, 0.8)  # s, words as long as fillers are
LONE = (0.12, 1.0)  # s, voice that stands alone
SILENCE = 0.15  # s on both sides of it


@dataclass(frozen=True)
class Stretch:
    """A stretch of a clip that is a filler or is none."""

    span: Span
    is_filler: bool
    is_lone: bool  # voice between silences, with the borders of the voice detector; else with those of the truth
    text: str  # what is said there


def stretches(encoding: Encoding) -> tuple[Stretch, ...]:
    """All stretches of a clip whose truth is sure."""
    clip = encoding.clip
    fillers = [Stretch(span, True, False, "filler") for span in clip.fillers]
    words = [Stretch(span, False, False, text) for text, span in clip.words if WORD[0] <= span.duration <= WORD[1]]
    alone = [found for span in lone_voice(encoding.voice) if (found := _lone(encoding, span)) is not None]
    sure = [one for one in (*fillers, *words, *alone) if not any(one.span.overlap(span) for span in clip.unsure)]
    return tuple(sure) if encoding.pieces else ()


def lone_voice(voice: tuple[Span, ...]) -> tuple[Span, ...]:
    """Short voiced stretches with silence on both sides."""
    return tuple(span for span in lone(voice, LONE[1], SILENCE) if span.duration >= LONE[0])


def _lone(encoding: Encoding, span: Span) -> Stretch | None:
    """A lone voice with what is said in it; None where filler and word share it."""
    clip = encoding.clip
    filled = sum(span.overlap(filler) for filler in clip.fillers)
    if filled >= span.duration / 2:
        return Stretch(span, True, True, "filler")
    text = " ".join(text for text, said in clip.words if span.overlap(said))
    return Stretch(span, False, True, text) if not filled else None
