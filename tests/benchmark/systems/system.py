"""Systems under test: functions from a recording to a transcript, listed by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from speech.audio.recording import Recording
from speech.segment import Segment, find_gaps
from speech.transcript import Transcript, WordKind

System = Callable[[Recording], Transcript]


class NotInstalledError(Exception):
    """Raised if a system is not installed; the table says so and the others run."""


@dataclass(frozen=True)
class Entry:
    """A system's name in the tables and how to load it for a model."""

    name: str
    title: str
    load: Callable[[str], System]  # raises NotInstalledError


def filler_sounds(transcript: Transcript) -> tuple[Segment, ...]:
    """Return when the system detected filled pauses."""
    return tuple(word.span for word in transcript.words if word.kind is WordKind.FILLED_PAUSE)


def pauses(transcript: Transcript) -> tuple[Segment, ...]:
    """Return the gaps between speech segments, or between words for a system without voice activity."""
    return find_gaps(transcript.voice) if transcript.voice else find_gaps(word.span for word in transcript.words)
