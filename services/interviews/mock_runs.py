"""Advance a mock interview: begin it, answer or skip the question that is asked, end it; and how its answers are.

A run is read anew before each change: it may have gone on in another window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from analysis.report import Report
from content.questions import Question
from interview.ids import new_id
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.questions import begin
from interview.mock.run import MockRun, MockStep
from services.interviews.mock_plans import choose_questions
from services.job_queue import Failed, JobQueue, JobState, Pending
from services.question_bank import QuestionBank, load_question_bank
from store.attempt import KeptAttempt, State
from store.errors import StoreError
from store.store import Store

ELSEWHERE = "This question was answered, skipped or ended in another window in the meantime."
NOT_LOST = f"{ELSEWHERE} Your recording is safe: it is a take of the question on the page “Practise”."


class MovedOnError(StoreError):
    """The run is not at this question any more."""


@dataclass(frozen=True)
class AnswerStatus:
    """One question of a run and what became of it."""

    place: int  # from 1
    step: MockStep
    attempt: KeptAttempt | None  # None: no answer was given, or it was deleted since
    job_state: JobState
    report: Report | None

    @property
    def is_pending(self) -> bool:
        """Whether its answer is queued or being analysed."""
        return self.report is None and isinstance(self.job_state, Pending)

    @property
    def failure(self) -> str | None:
        """Why its answer could not be analysed, as a sentence."""
        if self.attempt is None or self.report is not None or self.is_pending:
            return None
        if isinstance(self.job_state, Failed):
            return self.job_state.sentence
        return self.attempt.failure if self.attempt.state is State.FAILED else None


def question_wording(bank: QuestionBank, interview: Interview | None) -> Callable[[Question], str]:
    """Return what words a question: with the company and role of an interview in its gaps, else the user's words."""
    theirs = {"company": interview.company, "role": interview.role} if interview else {}
    return lambda question: bank.text_with(question, theirs)


def begin_run(store: Store, plan: MockPlan, now: datetime) -> MockRun:
    """Store and return a new run of the questions of a plan, none answered yet; raises StoreError."""
    bank = load_question_bank(store)
    interview = next((each for each in store.things(Interview) if each.id == plan.interview), None)
    questions = choose_questions(store, plan, bank, now)
    run = begin(plan, questions, new_id(), now, question_wording(bank, interview))
    store.keep(run)
    return run


def answer_question(store: Store, run_id: str, place: int, attempt_id: str, now: datetime) -> None:
    """Make an attempt the answer to the question at a place, and end the run after the last one.

    Args:
        store: where the run is kept.
        run_id: the run.
        place: of the question, from 0.
        attempt_id: the answer, which is stored already.
        now: with its zone.

    Raises:
        MovedOnError: that question is not asked any more.
        StoreError: the run cannot be read or changed.
    """
    run = _run_at(store, run_id, place, NOT_LOST)
    store.keep(_ended_if_over(run.answered(place, attempt_id), now), instead_of=run)


def skip_question(store: Store, run_id: str, place: int, now: datetime) -> None:
    """Leave a question out; arguments and errors as for `answer_question`."""
    run = _run_at(store, run_id, place, ELSEWHERE)
    store.keep(_ended_if_over(run.skipping(place), now), instead_of=run)


def end_run(store: Store, run_id: str, now: datetime) -> None:
    """End a run where it is; raises StoreError."""
    run = store.thing(MockRun, run_id)
    store.keep(run.ended(now), instead_of=run)


def delete_run(store: Store, run: MockRun, *, with_answers: bool = False) -> None:
    """Delete a run, and its plan where no other run has it; its answers too where that is wanted. Raises StoreError."""
    if with_answers:
        there = {attempt.id for attempt in store.history()}
        for answer in run.answers:
            if answer in there:
                store.delete(answer)
    store.forget(run.id)
    if not any(other.plan == run.plan for other in store.things(MockRun)):
        store.forget(run.plan)


def answer_statuses(store: Store, queue: JobQueue, run: MockRun) -> tuple[AnswerStatus, ...]:
    """Return every question of a run with what became of its answer; raises StoreError."""
    # before the store is asked: what is done meanwhile is then seen as done
    states = {answer: queue.state(answer) for answer in run.answers}
    there = {attempt.id: attempt for attempt in store.history() if attempt.id in states} if states else {}
    return tuple(
        _status(store, place, step, there.get(step.attempt or ""), states.get(step.attempt or ""))
        for place, step in enumerate(run.steps, 1)
    )


def _status(store: Store, place: int, step: MockStep, attempt: KeptAttempt | None, job_state: JobState) -> AnswerStatus:
    is_done = attempt is not None and attempt.state is State.DONE
    report = store.report(attempt.id) if attempt is not None and is_done else None
    return AnswerStatus(place, step, attempt, job_state, report)


def _run_at(store: Store, run_id: str, place: int, otherwise: str) -> MockRun:
    run = store.thing(MockRun, run_id)
    if run.place != place:
        raise MovedOnError(otherwise)
    return run


def _ended_if_over(run: MockRun, now: datetime) -> MockRun:
    return run.ended(now) if run.place is None else run
