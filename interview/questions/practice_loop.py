"""What belongs to practising, not to what was measured: a guess before the numbers, a plan, a goal set, a drill."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from interview.ids import make_stable_id
from interview.validation import EntryError, check_between, check_filled_line, check_id, check_key, check_moment

MAX_GOAL_SECONDS = 30 * 60.0


class UmsGuess(StrEnum):
    """How many ums somebody thinks they said."""

    NONE = "none"
    FEW = "1-2"
    SOME = "3-5"
    MANY = "6-10"
    MORE = "11+"


class PaceGuess(StrEnum):
    """How fast somebody thinks they spoke."""

    SLOW = "slow"
    RIGHT = "right"
    FAST = "fast"


def make_take_practice_id(attempt: str) -> str:
    """Return the id of what belongs to practising a take: one for each."""
    return make_stable_id("take_practice", attempt)


def make_if_then_id(question: str) -> str:
    """Return the id of the if-then plan for a question: one for each."""
    return make_stable_id("if_then", question)


@dataclass(frozen=True)
class TakePractice:
    """A guess before the numbers of a take, the time it was to be said in, and the drill that came before it."""

    id: str
    attempt: str  # id of the take
    ums: UmsGuess | None = None
    pace: PaceGuess | None = None
    most_seconds: float | None = None  # the goal of a take that was to be shorter
    drilled: str | None = None  # id of the take whose ums were listened to right before this one
    caught: int | None = None  # of the ums of a clip, how many were noticed in the drill
    to_catch: int | None = None

    def __post_init__(self) -> None:
        check_id("The id of a practised take", self.id)
        check_id("The take", self.attempt)
        check_id("The drilled take", self.drilled)
        if self.most_seconds is not None:
            check_between("The longest time of a take", self.most_seconds, 1, MAX_GOAL_SECONDS)
        if (self.caught is None) != (self.to_catch is None) or not 0 <= (self.caught or 0) <= (self.to_catch or 0):
            raise EntryError("No more ums can be noticed in a drill than were said.")


@dataclass(frozen=True)
class IfThenPlan:
    """What somebody wants to do when a moment comes, for the next takes of a question."""

    id: str
    question: str  # its id
    text: str  # "If I notice an um coming, I close my mouth and breathe."
    made_at: datetime
    spoken: str | None = None  # id of the attempt in which it was said aloud

    def __post_init__(self) -> None:
        check_id("The id of a plan", self.id)
        check_key("The question of a plan", self.question)
        check_filled_line("A plan", self.text)
        check_moment("The time of a plan", self.made_at)
        check_id("The recording of a plan", self.spoken)
