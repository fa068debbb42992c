"""Short spoken answers with their exact truth: for the tests, and for trying the app without a microphone.

The sounds are FLAC files beside this module, each with a truth of the same name in JSON; `python -m samples.make`
makes both from `texts.toml`. Only the maker needs its engine: loading needs nothing beyond the app.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from samples.truth import Truth

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """One spoken answer: what it is called, where its sound lies, and what is true of it."""

    name: str  # "many_um_her": the file's name without its ending
    title: str  # for people: "Um and uh in every sentence"
    path: Path  # of the FLAC file, 16 kHz mono
    truth: Truth


def load() -> tuple[Sample, ...]:
    """All samples, by name; raises OSError when a sound is missing and ValueError when a truth is malformed."""
    return tuple(_sample(path) for path in sorted(FOLDER.glob("*.json")))


def _sample(truth_path: Path) -> Sample:
    truth = Truth.from_dict(json.loads(truth_path.read_text(encoding="utf-8")))
    sound = truth_path.with_suffix(".flac")
    if not sound.is_file():
        raise FileNotFoundError(f"{truth_path.name} has no sound: {sound.name} is missing")
    return Sample(truth.name, truth.title, sound, truth)
