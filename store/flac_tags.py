"""What a recording says of itself, so that one whose row was never written, or is lost, can still be offered again."""

from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import Any

from speech.audio.flac import read_labels
from speech.errors import RecordingError

LOG = logging.getLogger(__name__)
LABEL = "answer_aloud"


def labels(row: dict[str, Any]) -> dict[str, str]:
    """The labels of a recording, of the row that is going to be written for it."""
    return {LABEL: json.dumps({**row, "recorded_at": row["recorded_at"].isoformat()})}


def labelled_row(flac: bytes) -> dict[str, Any] | None:
    """The row that a recording was labelled with; None when it carries no such label."""
    try:
        row: dict[str, Any] = json.loads(read_labels(flac)[LABEL])
        row["recorded_at"] = datetime.fromisoformat(row["recorded_at"])
    except (RecordingError, LookupError, TypeError, ValueError) as error:
        LOG.warning("a file among the recordings is not one of ours: %s", error)
        return None
    return row
