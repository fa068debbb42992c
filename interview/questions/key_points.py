"""The key points the user wants to make in the answer to a question."""

from __future__ import annotations

from dataclasses import dataclass

from interview.ids import make_stable_id
from interview.validation import check_filled_line, check_id, check_key, check_max_count

MAX_POINTS = 6


def make_points_id(question: str) -> str:
    """Return the id of the key points of a question: one set per question."""
    return make_stable_id("points", question)


@dataclass(frozen=True)
class KeyPoints:
    """Up to six key points, in order."""

    id: str
    question: str  # its id
    points: tuple[str, ...] = ()
    interview: str | None = None

    def __post_init__(self) -> None:
        check_id("The id of points", self.id)
        check_id("The interview of points", self.interview)
        check_key("The question of points", self.question)
        check_max_count("The points to make", self.points, MAX_POINTS)
        check_filled_line("A point to make", *self.points)
