"""The scripts of all samples: what is said, by which voice, how fast, and in answer to which question."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from samples.marks import MarkedText, parse_marks

TEXTS_PATH = Path(__file__).with_name("texts.toml")


@dataclass(frozen=True)
class Script:
    """One sample before it is spoken."""

    name: str
    title: str  # for people
    question: str  # id of the question it answers
    voice: str  # "am_michael": American man; the letters are a or b (British), f or m, then the name
    speed: float  # of the voice, 1 is its own pace
    text: MarkedText
    melody: float = 1.0  # how far the pitch moves, 1 is as far as the voice itself
    lead: float = 0.6  # s of room tone before the first word


def load_scripts(path: Path = TEXTS_PATH) -> tuple[Script, ...]:
    """Load all scripts of a file, in its order.

    Args:
        path: the file; by default that of the samples which the app offers to try.

    Raises:
        MarkError: The marks of a text are inconsistent.
        TypeError: A field is missing or unknown.
        ValueError: A script is malformed in another way.
    """
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["sample"]
    return tuple(Script(**{**entry, "text": parse_marks(entry["text"])}) for entry in entries)
