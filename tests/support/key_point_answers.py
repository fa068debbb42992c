"""The labelled answers of tests/data/points.toml, and a text as the words of a transcript with their kinds."""

from __future__ import annotations

import tomllib
from pathlib import Path

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import label_repetitions
from speech.transcript import Word
from tests.support.synthetic_words import make_words

ANSWERS = tomllib.loads((Path(__file__).parents[1] / "data" / "points.toml").read_text(encoding="utf-8"))["answer"]


def make_labelled_words(text: str) -> tuple[Word, ...]:
    return label_repetitions(label_filler_words(make_words(" ".join(text.split()))))
