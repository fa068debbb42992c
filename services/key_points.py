"""The points to make in the answer to a question: noted before it is given."""

from __future__ import annotations

from collections.abc import Sequence

from interview.questions.key_points import Points, points_id
from interview.validation import one_line
from store.store import Store


def find_points(store: Store, question_id: str) -> Points | None:
    """Return the points to one question, None where none were noted; raises StoreError."""
    known = {points.id: points for points in store.things(Points)}
    return known.get(points_id(question_id))


def parse_points(text: str) -> tuple[str, ...]:
    """Return the points in a text: a line each, without the signs that lists begin with."""
    return tuple(point for line in text.splitlines() if (point := one_line(line).lstrip("-*• ")))


def make_points(question_id: str, points: Sequence[str]) -> Points:
    """Return points to a question; raises EntryError where there are too many or one is too long."""
    return Points(points_id(question_id), question_id, tuple(points))


def save_points(store: Store, question_id: str, points: Sequence[str], seen: Points | None) -> None:
    """Store the points to a question, or delete them where there are none any more.

    Args:
        store: where they are kept.
        question_id: the question.
        points: what stands in the field.
        seen: what the field was filled with; None where nothing was kept.

    Raises:
        EntryError: there are too many, or one is too long.
        StoreError: they cannot be kept, or another window changed them.
    """
    if points:
        store.keep(make_points(question_id, points), instead_of=seen)
    elif seen is not None:
        store.forget(seen.id)
