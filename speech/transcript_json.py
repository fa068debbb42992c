"""Convert a transcript to plain JSON values and back, without loss."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from codec.adapters import read_json, read_plain, to_plain
from codec.refusals import Refusal
from speech.errors import AnswerAloudError
from speech.transcript import Transcript

Json = dict[str, Any]


class TranscriptFormatError(AnswerAloudError):
    """A stored transcript cannot be read: it is damaged, or was written by a newer version."""


def to_json(transcript: Transcript) -> Json:
    """Return a transcript as JSON values; times are in seconds."""
    plain: Json = to_plain(Transcript, transcript)
    if transcript.language_change is None:  # as transcripts of earlier versions were written
        del plain["language_change"]
    return plain


def from_json(data: Json) -> Transcript:
    """Return the transcript that `to_json` was given.

    Raises:
        TranscriptFormatError: The values are anything else.
    """
    with _explain_refusal():
        return read_plain(Transcript, data, complete=True)


def from_text(text: str) -> Transcript:
    """Parse a transcript from a JSON text.

    Raises:
        TranscriptFormatError: The text is not a transcript that `to_json` wrote.
    """
    with _explain_refusal():
        return read_json(Transcript, text, complete=True)


@contextmanager
def _explain_refusal() -> Iterator[None]:
    try:
        yield
    except Refusal as refusal:
        raise TranscriptFormatError(
            f"A stored transcript is damaged ({refusal}). Make it again from its recording."
        ) from refusal
