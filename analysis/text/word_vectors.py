"""A small vector for each of the commonest words, so that words of one meaning lie near each other.

The vectors are those that the sentence model all-MiniLM-L6-v2 (Apache 2.0) gives single words, reduced to WIDTH main
directions and rounded to bytes by `python -m tools.content_training.word_vectors`. They need neither the model nor its
libraries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH = 48
WEIGHTS = Path(__file__).parent / "weights" / "word_vectors.npz"
SCALE = 120.0  # bytes for 1.0


@cache
def load_vectors() -> tuple[Mapping[str, int], Floats]:
    """Return the place of each word, and the vectors (words, WIDTH); a common word has a short one."""
    with np.load(WEIGHTS) as held:
        words = bytes(held["words"]).decode("ascii").split(" ")
        vectors = held["vectors"].astype(np.float32) / SCALE
    return {word: place for place, word in enumerate(words)}, vectors


def is_known(text: str) -> bool:
    """Return whether a plain word is one of the commonest."""
    return text in load_vectors()[0]


def mean_vector(texts: Sequence[str]) -> Floats:
    """Return the mean of the vectors of plain words, of shape (WIDTH,); zeros where none is known."""
    places, vectors = load_vectors()
    known = [places[text] for text in texts if text in places]
    return vectors[known].mean(axis=0) if known else np.zeros(WIDTH, np.float32)
