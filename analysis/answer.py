"""What every measure is taken from, and what it gives before it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analysis.finding import Band
from analysis.question import AskedQuestion
from speech.recording import Recording
from speech.span import Span
from speech.transcript import Transcript


@dataclass(frozen=True, eq=False)
class Answer:
    """One answer in which something was said."""

    recording: Recording
    transcript: Transcript  # words with their final kinds
    response: Span  # first to last voiced moment, longer than 0 s
    question: AskedQuestion | None
    bands: Mapping[str, Band]  # by key of the measure; measures without one are information

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


Measurement = Callable[[Answer], Measured]
