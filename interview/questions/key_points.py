"""What the user wants to have said in the answer to one question."""

from __future__ import annotations

from dataclasses import dataclass

from interview.ids import same_id
from interview.validation import check_id, check_key, check_most, check_named

MOST = 6


def points_id(question: str) -> str:
    """The id of the points to one question, so that a question has them once."""
    return same_id("points", question)


@dataclass(frozen=True)
class Points:
    """Up to six points to make, in order."""

    id: str
    question: str  # its id
    points: tuple[str, ...] = ()
    interview: str | None = None

    def __post_init__(self) -> None:
        check_id("The id of points", self.id)
        check_id("The interview of points", self.interview)
        check_key("The question of points", self.question)
        check_most("The points to make", self.points, MOST)
        check_named("A point to make", *self.points)
