"""The answers of a run as they stand: measured, in hand, failed, deleted, or never given."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.report import Report
from app_pages.use_cases.analysis_job import worker
from app_pages.use_cases.store_access import store
from interview.mock.run import MockRun, MockStep
from services.job_queue import Failed, Waiting, Working
from store.attempt import KeptAttempt, State

Stands = Waiting | Working | Failed | None


@dataclass(frozen=True)
class Given:
    """One question of a run and what became of it."""

    place: int  # from 1
    step: MockStep
    attempt: KeptAttempt | None  # None: no answer was given, or it was deleted since
    stands: Stands  # with the worker
    report: Report | None

    @property
    def is_in_hand(self) -> bool:
        """Whether it waits or is being measured."""
        return self.report is None and isinstance(self.stands, Waiting | Working)

    @property
    def failure(self) -> str | None:
        """Why it could not be measured, as a sentence."""
        if self.attempt is None or self.report is not None or self.is_in_hand:
            return None
        if isinstance(self.stands, Failed):
            return self.stands.sentence
        return self.attempt.failure if self.attempt.state is State.FAILED else None


def given(run: MockRun) -> tuple[Given, ...]:
    """Every question of a run with its answer; raises StoreError."""
    stands = {answer: worker().state(answer) for answer in run.answers}  # before the store is asked: see answer.show
    there = {attempt.id: attempt for attempt in store().history() if attempt.id in stands} if stands else {}
    return tuple(
        _given(place, step, there.get(step.attempt or ""), stands.get(step.attempt or ""))
        for place, step in enumerate(run.steps, 1)
    )


def _given(place: int, step: MockStep, attempt: KeptAttempt | None, stands: Stands) -> Given:
    is_done = attempt is not None and attempt.state is State.DONE
    return Given(place, step, attempt, stands, store().report(attempt.id) if attempt is not None and is_done else None)
