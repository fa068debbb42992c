"""A transcript as plain JSON values and back, exactly."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from speech.errors import AnswerAloudError
from speech.span import Span
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
            voice=tuple(Span(span["start"], span["end"]) for span in data["voice"]),
            duration=data["duration"],
            language=data["language"],
            model=data["model"],
            settings=data["settings"],
        )
    except (LookupError, TypeError, ValueError) as error:
        raise TranscriptFormatError(
            f"A stored transcript is damaged ({type(error).__name__}: {error}). Make it anew from its recording."
        ) from error


def _words(rows: list[Json]) -> tuple[Word, ...]:
    return tuple(Word(row["text"], row["start"], row["end"], row["probability"], WordKind(row["kind"])) for row in rows)
