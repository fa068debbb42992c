"""Read and save the key points of a question, noted before it is answered."""

from __future__ import annotations

from collections.abc import Sequence

from interview.questions.key_points import KeyPoints, make_points_id
from interview.validation import to_one_line
from store.store import Store


def find_points(store: Store, question_id: str) -> KeyPoints | None:
    """Return the key points of a question, None if there are none; raises StoreError."""
    known = {points.id: points for points in store.load_documents(KeyPoints)}
    return known.get(make_points_id(question_id))


def parse_points(text: str) -> tuple[str, ...]:
    """Split a text into key points, one per line, without bullet characters."""
    return tuple(point for line in text.splitlines() if (point := to_one_line(line).lstrip("-*• ")))


def make_points(question_id: str, points: Sequence[str]) -> KeyPoints:
    """Make the key points of a question; raises EntryError if there are too many or one is too long."""
    return KeyPoints(make_points_id(question_id), question_id, tuple(points))


def save_points(store: Store, question_id: str, points: Sequence[str], seen: KeyPoints | None) -> None:
    """Save the key points of a question, or delete them if there are none left.

    Args:
        store: where they are stored.
        question_id: the question.
        points: the points in the field.
        seen: what the field was filled with; None if nothing was stored.

    Raises:
        EntryError: there are too many, or one is too long.
        StoreError: they cannot be stored, or another window changed them.
    """
    if points:
        store.save(make_points(question_id, points), expected=seen)
    elif seen is not None:
        store.delete_document(seen.id)
