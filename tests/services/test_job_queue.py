"""The queue analyses one attempt after another and says how far each is."""

from __future__ import annotations

import threading

import pytest

from services.job_queue import RECORDING_SAFE_TEXT, Failed, JobQueue, Queued, Running
from speech.errors import WeightsError
from speech.unexpected import explain

PATIENCE = 10.0  # s


class Gate:
    """A job that begins, tells so, and goes on when it is let; it fails with what it is given."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.failing: dict[str, Exception] = {}
        self._begun = threading.Semaphore(0)
        self._let = threading.Semaphore(0)
        self._ended = threading.Semaphore(0)

    def __call__(self, attempt_id, tell):
        tell(Running("Listening", 0.5))
        self._begun.release()
        assert self._let.acquire(timeout=PATIENCE)
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
        queue.enqueue(attempt_id)
    gate.begun()
    assert [queue.get_state(each) for each in "abc"] == [Running("Listening", 0.5), Queued(1), Queued(2)]
    gate.let()
    gate.begun()
    assert [queue.get_state(each) for each in "abc"] == [None, Running("Listening", 0.5), Queued(1)]
    gate.let()
    gate.begun()
    assert gate.done == ["a", "b"]
    gate.let()


def test_a_pending_attempt_is_not_queued_twice(queue, gate):
    for attempt_id in ("a", "a", "b", "b"):
        queue.enqueue(attempt_id)
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
    queue.enqueue("a")
    queue.enqueue("b")
    gate.let()
    gate.begun()
    gate.begun()  # "b" has begun, so "a" has ended
    assert queue.get_state("a") == Failed(told)
    assert not queue.is_pending("a")
    queue.enqueue("a")
    assert queue.get_state("a") == Queued(1)
    gate.let()
    gate.let()
