"""The weights that tell what a clause or a sentence says: a logistic regression for each kind of content.

`python -m tools.content_training.train` fits them to the answers in tools/content_training/data and chooses the
thresholds on writers that were left out; docs/accuracy.md has the figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

ENOUGH_BY_RULE = -0.5  # halfway again below what is possible
WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, eq=False)
class ContentModel:
    """Weights of features for several kinds of content at once."""

    keys: tuple[str, ...]  # the kinds of content
    places: Mapping[str, int]  # of each feature among the weights
    weights: Floats  # (features, kinds)
    bias: Floats  # (kinds,)
    heard: Floats  # probability from which each kind was heard, (kinds,)
    possible: Floats  # probability from which each kind is possible, (kinds,)

    def score(self, features: Mapping[str, float]) -> Floats:
        """Return the probability of each kind of content, of shape (kinds,)."""
        known = [(self.places[name], value) for name, value in features.items() if name in self.places]
        places, values = [place for place, _ in known], np.array([value for _, value in known], np.float32)
        sums: Floats = self.bias + values @ self.weights[places]
        return np.asarray(1 / (1 + np.exp(-sums)), np.float32)

    def judge(self, features: Mapping[str, float]) -> tuple[float, ...]:
        """Return how sure each kind of content is: 1 and more heard, 0 to 1 possible, below 0 not heard.

        Where a wording is known by rule, less is enough: rules are deaf, but rarely wrong.
        """
        scores = self.score(features)
        sure = (scores - self.possible) / np.maximum(self.heard - self.possible, 1e-6)
        return tuple(
            max(float(each), 1.0) if each >= ENOUGH_BY_RULE and f"r:{key}" in features else float(each)
            for key, each in zip(self.keys, sure, strict=True)
        )


@cache
def load_content_model(name: str) -> ContentModel:
    """Return the model of a name, "clauses", "sentences" or "point"."""
    with np.load(WEIGHTS / f"{name}.npz") as held:
        features = bytes(held["features"]).decode("utf-8").split("\n")
        return ContentModel(
            keys=tuple(bytes(held["keys"]).decode("ascii").split(" ")),
            places={feature: place for place, feature in enumerate(features)},
            weights=held["weights"].astype(np.float32),
            bias=held["bias"].astype(np.float32),
            heard=held["heard"].astype(np.float32),
            possible=held["possible"].astype(np.float32),
        )


def save_content_model(name: str, model: ContentModel, features: Sequence[str]) -> None:
    """Write a model's weights, rounded to half precision; `features` in the order of the weights."""
    np.savez_compressed(
        WEIGHTS / f"{name}.npz",
        features=np.frombuffer("\n".join(features).encode("utf-8"), np.uint8),
        keys=np.frombuffer(" ".join(model.keys).encode("ascii"), np.uint8),
        weights=model.weights.astype(np.float16),
        bias=model.bias,
        heard=model.heard,
        possible=model.possible,
    )
