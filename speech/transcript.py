"""A verbatim transcript: words with their times, and speech segments.

Times are seconds from the start of the recording. A transcript keeps filled pauses as words of
their own kind; the analysis relabels words as discourse markers or repetitions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol

from codec.markers import AddedLater
from speech.audio.recording import Recording
from speech.segment import Segment


class WordKind(StrEnum):
    """What a word does in the answer."""

    WORD = "word"
    FILLED_PAUSE = "filler_sound"  # um, uh, er, hmm: sounds without meaning
    DISCOURSE_MARKER = "filler_word"  # like, you know, I mean in filler use
    REPETITION = "repetition"  # said again at once, or given up and started anew


@dataclass(frozen=True)
class Word:
    """One spoken word with its punctuation, its times, and the recogniser's confidence in it (0 to 1)."""

    text: str
    start: float  # s
    end: float  # s
    probability: float  # 0..1
    kind: WordKind = WordKind.WORD

    def __post_init__(self) -> None:
        if not self.text or self.text != self.text.strip():
            raise ValueError(f"a word has text and no space around it: {self.text!r}")
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a word starts at 0 s or later and does not end before it starts: {self!r}")
        if not 0 <= self.probability <= 1:
            raise ValueError(f"a probability lies between 0 and 1: {self!r}")

    @property
    def span(self) -> Segment:
        """When the word was said."""
        return Segment(self.start, self.end)


@dataclass(frozen=True)
class LanguageChange:
    """From when on somebody speaks another language, which is written down as if it were English."""

    start: float  # s
    language: str  # code such as "es"


@dataclass(frozen=True)
class Transcript:
    """Everything that was heard in one recording.

    Attributes:
        words: In time order, including the filled pauses that are counted.
        possible_fillers: Candidates for filled pauses that were too uncertain to count, in time order.
        voice: Speech segments, including counted filled pauses that the voice detector missed (hums).
        duration: Seconds of the whole recording.
        language: Code such as "en"; None if unknown.
        model: Name of the model that made the transcript.
        settings: Description of the options it was made with.
        language_change: Another language that follows after a beginning in English; None where there is none.
    """

    words: tuple[Word, ...]
    possible_fillers: tuple[Word, ...]
    voice: tuple[Segment, ...]
    duration: float  # s, of the whole recording
    language: str | None  # "en"; None when not known
    model: str
    settings: str
    language_change: Annotated[LanguageChange | None, AddedLater()] = None

    def __post_init__(self) -> None:
        for words in (self.words, self.possible_fillers):
            starts = [word.start for word in words]
            if starts != sorted(starts):
                raise ValueError(f"words stand in time order: {starts}")
        if list(self.voice) != sorted(self.voice):
            raise ValueError(f"voiced stretches stand in time order: {self.voice}")


Progress = Callable[[float], None]  # told the share of the work that is done, 0..1


def ignore_progress(_share: float) -> None:
    """Ignore progress."""


class Transcriber(Protocol):
    """Anything that turns a recording into a transcript and reports its progress."""

    def __call__(self, recording: Recording, on_progress: Progress = ignore_progress) -> Transcript:
        """Transcribe the whole recording.

        Args:
            recording: What is transcribed.
            on_progress: Called with the share of the work that is done, 0 to 1.

        Raises:
            AnswerAloudError: The recording cannot be transcribed; the message is for the user.
        """
        ...
