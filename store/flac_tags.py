"""Tags in a FLAC file that describe its attempt, so that a lost database row can be restored.

A label is read as strictly as an import: by the names known here, with defaults for those that came
later. Names that a newer version added are passed over.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Literal

from analysis.question import AskedQuestion, QuestionKind
from codec.adapters import read_plain
from codec.refusals import Refusal
from speech.audio.encoding import read_labels
from speech.errors import RecordingError
from store.attempt import AttemptState
from store.db import mapping
from store.errors import StoreError

TAG_NAME = "answer_aloud"
TAG_VERSION = 1  # raised when a name changes its meaning; a new name needs none
MAX_SECONDS = 1e6  # s; no recording is as long
MAX_QUESTION_ID_CHARACTERS, DIGEST_CHARACTERS = 200, 64  # what the columns hold


@dataclass(frozen=True)
class RecordingLabel:
    """What a recording says about its attempt; `duration` in s."""

    id: str
    question_id: str
    question_text: str
    question_kind: QuestionKind
    recorded_at: datetime
    name: str
    digest: str
    duration: float
    clipped_share: float = 0.0
    damaged: bool = False
    keep_recording: bool = True
    version: Literal[1] = 1

    def __post_init__(self) -> None:
        if mapping.ID_PATTERN.fullmatch(self.id) is None:
            raise ValueError(f"not an id: {self.id!r}")
        if not 0 <= self.duration <= MAX_SECONDS or not 0 <= self.clipped_share <= 1:
            raise ValueError(f"not a length or share: {self.duration!r}, {self.clipped_share!r}")
        if len(self.question_id) > MAX_QUESTION_ID_CHARACTERS or len(self.digest) != DIGEST_CHARACTERS:
            raise ValueError("a name or digest of another length")


LABEL_NAMES = frozenset(each.name for each in fields(RecordingLabel))


def build_tags(row: dict[str, Any]) -> dict[str, str]:
    """Build the tags of a recording from the row of its attempt."""
    label = {**row, "recorded_at": row["recorded_at"].isoformat(), "version": TAG_VERSION}
    return {TAG_NAME: json.dumps(label)}


def read_tagged_row(flac: bytes, attempt_id: str) -> mapping.Values:
    """Return the row of a new attempt that the tags of a recording describe.

    Args:
        flac: The recording.
        attempt_id: The attempt that the file is named after.

    Raises:
        StoreError: If it has no label, or one that does not fit; the sentence continues after the name of the file.
    """
    try:
        found = json.loads(read_labels(flac)[TAG_NAME])
        known = {name: value for name, value in found.items() if name in LABEL_NAMES}
        return _build_row(read_plain(RecordingLabel, known), attempt_id)
    except RecordingError as error:
        raise StoreError("can't be read as a recording") from error
    except KeyError as error:
        raise StoreError("wasn't recorded by Answer Aloud") from error
    except Refusal as error:
        raise StoreError(f"has a label we can't read ({error})") from error
    except (AttributeError, ValueError, RecursionError, ArithmeticError) as error:
        raise StoreError("has a label we can't read") from error


def _build_row(label: RecordingLabel, attempt_id: str) -> mapping.Values:
    if label.id != attempt_id:
        raise StoreError("is a copy of another recording, under another name")
    question = AskedQuestion(label.question_id, label.question_text, label.question_kind)
    return {
        "id": label.id,
        **mapping.build_question_row(question),
        **mapping.split_moment(label.recorded_at, "recorded_at"),
        **{name: getattr(label, name) for name in ("name", "digest", "duration", "clipped_share", "damaged")},
        "keep_recording": label.keep_recording,
        "has_recording": True,
        "state": AttemptState.RECORDED.value,
        "correction_count": 0,
    }
