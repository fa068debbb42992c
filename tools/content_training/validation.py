"""How likely each kind of content is in answers by other hands, to choose thresholds on: nothing is fitted to them.

They are the hands that were met before (tests/benchmark/answers); a later hand is kept to measure what came of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.structure.model.features import Features, clause_features, read_clauses, sentence_features
from analysis.structure.model.regression import ENOUGH_BY_RULE, ContentModel
from analysis.structure.question_clauses import utterances
from analysis.structure.understanding import MIN_CLAUSE_WORDS
from tools.content_training.corpus import timed_words

ANSWERS = Path(__file__).parents[2] / "tests" / "benchmark" / "answers"
HANDS = ("first", "second", "third", "fourth")
GROUPS = {"clauses": ("stories", "projects"), "sentences": ("closings", "clarifying")}
POSSIBLE = 0.5  # share of the threshold from which something is possible
BY_RULE = POSSIBLE + ENOUGH_BY_RULE * (1 - POSSIBLE)  # share that is enough where a wording is known by rule

Probabilities = NDArray[np.float64]


def score_validation(model: ContentModel, name: str, key: str) -> tuple[Probabilities, NDArray[np.bool_]]:
    """Return for each answer that is judged the highest probability of a kind of content, and whether it holds it."""
    column = model.keys.index(key)
    scores, truth = [], []
    for rows, gold in _load(name):
        held = gold.get("results" if key == "result" and "results" in gold else key)
        if held is not None:
            scores.append(max((_score(model, row, column, key) for row in rows), default=0.0))
            truth.append(bool(held))
    return np.array(scores), np.array(truth)


def _score(model: ContentModel, features: Features, column: int, key: str) -> float:
    """The probability, as high as it counts: where a rule knows the wording, less is enough."""
    return float(model.score(features)[column]) / (BY_RULE if f"r:{key}" in features else 1.0)


@cache
def _load(name: str) -> tuple[tuple[Sequence[Features], Mapping[str, int | None]], ...]:
    return tuple(_read(name))


def _read(name: str) -> Iterator[tuple[Sequence[Features], Mapping[str, int | None]]]:
    """Yield the features of each clause or sentence of an answer, and what the answer holds."""
    for hand in HANDS:
        texts: Mapping[str, Sequence[Mapping[str, Any]]] = json.loads(
            (ANSWERS / f"{hand}_hand.json").read_text(encoding="utf-8")
        )
        for group in GROUPS[name]:
            for told in texts.get(group, ()):
                words = timed_words(told["text"])
                gold = told["gold"] if isinstance(told["gold"], dict) else {group: told["gold"]}
                if name == "sentences":
                    spoken = utterances(words)
                    half = (words[0].start + words[-1].end) / 2  # what is asked after it is not asked back
                    early = [row[0].start <= half or group != "clarifying" for row in spoken]
                    rows = zip(sentence_features(spoken), early, strict=True)
                    yield [row for row, is_early in rows if is_early], gold
                else:
                    read = read_clauses(words)
                    told_in = zip(read, clause_features(read), strict=True)
                    yield [row for clause, row in told_in if len(clause.texts) >= MIN_CLAUSE_WORDS], gold
