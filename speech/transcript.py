"""What was said, word by word, and where there was voice.

Times are seconds from the start of the recording. A transcript keeps filler sounds as words of their own kind; the
analysis relabels words as filler words or repetitions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from speech.audio.recording import Recording
from speech.segment import Span


class WordKind(StrEnum):
    """What a word does in the answer."""

    WORD = "word"
    FILLER_SOUND = "filler_sound"  # um, uh, er, hmm: sounds without meaning
    FILLER_WORD = "filler_word"  # like, you know, I mean in filler use
    REPETITION = "repetition"  # said again at once, or given up and started anew


@dataclass(frozen=True)
class Word:
    """One spoken word with its punctuation, when it was said, and how sure the recogniser is of it (0 to 1)."""

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
    def span(self) -> Span:
        """When the word was said."""
        return Span(self.start, self.end)


@dataclass(frozen=True)
class Transcript:
    """Everything heard in one recording.

    `words` are in time order and include filler sounds that were counted; `possible_fillers` are moments that look like
    a hesitation but were not sure enough to count; `voice` are the voiced stretches from voice activity, and counted
    filler sounds that it missed (hums), never other words; `model` and `settings` say what made the transcript.
    """

    words: tuple[Word, ...]
    possible_fillers: tuple[Word, ...]
    voice: tuple[Span, ...]
    duration: float  # s, of the whole recording
    language: str | None  # "en"; None when not known
    model: str
    settings: str

    def __post_init__(self) -> None:
        for words in (self.words, self.possible_fillers):
            starts = [word.start for word in words]
            if starts != sorted(starts):
                raise ValueError(f"words stand in time order: {starts}")
        if list(self.voice) != sorted(self.voice):
            raise ValueError(f"voiced stretches stand in time order: {self.voice}")


Progress = Callable[[float], None]  # told the share of the work that is done, 0..1


def no_progress(_share: float) -> None:
    """A listener for those who do not want to hear of progress."""


class Transcriber(Protocol):
    """Anything that turns a recording into a transcript and tells how far it is."""

    def __call__(self, recording: Recording, on_progress: Progress = no_progress) -> Transcript:
        """Transcribe the whole recording; raises AnswerAloudError with a sentence for the user."""
        ...
