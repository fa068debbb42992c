"""From recordings and reports to rows, and from rows to what the store hands out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from analysis.progress.attempt import Attempt, Cohort, attempt_from_report
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from interview.ids import new_id
from speech.audio.recording import Recording
from store.attempt import KeptAttempt, State
from store.db.measure_blob import pack, unpack

Values = dict[str, Any]  # of one row, by column
ID = re.compile(r"[0-9a-f]{32}")
STATES = {state.value: state for state in State}
KINDS = {kind.value: kind for kind in QuestionKind}
LIGHT = (  # columns, in the order of the fields of KeptAttempt
    *("id", "session_id", "question_id", "question_text", "question_kind", "take", "recorded_at", "zone_offset"),
    *("name", "digest", "duration", "has_recording", "state", "failure", "model", "settings", "formula_version"),
    *("answer_seconds", "word_count", "correction_count"),
)
MEASURED = (  # columns, in the order of the fields of Attempt
    *("id", "recorded_at", "zone_offset", "question_id", "question_kind", "take", "model", "settings"),
    *("formula_version", "answer_seconds", "word_count", "measure_keys", "measure_numbers"),
)


def moment(at: datetime, column: str) -> Values:
    """A moment as the two columns that keep it; raises ValueError without a zone, OverflowError beyond all years."""
    at.astimezone(UTC)  # as it will be kept
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
    keys, numbers = pack(short)
    return {
        "state": State.DONE.value,
        "failure": None,
        "model": report.model,
        "settings": report.settings,
        "formula_version": report.formula_version,
        "answer_seconds": report.response.duration if report.response else None,
        "word_count": short.words,
        "measure_keys": keys,
        "measure_numbers": numbers,
    }


def said(report: Report) -> str:
    """The words of a report as they are searched."""
    return " ".join(word.text for word in report.words).casefold()


_ANY_TIME = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def kept_attempt(row: Sequence[Any]) -> KeptAttempt:
    """An attempt of the columns of `LIGHT`."""
    (
        attempt_id,
        session_id,
        question,
        text,
        kind,
        take,
        at,
        zone,
        name,
        digest,
        duration,
        has_recording,
        state,
        *rest,
    ) = row
    return KeptAttempt(
        *(attempt_id, session_id, _question(question, text, kind), take, in_zone(at, zone)),
        *(name, digest, duration, has_recording, STATES[state], *rest),
    )


def measured_attempt(row: Sequence[Any]) -> Attempt:
    """A measured attempt of the columns of `MEASURED`, for the progress over attempts."""
    attempt_id, at, zone, question, kind, take, model, settings, formula_version, seconds, words, keys, numbers = row
    values, events = unpack(keys, numbers)
    return Attempt(
        *(attempt_id, in_zone(at, zone), question, KINDS[kind], take, _cohort(model, settings, formula_version)),
        *(seconds or 0.0, words, values, events),
    )


@cache
def _question(question_id: str, text: str, kind: str) -> AskedQuestion:
    return AskedQuestion(question_id, text, QuestionKind(kind))


@cache
def _cohort(model: str, settings: str, formula_version: int) -> Cohort:
    return Cohort(model, settings, formula_version)
