"""From recordings and reports to rows, and from rows to what the store hands out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import cache
from typing import Any
from uuid import uuid4

from sqlalchemy import Row

from analysis.attempt import Attempt, Cohort, attempt_from_report
from analysis.chance import Events
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from speech.recording import Recording
from store.attempt import KeptAttempt, State

Values = dict[str, Any]  # of one row, by column


def new_id() -> str:
    """An id that no other machine will ever give."""
    return uuid4().hex


def moment(at: datetime, column: str) -> Values:
    """A moment as the two columns that keep it; raises ValueError without a zone."""
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"a moment has a zone: {at!r}")
    return {column: at, "zone_offset": round(offset.total_seconds())}


def in_zone(at: datetime, offset: int) -> datetime:
    """A moment as the clock on the wall showed it; `offset` in s east of Greenwich."""
    return at.astimezone(_zone(offset))


@cache
def _zone(offset: int) -> timezone:
    return timezone(timedelta(seconds=offset))


def question_row(question: AskedQuestion) -> Values:
    """A question as the columns of an attempt that keep it."""
    return {"question_id": question.id, "question_text": question.text, "question_kind": question.kind.value}


def recorded_row(recording: Recording, question: AskedQuestion, at: datetime, keep: bool) -> Values:
    """A new attempt, still without its session and take."""
    return {
        "id": new_id(),
        **question_row(question),
        **moment(at, "recorded_at"),
        "name": recording.name,
        "digest": recording.digest,
        "duration": recording.duration,
        "clipped_share": recording.clipped_share,
        "damaged": recording.damaged,
        "keep_recording": keep,
        "has_recording": True,
        "state": State.RECORDED.value,
        "correction_count": 0,
    }


def measured_row(report: Report) -> Values:
    """The columns of an attempt that a report fills."""
    short = attempt_from_report(report, "", _ANY_TIME, take=1)
    events = {key: (found.count, found.exposure) for key, found in short.events.items()}
    return {
        "state": State.DONE.value,
        "failure": None,
        "model": report.model,
        "settings": report.settings,
        "formula_version": report.formula_version,
        "answer_seconds": report.response.duration if report.response else None,
        "word_count": short.words,
        "measures": json.dumps({"values": dict(short.values), "events": events}),
    }


_ANY_TIME = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def kept_attempt(row: Row[Any]) -> KeptAttempt:
    """An attempt of its row, which holds all columns but `measures`."""
    return KeptAttempt(
        id=row.id,
        session_id=row.session_id,
        question=AskedQuestion(row.question_id, row.question_text, QuestionKind(row.question_kind)),
        take=row.take,
        recorded_at=in_zone(row.recorded_at, row.zone_offset),
        name=row.name,
        digest=row.digest,
        duration=row.duration,
        has_recording=row.has_recording,
        state=State(row.state),
        failure=row.failure,
        model=row.model,
        settings=row.settings,
        formula_version=row.formula_version,
        answer_seconds=row.answer_seconds,
        word_count=row.word_count,
        correction_count=row.correction_count,
    )


def measured_attempt(row: Row[Any]) -> Attempt:
    """A measured attempt for the progress over attempts."""
    measures: Mapping[str, Any] = json.loads(row.measures)
    return Attempt(
        id=row.id,
        at=in_zone(row.recorded_at, row.zone_offset),
        question=row.question_id,
        kind=QuestionKind(row.question_kind),
        take=row.take,
        cohort=Cohort(row.model, row.settings, row.formula_version),
        seconds=row.answer_seconds or 0.0,
        words=row.word_count,
        values=measures["values"],
        events={key: Events(count, exposure) for key, (count, exposure) in measures["events"].items()},
    )
