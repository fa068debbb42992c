"""Fit a logistic regression for each kind of content to rows of features; whole writers can be left out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.structure.model.regression import ContentModel

INVERSE_PENALTY = 0.5  # of large weights; 0.2 to 1.0 give the same on writers left out
MIN_USES = 2  # of a feature in the training


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
