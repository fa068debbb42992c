"""A report of its JSON: every value of its type, or an error that says what stood there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from analysis.finding import Band, Finding, Side, Source, Verdict
from analysis.question import AskedQuestion, QuestionKind
from analysis.report import Group, PacePoint, Pause, PauseLength, QualityNote, Report, Takeaway
from speech.json_checks import number, text, whole, yes_or_no
from speech.segment import Span
from speech.transcript import Word, WordKind

Json = dict[str, Any]
_T = TypeVar("_T")
_ENDS = ("fine", "watch")


def report_in(data: Json) -> Report:
    """The report; raises LookupError, TypeError or ValueError."""
    return Report(
        name=text(data["name"]),
        digest=text(data["digest"]),
        duration=number(data["duration"]),
        response=_span_in(data["response"]) if data["response"] else None,
        question=_question_in(data["question"]) if data["question"] else None,
        words=tuple(map(_word_in, data["words"])),
        possible_fillers=tuple(map(_word_in, data["possible_fillers"])),
        pauses=tuple(map(_pause_in, data["pauses"])),
        pace=tuple(PacePoint(number(each["at"]), _maybe(number, each["words_per_minute"])) for each in data["pace"]),
        findings=tuple(map(_finding_in, data["measures"])),
        groups=tuple(map(_group_in, data["groups"])),
        quality=tuple(QualityNote(text(note["key"]), text(note["text"])) for note in data["quality"]),
        strength=_takeaway_in(data["strength"]),
        next_step=_takeaway_in(data["next_step"]),
        model=text(data["model"]),
        settings=text(data["settings"]),
        formula_version=whole(data["formula_version"]),
    )


def _span_in(data: Json) -> Span:
    return Span(number(data["start"]), number(data["end"]))


def _question_in(data: Json) -> AskedQuestion:
    return AskedQuestion(text(data["id"]), text(data["text"]), QuestionKind(data["kind"]))


def _takeaway_in(data: Json | None) -> Takeaway | None:
    if data is None:
        return None
    side = Side(data["side"]) if data["side"] else None
    return Takeaway(text(data["measure"]), text(data["text"]), _maybe(text, data["target"]), side)


def _group_in(data: Json) -> Group:
    holds = tuple(map(text, data["holds"]))
    return Group(text(data["key"]), text(data["label"]), holds, _maybe(text, data["work_on"]), text(data["detail"]))


def _word_in(data: Json) -> Word:
    start, end, probability = (number(data[name]) for name in ("start", "end", "probability"))
    return Word(text(data["text"]), start, end, probability, WordKind(data["kind"]))


def _pause_in(data: Json) -> Pause:
    return Pause(_span_in(data), PauseLength(data["length"]), _maybe(yes_or_no, data["within_clause"]))


def _band_in(data: Json | None) -> Band | None:
    if data is None:
        return None
    (fine_low, fine_high), (watch_low, watch_high) = ([_maybe(number, end) for end in data[key]] for key in _ENDS)
    source = data["source"]
    named = Source(text(source["name"]), text(source["says"]), yes_or_no(source["is_evidence"]))
    return Band((fine_low, fine_high), (watch_low, watch_high), named)


def _finding_in(data: Json) -> Finding:
    interval = data["interval"]
    return Finding(
        measure=_key(data["key"]),
        value=_maybe(number, data["value"]),
        verdict=Verdict(data["verdict"]),
        side=Side(data["side"]) if data["side"] else None,
        detail=text(data["detail"]),
        band=_band_in(data["band"]),
        interval=(number(interval[0]), number(interval[1])) if interval else None,
        moments=tuple(map(_span_in, data["moments"])),
    )


def _key(value: object) -> str:
    key = text(value)
    if not key.isidentifier():
        raise ValueError(f"should be the key of a measure, not {key!r}")
    return key


def _maybe(read: Callable[[object], _T], value: object) -> _T | None:
    return None if value is None else read(value)
