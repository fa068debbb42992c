"""The report of one answer: its findings, words, pauses, strength and next step."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from analysis.finding import Finding, Side
from analysis.question import AskedQuestion
from codec.markers import AddedLater
from speech.segment import Segment
from speech.transcript import Word

FORMULA_VERSION = 3  # raised whenever a formula or default band changes what a number means


class PauseLength(StrEnum):
    """Length classes of pauses: up to 1 s, up to 2 s, up to 4 s, and longer."""

    NATURAL = "natural"
    THINKING = "thinking"
    LONG = "long"
    LOST_THREAD = "lost_thread"


@dataclass(frozen=True)
class Pause:
    """A silent pause of at least 0.25 s inside the answer, from voice activity.

    `within_clause` is None where the words on either side are not known.
    """

    span: Segment
    length: PauseLength
    within_clause: bool | None


@dataclass(frozen=True)
class PacePoint:
    """Words per minute of speech in a window around one moment; None where there is too little speech."""

    at: float  # s, the middle of the window
    words_per_minute: float | None


@dataclass(frozen=True)
class QualityNote:
    """A problem with the recording that makes the report less reliable."""

    key: str  # "two_voices", "clipped", "quiet", "noisy", "damaged" ...
    text: str  # what was found and what to do


@dataclass(frozen=True)
class Group:
    """A theme of the report, concise or calm, with the measures that belong to it; never a score."""

    key: str  # "concise" or "calm"
    label: str
    holds: tuple[str, ...]  # keys of measures inside their band
    work_on: str | None  # the key of the one measure to work on first
    detail: str  # one sentence


@dataclass(frozen=True)
class Takeaway:
    """The strength or the next step of a report; a next step has a goal for the next take."""

    measure: str  # key of a measure, of a part of the answer or of a quality note; "nothing_said", "nothing_to_mend"
    text: str  # one line: what to do, in the imperative; what was said or done well
    target: str | None = None  # "5 ums or fewer"
    side: Side | None = None  # of the measure's band, for the advice that goes with it
    moments: Annotated[tuple[Segment, ...], AddedLater()] = ()  # to be heard first: what the line is about
    detail: Annotated[str, AddedLater()] = ""  # the number behind it, in a sentence or two; comes last


@dataclass(frozen=True)
class Report:
    """Everything that was measured in one answer, with the versions of the model and the formulas."""

    name: str  # of the recording
    digest: str  # of the recording
    duration: float  # s, whole recording
    response: Segment | None  # first to last voiced moment; None: nothing was said
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

    def get_finding(self, measure: str) -> Finding:
        """Return the finding of the measure with this key.

        Raises:
            KeyError: The report has no such measure.
        """
        for found in self.findings:
            if found.measure == measure:
                return found
        raise KeyError(measure)
