"""Fit the weights of analysis/structure: `python -m tools.content_training.train`.

A logistic regression for each kind of content. The thresholds are chosen on writers that were left out: of those that
reach PRECISION, the lowest.
"""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.structure.early_answer import MAX_SECONDS_EARLY, find_point, point_features, says_something
from analysis.structure.model.features import clause_features, read_clauses, sentence_features
from analysis.structure.model.regression import ContentModel, save_content_model
from analysis.structure.question_clauses import utterances
from tools.content_training.corpus import (
    MarkedAnswer,
    PointedAnswer,
    load_answers,
    load_pointed_answers,
    majority,
    timed_words,
)

CLOSING_EXAMPLES = Path(__file__).parents[2] / "tests" / "data" / "closing.toml"
CLAUSE_KEYS = ("situation", "task", "action", "result", "lesson", "problem", "data", "tools")
SENTENCE_KEYS = ("next_steps", "timing", "thanks", "interest", "website", "pressing", "clarifying")
INVERSE_PENALTY = 0.5  # of large weights; 0.2 to 1.0 give the same on writers left out
MIN_USES = 2  # of a feature in the training
FOLDS = 8
# Of what is told as heard. Sentences have many near misses that stand alone, which whole answers rarely hold.
PRECISION = {"clauses": 0.93, "sentences": 0.9}
LOWEST, HIGHEST = 0.3, 0.7  # of a threshold
POINTED_WEIGHT = 3  # of answers to a question beside the many stories
ALONE = ("~lessons", "~results", "~tasks", "~situations")  # single sentences, while answers tell a story in several
POSSIBLE = 0.5  # share of the threshold from which something is possible

Probabilities = NDArray[np.float64]


@dataclass(frozen=True)
class TrainingRow:
    """A clause or sentence: whose, what it says, and of what that is known."""

    answer: int  # its place among the answers; -1 for an example that stands alone
    writer: str
    listen: str
    features: Mapping[str, float]
    held: frozenset[str]
    known: frozenset[str] | None = None  # of which kinds that is known; None: of all that its answer may hold

    def tells_of(self, key: str) -> bool:
        """Whether it is known to say or not to say something."""
        return key in self.known if self.known is not None else may_hold(key, self.listen)


def may_hold(key: str, listen: str) -> bool:
    """Return whether answers of a sort are marked for a kind of content."""
    if key in ("situation", "task", "action"):
        return listen != "project"
    if key in ("problem", "data", "tools"):
        return listen != "story"
    return listen != "close" if key == "clarifying" else True


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
        for row in utterances(answer.words):
            rows.append(TrainingRow(place, answer.writer, answer.listen, sentence_features(row), majority(row, labels)))
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
                    TrainingRow(-1, "examples", "close", sentence_features(row), held, frozenset({key}))
                    for row in (spoken if len(spoken) == 1 or not held else ())
                ]
    return rows


@dataclass(frozen=True, eq=False)
class FeatureTable:
    """Rows to fit models to, and their features as a sparse matrix of shape (rows, names)."""

    rows: Sequence[TrainingRow]
    names: tuple[str, ...]
    cells: csr_matrix

    @classmethod
    def make(cls, rows: Sequence[TrainingRow]) -> FeatureTable:
        """Return the table of some rows."""
        vectorizer = DictVectorizer(dtype=np.float32)
        cells = vectorizer.fit_transform([row.features for row in rows])
        return cls(rows, tuple(map(str, vectorizer.get_feature_names_out())), csr_matrix(cells))


def fit(table: FeatureTable, keys: Sequence[str], out: Collection[str] = ()) -> tuple[ContentModel, list[str]]:
    """Fit a model to all rows but those of some writers; returns it and its features in order.

    Args:
        table: The rows.
        keys: What the model tells.
        out: The writers left out. The thresholds are not yet chosen.
    """
    kept = np.array([row.writer not in out for row in table.rows])
    rows = [row for row, is_kept in zip(table.rows, kept, strict=True) if is_kept]
    cells = table.cells[kept]
    columns = np.flatnonzero(np.bincount(cells.indices, minlength=len(table.names)) >= MIN_USES)
    cells = cells[:, columns]
    weights, bias = np.zeros((len(columns), len(keys)), np.float32), np.zeros(len(keys), np.float32)
    for column, key in enumerate(keys):
        told = np.array([row.tells_of(key) for row in rows])
        truth = np.array([key in row.held for row in rows])
        regression = LogisticRegression(C=INVERSE_PENALTY, solver="liblinear", max_iter=300)
        regression.fit(cells[told], truth[told])
        weights[:, column], bias[column] = regression.coef_[0], regression.intercept_[0]
    features = [table.names[column] for column in columns]
    places = {name: place for place, name in enumerate(features)}
    unset = np.full(len(keys), 0.5, np.float32)
    return ContentModel(tuple(keys), places, weights, bias, unset, unset), features


