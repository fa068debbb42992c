"""What the store hands out: attempts, their results and notes, and what to look for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.corrections.correction import Correction
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.transcript import Transcript


class State(StrEnum):
    """How far an attempt has come."""

    RECORDED = "recorded"  # the sound is safe on disk; it is being measured, or was interrupted
    DONE = "done"  # there is a report
    FAILED = "failed"  # it could not be measured, and `failure` says why


@dataclass(frozen=True, slots=True)  # there may be thousands
class KeptAttempt:
    """One answer to one question, without its long texts; what comes of measuring is None until that is done."""

    id: str
    session_id: str  # the sitting it belongs to
    question: AskedQuestion
    take: int  # of this question, from 1
    recorded_at: datetime  # with the zone it was recorded in
    name: str  # of the recording
    digest: str  # SHA-256 of the bytes the sound came as
    duration: float  # s, whole recording
    has_recording: bool  # False: not kept, by choice, after the report was made
    state: State
    failure: str | None  # a sentence
    model: str | None
    settings: str | None
    formula_version: int | None
    answer_seconds: float | None  # s, first to last voiced moment; also None where nothing was said
    word_count: int | None  # spoken words without filler sounds
    correction_count: int


@dataclass(frozen=True)
class Result:
    """What was heard and measured in an attempt, as recognised and, once corrected, as corrected."""

    transcript: Transcript
    original: Report
    corrected: Report | None
    corrections: tuple[Correction, ...]  # in the order they were made

    @property
    def report(self) -> Report:
        """The report that counts."""
        return self.corrected or self.original


@dataclass(frozen=True)
class Note:
    """What the user wrote to an attempt."""

    id: str
    written_at: datetime  # with its zone
    text: str


@dataclass(frozen=True)
class Filters:
    """Which attempts are meant; None: whichever."""

    question: str | None = None  # its id
    kind: QuestionKind | None = None
    state: State | None = None
    model: str | None = None
    settings: str | None = None
    formula_version: int | None = None
    session: str | None = None  # its id
    digest: str | None = None  # of the sound
    since: datetime | None = None  # with a zone; included
    until: datetime | None = None  # with a zone; excluded
