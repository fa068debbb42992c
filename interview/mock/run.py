"""A mock interview in progress or finished: its questions in order, and the answers so far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from interview.validation import check_between, check_id, check_key, check_moment, check_text

MAX_THINKING_SECONDS = 3600.0  # s; more is a break, not thinking


@dataclass(frozen=True)
class MockStep:
    """One question of a run as it was asked, and its answer; a follow-up is a step after the one it asks on."""

    question: str  # its id
    text: str  # as it was asked
    kind: str  # a QuestionKind
    attempt: str | None = None  # id of the answer; None: not answered yet, or skipped
    thought: float | None = None  # s between the question and the recording
    skipped: bool = False
    follows: str | None = None  # of a follow-up, the id of the answer that it asks on
    asked_on: bool = False  # whether every follow-up to its answer was asked, or there is none

    def __post_init__(self) -> None:
        check_id("The answer that was asked on", self.follows)
        check_key("The question of a run", self.question)
        check_text("The text of a question", self.text)
        check_key("The kind of a question", self.kind)
        check_id("The answer of a run", self.attempt)
        if self.thought is not None:
            check_between("The thinking time in seconds", self.thought, 0, MAX_THINKING_SECONDS)


@dataclass(frozen=True)
class MockRun:
    """One mock interview."""

    id: str
    plan: str  # id of its MockPlan
    steps: tuple[MockStep, ...]
    started_at: datetime  # with its zone
    finished_at: datetime | None = None
    interview: str | None = None

    def __post_init__(self) -> None:
        check_id("The id of a run", self.id)
        check_id("The plan of a run", self.plan)
        check_id("The interview of a run", self.interview)
        check_moment("The start of a run", self.started_at)
        check_moment("The end of a run", self.finished_at)

    @property
    def answers(self) -> tuple[str, ...]:
        """The ids of the answers given, in order."""
        return tuple(step.attempt for step in self.steps if step.attempt is not None)

    @property
    def place(self) -> int | None:
        """The index from 0 of the question to answer next; None once the run is over."""
        if self.finished_at is not None:
            return None
        return next((place for place, step in enumerate(self.steps) if step.attempt is None and not step.skipped), None)

    @property
    def main_steps(self) -> tuple[MockStep, ...]:
        """The questions of the plan, without follow-ups."""
        return tuple(step for step in self.steps if step.follows is None)

    def get_main_place(self, place: int) -> int:
        """Return the index among the steps, from 0, of the question that the step at a place is or asks on."""
        return max(at for at, step in enumerate(self.steps[: place + 1]) if step.follows is None or at == 0)

    def count_main_steps(self, place: int) -> int:
        """Return the number, from 1, of the question that the step at a place is or asks on."""
        return sum(step.follows is None for step in self.steps[: place + 1])

    def ask_on(self, place: int, step: MockStep) -> MockRun:
        """Return the run with a follow-up before the question at a place, an index from 0."""
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place:]))

    def end_asking_on(self, place: int) -> MockRun:
        """Return the run with no more follow-ups to come after the question at a place, an index from 0."""
        return self._replace_step(place, replace(self.steps[place], asked_on=True))

    def answer_step(self, place: int, attempt: str | None, thought: float | None = None) -> MockRun:
        """Return the run with a question answered.

        Args:
            place: index of the question, from 0.
            attempt: id of the answer; None for none.
            thought: seconds between the question and the recording; None if not measured.
        """
        return self._replace_step(place, replace(self.steps[place], attempt=attempt, thought=thought, skipped=False))

    def skip_step(self, place: int) -> MockRun:
        """Return the run with a question skipped (`place` is its index from 0)."""
        return self._replace_step(place, replace(self.steps[place], attempt=None, thought=None, skipped=True))

    def end(self, now: datetime) -> MockRun:
        """Return the run as finished, whether or not every question was asked."""
        return replace(self, finished_at=self.finished_at or now)

    def _replace_step(self, place: int, step: MockStep) -> MockRun:
        return replace(self, steps=(*self.steps[:place], step, *self.steps[place + 1 :]))
