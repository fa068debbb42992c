"""Conversion of recordings and reports to rows, and of rows to the store's values.

A report's numbers are kept in a compact form besides, so that charts load thousands of answers quickly. There are two
columns. The keys are text: "speaking_rate,hedges;pitch_variation;hedges" lists the measures with a value, the measures
without one, and the rates with events. The numbers are 64-bit floats, little-endian, in that order: the values, then
count and exposure of each rate. A test compares them with the report they come from.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from typing import Any

from analysis.progress.attempt import Attempt, Cohort, build_attempt
from analysis.progress.statistics import EventCount
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Report
from interview.ids import make_id
from speech.audio.recording import Recording
from store.attempt import AttemptState, StoredAttempt

Values = dict[str, Any]  # of one row, by column
ID_PATTERN = re.compile(r"[0-9a-f]{32}")
STATES = {state.value: state for state in AttemptState}
QUESTION_KINDS = {kind.value: kind for kind in QuestionKind}
ATTEMPT_COLUMNS = (  # columns, in the order of the fields of StoredAttempt
    *("id", "session_id", "question_id", "question_text", "question_kind", "take", "recorded_at", "zone_offset"),
    *("name", "digest", "duration", "has_recording", "state", "failure", "model", "settings", "formula_version"),
    *("answer_seconds", "word_count", "correction_count"),
)
MEASURED_COLUMNS = (  # columns, in the order of the fields of Attempt
    *("id", "recorded_at", "zone_offset", "question_id", "question_kind", "take", "model", "settings"),
    *("formula_version", "answer_seconds", "word_count", "measure_keys", "measure_numbers"),
)


_NONE = type(None)
# What a value of these columns is when it was not damaged.
ATTEMPT_TYPES: tuple[type | tuple[type, ...], ...] = (
    *(str, str, str, str, str, int, datetime, int),
    *(str, str, float, bool, str, (str, _NONE), (str, _NONE), (str, _NONE), (int, _NONE)),
    *((float, _NONE), (int, _NONE), int),
)
MEASURED_TYPES: tuple[type | tuple[type, ...], ...] = (
    *(str, datetime, int, str, str, int, str, str),
    *(int, (float, _NONE), int, str, bytes),
)


def _check_types(row: Sequence[Any], names: Sequence[str], types: Sequence[type | tuple[type, ...]]) -> None:
    """Raise ValueError for a value of another type: SQLite keeps any in any column, and pages reckon with them."""
    if not all(map(isinstance, row, types)):
        odd = [name for name, value, kind in zip(names, row, types, strict=True) if not isinstance(value, kind)]
        raise ValueError(f"{', '.join(odd).replace('_', ' ')} can't be what was written")


def split_moment(at: datetime, column: str) -> Values:
    """Return a time as the two columns that store it: the time and its zone offset.

    Args:
        at: A datetime with a time zone.
        column: Name of the column of the time.

    Raises:
        ValueError: If it has no time zone.
        OverflowError: If it is outside the years of datetime in UTC.
    """
    at.astimezone(UTC)  # as it will be kept
    offset = at.utcoffset()
    if offset is None:
        raise ValueError(f"a moment has a zone: {at!r}")
    return {column: at, "zone_offset": round(offset.total_seconds())}


def localize(at: datetime, offset: int) -> datetime:
    """Return a time in the zone it was recorded in.

    Args:
        at: A datetime with a time zone.
        offset: Zone offset in s east of Greenwich.
    """
    return at.astimezone(_make_zone(offset))


@cache
def _make_zone(offset: int) -> timezone:
    return timezone(timedelta(seconds=offset))


def build_question_row(question: AskedQuestion) -> Values:
    """Return a question as the columns of an attempt."""
    return {"question_id": question.id, "question_text": question.text, "question_kind": question.kind.value}


def build_recorded_row(recording: Recording, question: AskedQuestion, at: datetime, keep: bool) -> Values:
    """Return the columns of a new attempt, without its session and take.

    Args:
        recording: The sound.
        question: The question it answers.
        at: When it was recorded, with a time zone.
        keep: Whether the sound stays after the report is made.
    """
    return {
        "id": make_id(),
        **build_question_row(question),
        **split_moment(at, "recorded_at"),
        "name": recording.name,
        "digest": recording.digest,
        "duration": recording.duration,
        "clipped_share": recording.clipped_share,
        "damaged": recording.damaged,
        "keep_recording": keep,
        "has_recording": True,
        "state": AttemptState.RECORDED.value,
        "correction_count": 0,
    }


def build_measured_row(report: Report) -> Values:
    """Return the columns of an attempt that come from its report."""
    short = build_attempt(report, "", _ARBITRARY_TIME, take=1)
    keys, numbers = pack(short)
    return {
        "state": AttemptState.DONE.value,
        "failure": None,
        "model": report.model,
        "settings": report.settings,
        "formula_version": report.formula_version,
        "answer_seconds": report.response.duration if report.response else None,
        "word_count": short.words,
        "measure_keys": keys,
        "measure_numbers": numbers,
    }


def build_search_text(report: Report) -> str:
    """Return the words of a report, case-folded for the search."""
    return " ".join(word.text for word in report.words).casefold()


_ARBITRARY_TIME = datetime.fromisoformat("2000-01-01T00:00:00+00:00")


def to_stored_attempt(row: Sequence[Any]) -> StoredAttempt:
    """Return the attempt in a row.

    Args:
        row: Values of the columns in `ATTEMPT_COLUMNS`, in that order.

    Raises:
        ValueError: A value is damaged; so do LookupError and OverflowError.
    """
    _check_types(row, ATTEMPT_COLUMNS, ATTEMPT_TYPES)
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
    return StoredAttempt(
        *(attempt_id, session_id, _make_question(question, text, kind), take, localize(at, zone)),
        *(name, digest, duration, has_recording, STATES[state], *rest),
    )


def to_measured_attempt(row: Sequence[Any]) -> Attempt:
    """Return the measured attempt in a row, as progress needs it.

    Args:
        row: Values of the columns in `MEASURED_COLUMNS`, in that order.

    Raises:
        ValueError: A value is damaged; so do LookupError, OverflowError and struct.error.
    """
    _check_types(row, MEASURED_COLUMNS, MEASURED_TYPES)
    attempt_id, at, zone, question, kind, take, model, settings, formula_version, seconds, words, keys, numbers = row
    values, events = unpack(keys, numbers)
    return Attempt(
        *(
            attempt_id,
            localize(at, zone),
            question,
            QUESTION_KINDS[kind],
            take,
            _make_cohort(model, settings, formula_version),
        ),
        *(seconds or 0.0, words, values, events),
    )


@cache
def _make_question(question_id: str, text: str, kind: str) -> AskedQuestion:
    return AskedQuestion(question_id, text, QuestionKind(kind))


@cache
def _make_cohort(model: str, settings: str, formula_version: int) -> Cohort:
    return Cohort(model, settings, formula_version)


@dataclass(frozen=True)
class PackedKeys:
    """Parsed keys of the numbers, and their binary format."""

    defined: tuple[str, ...]
    undefined: Mapping[str, None]
    rates: tuple[str, ...]
    format: struct.Struct


def pack(attempt: Attempt) -> tuple[str, bytes]:
    """Return the values and events of an attempt as keys and binary numbers."""
    values = {key: value for key, value in attempt.values.items() if value is not None}
    undefined = [key for key in attempt.values if key not in values]
    events = [number for found in attempt.events.values() for number in (found.count, found.exposure)]
    keys = ";".join(map(",".join, (values, undefined, attempt.events)))
    return keys, _parse_keys(keys).format.pack(*values.values(), *events)


def unpack(keys: str, numbers: bytes) -> tuple[Mapping[str, float | None], Mapping[str, EventCount]]:
    """Return the values and events that `pack` was given.

    Args:
        keys: Keys as `pack` wrote them.
        numbers: 64-bit floats as `pack` wrote them.

    Returns:
        Values by measure, None where undefined; and events by rate.
    """
    known = _parse_keys(keys)
    found = known.format.unpack(numbers)
    values: dict[str, float | None] = dict(zip(known.defined, found, strict=False))  # the events follow
    values.update(known.undefined)
    return values, PackedEvents(known.rates, found)


class PackedEvents(Mapping[str, EventCount]):
    """The events of an attempt's rates, created on access since most charts need none."""

    __slots__ = ("_keys", "_numbers")

    def __init__(self, keys: tuple[str, ...], numbers: tuple[float, ...]) -> None:
        self._keys, self._numbers = keys, numbers  # numbers end with count and exposure of each key in turn

    def __getitem__(self, key: str) -> EventCount:
        """Return the events of one rate."""
        if key not in self._keys:
            raise KeyError(key)
        at = 2 * (self._keys.index(key) - len(self._keys))  # from the end
        return EventCount(int(self._numbers[at]), self._numbers[at + 1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


@cache
def _parse_keys(text: str) -> PackedKeys:
    defined, undefined, rates = (tuple(part.split(",")) if part else () for part in text.split(";"))
    numbers = struct.Struct(f"<{len(defined) + 2 * len(rates)}d")
    return PackedKeys(defined, dict.fromkeys(undefined), rates, numbers)
