"""A system under test is a function from a recording to a transcript; this room knows them all by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from speech.audio.recording import Recording
from speech.segment import Span, gaps
from speech.transcript import Transcript, WordKind

System = Callable[[Recording], Transcript]


class NotInstalledError(Exception):
    """A system that is not there; the table says so and the rest runs."""


@dataclass(frozen=True)
class Entry:
    """A system's name in the tables and how to load it for a model."""

    name: str
    title: str
    load: Callable[[str], System]  # raises NotInstalledError


def filler_sounds(transcript: Transcript) -> tuple[Span, ...]:
    """When a system says that a filler sound was made."""
    return tuple(word.span for word in transcript.words if word.kind is WordKind.FILLER_SOUND)


def pauses(transcript: Transcript) -> tuple[Span, ...]:
    """The silences a system leaves: between voiced stretches, or between words where it knows no voice activity."""
    return gaps(transcript.voice) if transcript.voice else gaps(word.span for word in transcript.words)
