"""The queue analyses one attempt after another, short ones first, says how far each is, and stops where it is told."""

from __future__ import annotations

import threading

import pytest

from services.job_queue import DIED_TEXT, RECORDING_SAFE_TEXT, Failed, JobQueue, Queued, Running
from speech.errors import WeightsError
from speech.unexpected import explain

PATIENCE = 10.0  # s


class Gate:
    """A job that begins, tells so, goes on when it is let, and tells so again; it fails with what it is given."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failing: dict[str, BaseException] = {}
        self._begun = threading.Semaphore(0)
        self._let = threading.Semaphore(0)
        self._ended = threading.Semaphore(0)

    def __call__(self, attempt_id, tell):
        tell(Running("Listening", 0.5))
        self._begun.release()
        assert self._let.acquire(timeout=PATIENCE)
        tell(Running("Listening", 0.9))
        self.done.append(attempt_id)
        if attempt_id in self.failing:
            raise self.failing[attempt_id]

    def begun(self) -> None:
        assert self._begun.acquire(timeout=PATIENCE)

    def let(self) -> None:
        self._let.release()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def queue(gate) -> JobQueue:
    return JobQueue(gate)


def test_attempts_are_analysed_in_turn_and_each_knows_how_many_are_ahead(queue, gate):
    for attempt_id in ("a", "b", "c"):
        queue.enqueue(attempt_id, 60)
    gate.begun()
    assert [queue.get_state(each) for each in "abc"] == [Running("Listening", 0.5), Queued(1), Queued(2)]
    gate.let()
    gate.begun()
    assert [queue.get_state(each) for each in "abc"] == [None, Running("Listening", 0.5), Queued(1)]
    gate.let()
    gate.begun()
    assert gate.done == ["a", "b"]
    gate.let()


def test_the_end_of_an_analysis_can_be_waited_for(queue, gate):
    queue.enqueue("a", 60)
    queue.enqueue("b", 60)
    gate.begun()
    assert not queue.wait("a", 0.0)
    gate.let()
    assert queue.wait("a", PATIENCE)
    assert not queue.wait("b", 0.0)
    queue.cancel("b")
    assert queue.wait("b", PATIENCE)
    gate.let()


def test_a_pending_attempt_is_not_queued_twice(queue, gate):
    for attempt_id in ("a", "a", "b", "b"):
        queue.enqueue(attempt_id, 60)
    gate.begun()
    assert queue.is_pending("a")
    assert queue.is_pending("b")
    assert queue.get_state("b") == Queued(1)
    gate.let()
    gate.begun()
    assert not queue.is_pending("a")
    gate.let()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WeightsError("No weights here."), "No weights here."),
        (ZeroDivisionError(), f"{explain()} {RECORDING_SAFE_TEXT}"),
    ],
)
def test_a_failure_is_a_sentence_until_retried_and_the_next_attempt_is_analysed(queue, gate, error, told):
    gate.failing["a"] = error
    queue.enqueue("a", 60)
    queue.enqueue("b", 60)
    gate.let()
    gate.begun()
    gate.begun()  # "b" has begun, so "a" has ended
    assert queue.get_state("a") == Failed(told)
    assert not queue.is_pending("a")
    queue.enqueue("a", 60)
    assert queue.get_state("a") == Queued(1)
    gate.let()
    gate.let()


def test_short_answers_are_analysed_before_long_ones_that_wait(gate):
    queue = JobQueue(gate, clock=lambda: 0.0)
    queue.enqueue("first", 10)
    gate.begun()
    for attempt_id, seconds in (("long", 1800), ("medium", 120), ("short", 30)):
        queue.enqueue(attempt_id, seconds)
    assert [queue.get_state(each) for each in ("short", "medium", "long")] == [Queued(1), Queued(2), Queued(3)]
    for _ in range(3):
        gate.let()
        gate.begun()
    assert gate.done == ["first", "short", "medium"]
    gate.let()


def test_a_long_answer_is_not_kept_waiting_for_ever_by_short_ones(gate):
    now = [0.0]
    queue = JobQueue(gate, clock=lambda: now[0])
    queue.enqueue("first", 10)
    gate.begun()
    queue.enqueue("long", 600)
    now[0] = 599.0
    queue.enqueue("just later", 2)
    assert queue.get_state("long") == Queued(1)
    queue.enqueue("just before", 0.5)
    assert queue.get_state("long") == Queued(2)
    for _ in range(4):
        gate.let()


def test_a_short_answer_is_analysed_in_between_while_a_long_one_is(queue, gate):
    queue.enqueue("long", 1800)
    gate.begun()
    queue.enqueue("short", 60)
    assert queue.get_state("short") == Queued(1)
    gate.let()
    gate.begun()  # the short one: the long one told its progress
    assert queue.get_state("short") == Running("Listening", 0.5)
    assert queue.get_state("long") == Running("Listening", 0.9)
    gate.let()
    queue.enqueue("last", 1800)
    gate.begun()
    assert gate.done == ["short", "long"]
    gate.let()


def test_an_answer_hardly_shorter_waits_for_its_turn(queue, gate):
    queue.enqueue("long", 100)
    gate.begun()
    queue.enqueue("hardly shorter", 60)
    gate.let()
    gate.begun()
    assert gate.done == ["long"]
    gate.let()


def test_a_running_analysis_that_is_cancelled_ends_where_it_tells_its_progress_and_is_no_failure(queue, gate):
    queue.enqueue("a", 60)
    queue.enqueue("b", 60)
    gate.begun()
    queue.cancel("a")
    assert queue.get_state("a") is None
    assert queue.get_state("b") == Queued(1)
    gate.let()
    gate.begun()  # "b" has begun, so "a" has ended
    assert gate.done == []
    assert queue.get_state("a") is None
    gate.let()


def test_a_waiting_analysis_that_is_cancelled_is_never_begun(queue, gate):
    for attempt_id in "abc":
        queue.enqueue(attempt_id, 60)
    gate.begun()
    queue.cancel("b")
    assert queue.get_state("b") is None
    assert queue.get_state("c") == Queued(1)
    gate.let()
    gate.begun()
    gate.let()
    queue.enqueue("d", 60)
    gate.begun()
    assert gate.done == ["a", "c"]
    gate.let()


def test_a_cancelled_analysis_can_be_asked_for_again_before_it_has_ended(queue, gate):
    queue.enqueue("a", 60)
    gate.begun()
    queue.cancel("a")
    queue.enqueue("a", 60)
    assert queue.get_state("a") == Queued(1)
    gate.let()
    gate.begun()
    assert queue.get_state("a") == Running("Listening", 0.5)
    gate.let()
    queue.enqueue("b", 60)
    gate.begun()
    assert gate.done == ["a"]
    gate.let()


def test_all_analyses_can_be_cancelled_at_once(queue, gate):
    queue.enqueue("a", 60)
    gate.begun()
    queue.enqueue("b", 60)
    queue.cancel_all()
    assert [queue.get_state(each) for each in "ab"] == [None, None]
    gate.let()
    queue.enqueue("c", 60)
    gate.begun()
    assert gate.done == []
    gate.let()


def test_a_job_that_ends_the_thread_is_told_and_the_next_attempt_is_analysed_by_another(queue, gate):
    gate.failing["a"] = SystemExit()
    queue.enqueue("a", 60)
    queue.enqueue("b", 60)
    gate.begun()
    gate.let()
    gate.begun()
    assert queue.get_state("a") == Failed(DIED_TEXT)
    assert queue.get_state("b") == Running("Listening", 0.5)
    gate.let()