def folds_of(answers: Sequence[MarkedAnswer]) -> list[frozenset[str]]:
    """Return the writers of the answers in FOLDS parts."""
    writers = sorted({answer.writer for answer in answers}, key=lambda name: (name[-1], name))
    return [frozenset(writers[fold::FOLDS]) for fold in range(FOLDS)]


def left_out_scores(
    rows: Sequence[TrainingRow], keys: Sequence[str], answers: Sequence[MarkedAnswer]
) -> NDArray[np.float32]:
    """Return the probabilities of each row, (rows, keys), from a model that has met no row of its writer."""
    scores, table = np.zeros((len(rows), len(keys)), np.float32), FeatureTable.make(rows)
    for out in folds_of(answers):
        model, _ = fit(table, keys, out)
        for place, row in enumerate(rows):
            if row.writer in out:
                scores[place] = model.score(row.features)
    return scores


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


def train(name: str, rows: Sequence[TrainingRow], keys: Sequence[str], answers: Sequence[MarkedAnswer]) -> None:
    """Fit one model, choose its thresholds, write it and print how it does on writers left out."""
    scores = left_out_scores(rows, keys, answers)
    model, features = fit(FeatureTable.make(rows), keys)
    heard = []
    for column, key in enumerate(keys):
        judged = [
            place for place, row in enumerate(rows) if keys is not CLAUSE_KEYS or not row.writer.startswith(ALONE)
        ]
        best, truth = answer_scores([rows[place] for place in judged], scores[judged], column, key, answers)
        heard.append(choose_threshold(best, truth, PRECISION[name]))
        told = best >= heard[-1]
        right = int((told & truth).sum())
        precision, recall = right / max(int(told.sum()), 1), right / int(truth.sum())
        print(f"{key:12} from {heard[-1]:.2f}: precision {precision:.2f}, recall {recall:.2f} of {truth.sum()}")
    limits = np.array(heard, np.float32)
    save_content_model(
        name, ContentModel(model.keys, model.places, model.weights, model.bias, limits, limits * POSSIBLE), features
    )


def point_rows(answers: Sequence[PointedAnswer]) -> list[TrainingRow]:
    """Return a row for each clause that may answer, up to the one that does."""
    rows: list[TrainingRow] = []
    for place, answer in enumerate(answers):
        read = read_clauses(answer.words)
        for at, clause in enumerate(read):
            if says_something(clause.words, answer.question):
                is_point = clause.words[-1].start >= answer.point
                features = point_features(read, at, answer.question)
                if answer.is_story:  # tells what an occasion sounds like, and nothing of other questions
                    features = {name: value for name, value in features.items() if ": " in name}
                rows.append(
                    TrainingRow(place, answer.writer, "point", features, frozenset({"point"} if is_point else ()))
                )
                if is_point:
                    break
    return rows + (POINTED_WEIGHT - 1) * [row for row in rows if not answers[row.answer].is_story]


def train_point(answers: Sequence[PointedAnswer]) -> None:
    """Fit the model of the point, write it and print how often an answer is rightly told as early or late."""
    table = FeatureTable.make(point_rows(answers))
    right: Counter[tuple[bool, bool]] = Counter()
    for writer in sorted({answer.writer for answer in answers if not answer.is_story}):
        model, _ = fit(table, ("point",), {writer})
        for answer in answers:
            if answer.writer == writer:
                where = find_point(answer.words, answer.question, model)
                is_late = where is None or where.start > MAX_SECONDS_EARLY
                right[answer.point > MAX_SECONDS_EARLY, is_late] += 1
    for (is_late, told_late), count in sorted(right.items()):
        print(f"answers that are {'late' if is_late else 'early'}, told as {'late' if told_late else 'early'}: {count}")
    model, features = fit(table, ("point",))
    save_content_model("point", model, features)


def main() -> None:
    """Write the weights."""
    train_point(load_pointed_answers())
    answers = load_answers()
    train("clauses", clause_rows(answers), CLAUSE_KEYS, answers)
    train("sentences", sentence_rows(answers) + example_rows(), SENTENCE_KEYS, answers)


if __name__ == "__main__":
    main()
