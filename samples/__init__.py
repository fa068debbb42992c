"""Short spoken answers with exact ground truth, for the tests and for trying the app without a microphone.

The recordings are FLAC files beside this module, each with a JSON file of the same name that holds
its ground truth; `python -m samples.make` makes both from `texts.toml`. Only making them needs the
speech synthesiser; loading them needs nothing beyond the app.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from samples.truth import Truth

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Sample:
    """One spoken answer: its name, its title, its recording and its ground truth."""

    name: str  # "many_um_her": the file's name without its ending
    title: str  # for people: "Um and uh in every sentence"
    path: Path  # of the FLAC file, 16 kHz mono
    truth: Truth


def load(folder: Path = FOLDER) -> tuple[Sample, ...]:
    """Load all samples of a folder, sorted by name.

    Args:
        folder: where they lie; by default those that the app offers to try.

    Raises:
        OSError: A recording is missing.
        ValueError: A ground truth is malformed.
    """
    return tuple(_load_sample(path) for path in sorted(folder.glob("*.json")))


def _load_sample(truth_path: Path) -> Sample:
    truth = Truth.from_dict(json.loads(truth_path.read_text(encoding="utf-8")))
    sound = truth_path.with_suffix(".flac")
    if not sound.is_file():
        raise FileNotFoundError(f"{truth_path.name} has no sound: {sound.name} is missing")
    return Sample(truth.name, truth.title, sound, truth)
