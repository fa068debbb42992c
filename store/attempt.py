"""Values that the store returns: attempts, their results and notes, and the filters to find them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.corrections.correction import Correction
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.transcript import Transcript


class AttemptState(StrEnum):
    """Processing state of an attempt."""

    RECORDED = "recorded"  # the sound is safe on disk; it is being measured, or was interrupted
    DONE = "done"  # there is a report
    FAILED = "failed"  # it could not be measured, and `failure` says why


@dataclass(frozen=True, slots=True)  # there may be thousands
class StoredAttempt:
    """One answer to one question, without its long texts.

    Fields that come from the analysis are None until the attempt is done.
    """

    id: str
    session_id: str  # the sitting it belongs to
    question: AskedQuestion
    take: int  # of this question, from 1
    recorded_at: datetime  # with the zone it was recorded in
    name: str  # of the recording
    digest: str  # SHA-256 of the bytes the sound came as
    duration: float  # s, whole recording
    has_recording: bool  # False: not kept, by choice, after the report was made
    state: AttemptState
    failure: str | None  # a sentence
    model: str | None
    settings: str | None
    formula_version: int | None
    answer_seconds: float | None  # s, first to last voiced moment; also None where nothing was said
    word_count: int | None  # spoken words without filler sounds
    correction_count: int

    @property
    def is_silent(self) -> bool:
        """Whether nothing was said; such a recording counts as no take."""
        return self.state is AttemptState.DONE and self.answer_seconds is None


@dataclass(frozen=True)
class Result:
    """Transcript and reports of an attempt, as recognised and after the user's corrections."""

    transcript: Transcript
    original: Report
    corrected: Report | None
    corrections: tuple[Correction, ...]  # in the order they were made

    @property
    def report(self) -> Report:
        """Report to show: the corrected one if there is one, else the original."""
        return self.corrected or self.original


@dataclass(frozen=True)
class Note:
    """A note of the user on an attempt."""

    id: str
    written_at: datetime  # with its zone
    text: str


@dataclass(frozen=True)
class Filters:
    """Conditions on attempts; None means any value."""

    question: str | None = None  # its id
    kind: QuestionKind | None = None
    state: AttemptState | None = None
    model: str | None = None
    settings: str | None = None
    formula_version: int | None = None
    session: str | None = None  # its id
    digest: str | None = None  # of the sound
    since: datetime | None = None  # with a zone; included
    until: datetime | None = None  # with a zone; excluded
