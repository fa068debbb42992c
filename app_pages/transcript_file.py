"""A transcript as JSON text, so that another question needs no second transcription."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from speech.span import Span
from speech.transcript import Transcript, Word, WordKind


def to_json(transcript: Transcript) -> str:
    """Everything a transcript holds, as JSON."""
    return json.dumps(asdict(transcript))


def from_json(text: str) -> Transcript:
    """The transcript that `to_json` wrote."""
    fields = json.loads(text)
    return Transcript(
        **{
            **fields,
            "words": _words(fields["words"]),
            "possible_fillers": _words(fields["possible_fillers"]),
            "voice": tuple(Span(**span) for span in fields["voice"]),
        }
    )


def _words(rows: list[dict[str, Any]]) -> tuple[Word, ...]:
    return tuple(Word(**{**row, "kind": WordKind(row["kind"])}) for row in rows)
