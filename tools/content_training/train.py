"""Fit the weights of analysis/structure: `python -m tools.content_training.train`.

A logistic regression for each kind of content. The thresholds are chosen on writers that were left out: of those that
reach PRECISION, the lowest.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
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
from tools.content_training.fitting import FeatureTable, TrainingRow, fit, may_hold
from tools.content_training.point import train_point

CLOSING_EXAMPLES = Path(__file__).parents[2] / "tests" / "data" / "closing.toml"
CLAUSE_KEYS = ("situation", "task", "action", "result", "lesson", "problem", "data", "tools")
SENTENCE_KEYS = ("next_steps", "timing", "thanks", "interest", "website", "pressing", "clarifying")
KEYS: Mapping[str, tuple[str, ...]] = {"clauses": CLAUSE_KEYS, "sentences": SENTENCE_KEYS}
FOLDS = 8
# Of what is told as heard. Sentences have many near misses that stand alone, which whole answers rarely hold.
PRECISION = {"clauses": 0.93, "sentences": 0.9}
LOWEST, HIGHEST = 0.3, 0.7  # of a threshold
ALONE = ("~lessons", "~results", "~tasks", "~situations")  # single sentences, while answers tell a story in several
POSSIBLE = 0.5  # share of the threshold from which something is possible

Probabilities = NDArray[np.float64]


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


@dataclass(frozen=True, eq=False)
class LeftOut:
    """Models that have each not met some writers, and what they make of these."""

    table: FeatureTable
    keys: tuple[str, ...]
    models: Mapping[frozenset[str], ContentModel]  # by the writers left out; the thresholds are not yet chosen

    def score(self) -> NDArray[np.float32]:
        """Return the probabilities of each row, (rows, keys), from the model that has met no row of its writer."""
        scores = np.zeros((len(self.table.rows), len(self.keys)), np.float32)
        for out, model in self.models.items():
            for place, row in enumerate(self.table.rows):
                if row.writer in out:
                    scores[place] = model.score(row.features)
        return scores


@cache
def leave_writers_out(name: str) -> LeftOut:
    """Return the models of a name, "clauses" or "sentences", each fitted without a part of the writers."""
    answers = load_answers()
    table = FeatureTable.make(clause_rows(answers) if name == "clauses" else [*sentence_rows(answers), *example_rows()])
    keys = KEYS[name]
    return LeftOut(table, keys, {out: fit(table, keys, out)[0] for out in folds_of(answers)})


def answer_scores(
    rows: Sequence[TrainingRow], scores: NDArray[np.float32], column: int, key: str, answers: Sequence[MarkedAnswer]
) -> tuple[Probabilities, NDArray[np.bool_]]:
    """Return for each answer the highest probability of a kind of content, and whether it holds it."""
    best: defaultdict[int, float] = defaultdict(float)
    for row, score in zip(rows, scores[:, column], strict=True):
        if row.answer >= 0 and may_hold(key, row.listen):
            best[row.answer] = max(best[row.answer], float(score))
    return np.array(list(best.values())), np.array([key in answers[place].held for place in best])


def choose_threshold(scores: Probabilities, truth: NDArray[np.bool_], wanted: float) -> float:
    """Return the lowest threshold at which what is told as heard is precise enough; that of the best F1 if none is."""
    thresholds = np.arange(LOWEST, HIGHEST + 0.001, 0.02)
    right = np.array([(truth & (scores >= threshold)).sum() for threshold in thresholds])
    told = np.array([(scores >= threshold).sum() for threshold in thresholds])
    enough = np.flatnonzero(right >= wanted * told)
    return float(thresholds[enough[0] if len(enough) else int((right / (told + truth.sum())).argmax())])


def train(name: str) -> tuple[ContentModel, list[str]]:
    """Return a model with its thresholds chosen, and its features; prints how it does on writers left out."""
    left_out, answers = leave_writers_out(name), load_answers()
    rows, keys, scores = left_out.table.rows, left_out.keys, left_out.score()
    model, features = fit(left_out.table, keys)
    heard = []
    for column, key in enumerate(keys):
        judged = [place for place, row in enumerate(rows) if name != "clauses" or not row.writer.startswith(ALONE)]
        best, truth = answer_scores([rows[place] for place in judged], scores[judged], column, key, answers)
        heard.append(choose_threshold(best, truth, PRECISION[name]))
        told = best >= heard[-1]
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
