"""Fit the model that tells the clause which answers a question from what leads up to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.structure.early_answer import MAX_SECONDS_EARLY, find_point, point_features, says_something
from analysis.structure.model.features import read_clauses
from analysis.structure.model.regression import ContentModel
from tools.content_training.corpus import PointedAnswer
from tools.content_training.fitting import FeatureTable, TrainingRow, fit

POINTED_WEIGHT = 3  # of answers to a question beside the many stories


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


def train_point(answers: Sequence[PointedAnswer]) -> tuple[ContentModel, list[str]]:
    """Return the model of the point and its features; prints how often writers left out are rightly early or late."""
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
    return fit(table, ("point",))
