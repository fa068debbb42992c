"""The labelled answers of tests/data/points.toml, and a text as the words of a transcript with their kinds."""

from __future__ import annotations

import tomllib
from pathlib import Path

from analysis.fillers import label_filler_words
from analysis.repetition import label_repetitions
from speech.transcript import Word
from tests.speech_rows import said

ANSWERS = tomllib.loads((Path(__file__).parent / "data" / "points.toml").read_text(encoding="utf-8"))["answer"]


def words(text: str) -> tuple[Word, ...]:
    return label_repetitions(label_filler_words(said(" ".join(text.split()))))
