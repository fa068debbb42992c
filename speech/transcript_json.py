"""A transcript as plain JSON values and back, exactly."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from speech.errors import AnswerAloudError
from speech.json_checks import number, text
from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind

Json = dict[str, Any]


class TranscriptFormatError(AnswerAloudError):
    """A stored transcript cannot be read: it is damaged, or was written by a newer version."""


def to_json(transcript: Transcript) -> Json:
    """Everything a transcript holds, as values that JSON has; times in seconds."""
    return asdict(transcript)


def from_json(data: Json) -> Transcript:
    """The transcript that `to_json` was given; raises TranscriptFormatError for anything else."""
    try:
        return Transcript(
            words=_words(data["words"]),
            possible_fillers=_words(data["possible_fillers"]),
            voice=tuple(Span(number(span["start"]), number(span["end"])) for span in data["voice"]),
            duration=number(data["duration"]),
            language=None if data["language"] is None else text(data["language"]),
            model=text(data["model"]),
            settings=text(data["settings"]),
        )
    except (LookupError, TypeError, ValueError) as error:
        raise TranscriptFormatError(
            f"A stored transcript is damaged ({type(error).__name__}: {error}). Make it anew from its recording."
        ) from error


def _words(rows: list[Json]) -> tuple[Word, ...]:
    return tuple(map(_word, rows))


def _word(row: Json) -> Word:
    start, end, probability = (number(row[name]) for name in ("start", "end", "probability"))
    return Word(text(row["text"]), start, end, probability, WordKind(row["kind"]))
