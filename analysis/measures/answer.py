"""What every measure is taken from, and what it gives before it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.finding import Band
from analysis.measures.fillers.discourse_markers import Phrase
from analysis.question import AskedQuestion
from analysis.report import QualityNote
from speech.segment import Span
from speech.transcript import Transcript


@dataclass(frozen=True)
class Answer:
    """One answer in which something was said."""

    sound: Sound
    transcript: Transcript  # words with their final kinds
    response: Span  # first to last voiced moment, longer than 0 s
    question: AskedQuestion | None
    bands: Mapping[str, Band]  # by key of the measure; measures without one are information
    own_fillers: tuple[Phrase, ...] = ()  # counted wherever they are said

    @property
    def seconds(self) -> float:
        """T_resp, the length of the answer in seconds."""
        return self.response.duration


@dataclass(frozen=True)
class Measured:
    """The value of one measure, a sentence that tells it (or why there is none), and where it comes from."""

    value: float | None
    detail: str
    interval: tuple[float, float] | None = None
    moments: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Sound:
    """What the recording itself gives, whatever was said in it; no correction of a word changes it."""

    name: str
    digest: str  # SHA-256 of the bytes the sound came as
    duration: float  # s
    quality: tuple[QualityNote, ...]
    pitch: Measured  # its variation


Measurement = Callable[[Answer], Measured]
