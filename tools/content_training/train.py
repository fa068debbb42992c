"""Fit the weights of analysis/structure: `python -m tools.content_training.train`.

A logistic regression for each kind of content. The thresholds are chosen on answers by other hands, of which nothing is
fitted: of those that reach PRECISION, one that hears the most.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.structure.model.features import clause_features, read_clauses, sentence_features
from analysis.structure.model.regression import ContentModel, save_content_model
from analysis.structure.question_clauses import utterances
from tools.content_training.corpus import (
    MarkedAnswer,
    load_answers,
    load_pointed_answers,
    majority,
    timed_words,
)
from tools.content_training.fitting import FeatureTable, TrainingRow, fit
from tools.content_training.point import train_point
from tools.content_training.validation import POSSIBLE, Probabilities, score_validation

CLOSING_EXAMPLES = Path(__file__).parents[2] / "tests" / "data" / "closing.toml"
CLAUSE_KEYS = ("situation", "task", "action", "result", "lesson", "problem", "data", "tools")
SENTENCE_KEYS = ("next_steps", "timing", "thanks", "interest", "website", "pressing", "clarifying")
KEYS: Mapping[str, tuple[str, ...]] = {"clauses": CLAUSE_KEYS, "sentences": SENTENCE_KEYS}
FOLDS = 8
PRECISION = {"clauses": 0.88, "sentences": 0.87}  # wanted of what is told as heard
PRECISION_OF = {"website": 0.92}  # of what near misses are many of
LOWEST, HIGHEST = 0.26, 0.86  # of a threshold


def clause_rows(answers: Sequence[MarkedAnswer]) -> list[TrainingRow]:
    """Return a row for each clause."""
    rows: list[TrainingRow] = []
    for place, answer in enumerate(answers):
        labels = {word.start: held for word, held in zip(answer.words, answer.labels, strict=True)}
        read = read_clauses(answer.words)
        for clause, features in zip(read, clause_features(read), strict=True):
            rows.append(TrainingRow(place, answer.writer, answer.listen, features, majority(clause.words, labels)))
    return rows


def sentence_rows(answers: Sequence[MarkedAnswer]) -> list[TrainingRow]:
    """Return a row for each sentence."""
    rows: list[TrainingRow] = []
    for place, answer in enumerate(answers):
        labels = {word.start: held for word, held in zip(answer.words, answer.labels, strict=True)}
        spoken = utterances(answer.words)
        for row, features in zip(spoken, sentence_features(spoken), strict=True):
            rows.append(TrainingRow(place, answer.writer, answer.listen, features, majority(row, labels)))
    return rows


def example_rows() -> list[TrainingRow]:
    """Return the examples of the tests, of which only one kind of content is known."""
    rows: list[TrainingRow] = []
    for key, sides in tomllib.loads(CLOSING_EXAMPLES.read_text(encoding="utf-8")).items():
        for side, texts in sides.items():
            held = frozenset({key} if side == "hears" else ())
            for text in texts:
                # Of several sentences nobody has said which one holds it.
                spoken = utterances(timed_words(text))
                rows += [
                    TrainingRow(-1, "examples", "close", features, held, frozenset({key}))
                    for features in (sentence_features(spoken) if len(spoken) == 1 or not held else ())
                ]
    return rows


def folds_of(answers: Sequence[MarkedAnswer]) -> list[frozenset[str]]:
    """Return the writers of the answers in FOLDS parts."""
    writers = sorted({answer.writer for answer in answers}, key=lambda name: (name[-1], name))
    return [frozenset(writers[fold::FOLDS]) for fold in range(FOLDS)]


def make_rows(name: str, answers: Sequence[MarkedAnswer]) -> list[TrainingRow]:
    """Return the rows of a model, "clauses" or "sentences"."""
    return clause_rows(answers) if name == "clauses" else [*sentence_rows(answers), *example_rows()]


def leave_writers_out(name: str) -> Mapping[frozenset[str], ContentModel]:
    """Return models of a name by the writers that each has not met; their thresholds are not chosen."""
    answers = load_answers()
    table = FeatureTable.make(make_rows(name, answers))
    return {out: fit(table, KEYS[name], out)[0] for out in folds_of(answers)}


def choose_threshold(scores: Probabilities, truth: NDArray[np.bool_], wanted: float) -> float:
    """Return the threshold that hears most with the precision wanted, the middle one of several; else of best F1."""
    thresholds = np.arange(LOWEST, HIGHEST + 0.001, 0.02)
    right = np.array([(truth & (scores >= threshold)).sum() for threshold in thresholds])
    told = np.array([(scores >= threshold).sum() for threshold in thresholds])
    enough = np.flatnonzero((right >= wanted * told) & (right > 0))
    if not len(enough):
        return float(thresholds[int((right / (told + truth.sum())).argmax())])
    equal = enough[right[enough] == right[enough].max()]
    return float(thresholds[equal[len(equal) // 2]])


def train(name: str) -> tuple[ContentModel, list[str]]:
    """Return a model with its thresholds chosen, and its features; prints how it does on the answers of other hands."""
    answers = load_answers()
    table, keys = FeatureTable.make(make_rows(name, answers)), KEYS[name]
    model, features = fit(table, keys)
    heard = []
    for key in keys:
        scores, truth = score_validation(model, name, key)
        heard.append(choose_threshold(scores, truth, PRECISION_OF.get(key, PRECISION[name])))
        told = scores >= heard[-1]
        right = int((told & truth).sum())
        precision, recall = right / max(int(told.sum()), 1), right / int(truth.sum())
        print(f"{key:12} from {heard[-1]:.2f}: precision {precision:.2f}, recall {recall:.2f} of {truth.sum()}")
    limits = np.array(heard, np.float32)
    chosen = ContentModel(model.keys, model.places, model.weights, model.bias, limits, limits * POSSIBLE)
    return chosen, features


def main() -> None:
    """Write the weights."""
    save_content_model("point", *train_point(load_pointed_answers()))
    for name in KEYS:
        save_content_model(name, *train(name))


if __name__ == "__main__":
    main()
