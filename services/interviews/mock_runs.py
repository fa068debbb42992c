"""Run a mock interview: start it, answer or skip its questions, end it, and report on its answers.

A run is read again before each change, because it may have moved on in another window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from analysis.report import Report
from content.questions import Question
from interview.ids import make_id
from interview.interview import Interview
from interview.mock.plan import MockPlan
from interview.mock.questions import make_run
from interview.mock.run import MockRun, MockStep
from interview.questions.interviewer_follow_ups import may_be_asked_on
from services.asked_questions import make_follow_up_question, make_mock_question, parse_follow_up_id
from services.follow_up_answers import choose_from_reports
from services.interviews.mock_plans import choose_questions
from services.job_queue import AnalysisQueue, Failed, JobState, Pending
from services.question_bank import QuestionBank, load_question_bank
from services.undo import pack
from store.attempt import AttemptState, StoredAttempt
from store.errors import StoreError
from store.store import Store

MOVED_ON_TEXT = "You answered, skipped or ended this question in another window."
MOVED_ON_RECORDING_SAFE_TEXT = f"{MOVED_ON_TEXT} Your recording is safe: you'll find it as a take on the Practise page."


class AskingOn(StrEnum):
    """What became of the follow-ups to an answer."""

    WAITING = "waiting"  # the words of the answer are on their way
    ASKED = "asked"  # there is one (more) now
    DONE = "done"  # there is none, or no more
    TOO_LATE = "too_late"  # the words did not come in time, so there is none


class MovedOnError(StoreError):
    """The run is no longer at this question."""


@dataclass(frozen=True)
class AnswerStatus:
    """One question of a run and the status of its answer."""

    place: int  # of the question among those of the plan, from 1; of a follow-up, that of its question
    step: MockStep
    attempt: StoredAttempt | None  # None: no answer was given, or it was deleted since
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
        return self.attempt.failure if self.attempt.state is AttemptState.FAILED else None


def make_question_wording(bank: QuestionBank, interview: Interview | None) -> Callable[[Question], str]:
    """Return a function that words a question with the company and role of the interview.

    Other placeholders get the user's values. Without an interview (None), all of them do.
    """
    theirs = {"company": interview.company, "role": interview.role} if interview else {}
    return lambda question: bank.format_text_with(question, theirs)


def begin_run(store: Store, plan: MockPlan, now: datetime) -> MockRun:
    """Store and return a new run of the questions of a plan; raises StoreError."""
    bank = load_question_bank(store)
    interview = next((each for each in store.load_documents(Interview) if each.id == plan.interview), None)
    questions = choose_questions(store, plan, bank, now)
    run = make_run(plan, questions, make_id(), now, make_question_wording(bank, interview))
    store.save(run)
    return run


def answer_question(store: Store, run_id: str, place: int, attempt_id: str, now: datetime) -> None:
    """Make an attempt the answer to a question, and end the run after the last question.

    Args:
        store: where the run is stored.
        run_id: the run.
        place: index of the question, from 0.
        attempt_id: the answer, which is stored already.
        now: with a zone.

    Raises:
        MovedOnError: the run is no longer at this question.
        StoreError: the run cannot be read or stored.
    """
    run = _load_run_at(store, run_id, place, MOVED_ON_RECORDING_SAFE_TEXT)
    store.save(_end_if_over(run.answer_step(place, attempt_id), now), expected=run)


def ask_on(store: Store, queue: AnalysisQueue, run: MockRun, *, may_wait: bool = True) -> AskingOn:
    """Add a follow-up to the answer given last, if it calls for one and its words are there.

    Args:
        store: where the run is stored.
        queue: that analyses the answers.
        run: as it is shown.
        may_wait: whether to wait for the words of the answer; if not, there is no follow-up without them.

    Raises:
        StoreError: the run cannot be read or stored, or it moved on in another window.
    """
    place = run.place
    if not place or run.steps[place].follows is not None or run.steps[run.get_main_place(place - 1)].asked_on:
        return AskingOn.DONE
    main = run.get_main_place(place - 1)
    parts = run.steps[main:place]
    if parts[-1].attempt is None or not may_be_asked_on(make_mock_question(parts[0])):
        return _end_asking_on(store, run, main, AskingOn.DONE)
    answers = [part.attempt for part in parts if part.attempt is not None]
    pending = {answer for answer in answers if queue.is_pending(answer)}  # first: what is done meanwhile is then done
    given = [store.load_attempt(answer) for answer in answers]
    missing = {each.id for each in given if each.state is not AttemptState.DONE}
    if missing:
        is_coming = missing <= pending
        return AskingOn.WAITING if may_wait and is_coming else _end_asking_on(store, run, main, AskingOn.TOO_LATE)
    asked = [rule for part in parts[1:] if (rule := (parse_follow_up_id(part.question) or ("", ""))[1])]
    reports = [store.load_report(each.id) for each in given]
    found = choose_from_reports(reports, make_mock_question(parts[0]), asked)
    if found is None:
        return _end_asking_on(store, run, main, AskingOn.DONE)
    question = make_follow_up_question(given[0].id, found)
    step = MockStep(question.id, question.text, question.kind.value, follows=given[0].id)
    store.save(run.ask_on(place, step), expected=run)
    return AskingOn.ASKED


def _end_asking_on(store: Store, run: MockRun, main: int, outcome: AskingOn) -> AskingOn:
    store.save(run.end_asking_on(main), expected=run)
    return outcome


def skip_question(store: Store, run_id: str, place: int, now: datetime) -> None:
    """Skip a question; arguments and errors as for `answer_question`."""
    run = _load_run_at(store, run_id, place, MOVED_ON_TEXT)
    store.save(_end_if_over(run.skip_step(place), now), expected=run)


def end_run(store: Store, run_id: str, now: datetime) -> None:
    """End a run early; raises StoreError."""
    run = store.load_document(MockRun, run_id)
    store.save(run.end(now), expected=run)


def delete_run(store: Store, run: MockRun, *, with_answers: bool = False) -> bytes | None:
    """Delete a run, and its plan if no other run uses it.

    Args:
        store: where they are stored.
        run: the run.
        with_answers: whether its answers are deleted too.

    Returns:
        What was deleted, as `services.undo.pack` returns it.

    Raises:
        StoreError: it cannot be deleted.
    """
    there = {attempt.id for attempt in store.load_history()} if with_answers else set()
    answers = [answer for answer in run.answers if answer in there]
    packed = pack(store, [run.id, run.plan, *answers])
    for answer in answers:
        store.delete_attempt(answer)
    store.delete_document(run.id)
    if not any(other.plan == run.plan for other in store.load_documents(MockRun)):
        store.delete_document(run.plan)
    return packed


def load_answer_statuses(store: Store, queue: AnalysisQueue, run: MockRun) -> tuple[AnswerStatus, ...]:
    """Return the status of each question of a run; raises StoreError."""
    # before the store is asked: what is done meanwhile is then seen as done
    states = {answer: queue.get_state(answer) for answer in run.answers}
    there = {attempt.id: attempt for attempt in store.load_history() if attempt.id in states} if states else {}
    return tuple(
        _load_status(
            store, run.count_main_steps(at), step, there.get(step.attempt or ""), states.get(step.attempt or "")
        )
        for at, step in enumerate(run.steps)
    )


def _load_status(
    store: Store, place: int, step: MockStep, attempt: StoredAttempt | None, job_state: JobState
) -> AnswerStatus:
    is_done = attempt is not None and attempt.state is AttemptState.DONE
    report = store.load_report(attempt.id) if attempt is not None and is_done else None
    return AnswerStatus(place, step, attempt, job_state, report)


def _load_run_at(store: Store, run_id: str, place: int, otherwise: str) -> MockRun:
    run = store.load_document(MockRun, run_id)
    if run.place != place:
        raise MovedOnError(otherwise)
    return run


def _end_if_over(run: MockRun, now: datetime) -> MockRun:
    return run.end(now) if run.place is None else run
