"""Tags in a FLAC file that describe its attempt, so that a lost database row can be restored."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

from speech.audio.encoding import read_labels
from speech.errors import RecordingError

LOG = logging.getLogger(__name__)
TAG_NAME = "answer_aloud"


def build_tags(row: dict[str, Any]) -> dict[str, str]:
    """Build the tags of a recording from the row of its attempt."""
    return {TAG_NAME: json.dumps({**row, "recorded_at": row["recorded_at"].isoformat()})}


def read_tagged_row(flac: bytes) -> dict[str, Any] | None:
    """Return the row stored in the tags of a recording; None if it has no valid tag."""
    try:
        row: dict[str, Any] = json.loads(read_labels(flac)[TAG_NAME])
        row["recorded_at"] = datetime.fromisoformat(row["recorded_at"])
    except (RecordingError, LookupError, TypeError, ValueError) as error:
        LOG.warning("a file among the recordings is not one of ours: %s", error)
        return None
    return row
