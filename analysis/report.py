"""The report of one answer: every finding, every word and pause, and the two takeaways."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from analysis.finding import Finding, Side
from analysis.question import AskedQuestion
from speech.segment import Span
from speech.transcript import Word

FORMULA_VERSION = 1  # raised whenever a formula or default band changes what a number means


class PauseLength(StrEnum):
    """Pauses by length: under 1 s, under 2 s, under 4 s, and longer."""

    NATURAL = "natural"
    THINKING = "thinking"
    LONG = "long"
    LOST_THREAD = "lost_thread"


@dataclass(frozen=True)
class Pause:
    """A silent pause of at least 0.25 s inside the answer, from voice activity; `within_clause` None: not known."""

    span: Span
    length: PauseLength
    within_clause: bool | None


@dataclass(frozen=True)
class PacePoint:
    """Words a minute of voiced time in the window around one moment; None where there was too little voice."""

    at: float  # s, the middle of the window
    words_per_minute: float | None


@dataclass(frozen=True)
class QualityNote:
    """Something about the recording itself that weakens what can be said of the speech."""

    key: str  # "clipped", "quiet", "noisy", "damaged"
    text: str  # what was found and what to do


@dataclass(frozen=True)
class Group:
    """One of the documents' two words, concise and calm, as the measures that stand for it; never a score."""

    key: str  # "concise" or "calm"
    label: str
    holds: tuple[str, ...]  # keys of measures inside their band
    work_on: str | None  # the key of the one measure to work on first
    detail: str  # one sentence


@dataclass(frozen=True)
class Takeaway:
    """One of the two things to take from a report; the next step carries a target that the next take can meet."""

    measure: str  # key of a measure or of a quality note, or "nothing_said"
    text: str  # a sentence or two
    target: str | None = None  # "at most 4 filler sounds in the next take"
    side: Side | None = None  # of the measure's band, for the advice that goes with it


@dataclass(frozen=True)
class Report:
    """Everything measured in one answer, with the versions of what measured it."""

    name: str  # of the recording
    digest: str  # of the recording
    duration: float  # s, whole recording
    response: Span | None  # first to last voiced moment; None: nothing was said
    question: AskedQuestion | None
    words: tuple[Word, ...]  # every word with its kind
    possible_fillers: tuple[Word, ...]
    pauses: tuple[Pause, ...]
    pace: tuple[PacePoint, ...]
    findings: tuple[Finding, ...]
    groups: tuple[Group, ...]
    quality: tuple[QualityNote, ...]
    strength: Takeaway | None  # None: nothing was said
    next_step: Takeaway | None
    model: str
    settings: str
    formula_version: int = FORMULA_VERSION

    def finding(self, measure: str) -> Finding:
        """The finding of one measure by its key; raises KeyError for a measure the report does not hold."""
        for found in self.findings:
            if found.measure == measure:
                return found
        raise KeyError(measure)
