"""Files of comments as the exported page saves them."""

from __future__ import annotations

import json
from typing import Any


def make_comments_file(recording: str, /, **changes: Any) -> bytes:
    """Return the file of a listener; `changes` are fields with other values, or such as it does not have."""
    written: dict[str, Any] = {
        "format": "answer-aloud-comments",
        "version": 1,
        "recording": recording,
        "listener": "b" * 32,
        "saved_at": "2026-03-01T10:00:00.000+00:00",
        "name": "Sam",
        "overall": "Clear.",
        "moments": [{"at": 1.5, "comment": "Good pause."}, {"at": 0.5, "comment": "Slower here."}],
    }
    return json.dumps(written | changes).encode()
