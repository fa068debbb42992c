"""The worker measures one attempt after another and says where each stands."""

from __future__ import annotations

import threading

import pytest

from services.job_queue import SAFE, Failed, Waiting, Worker, Working
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
        tell(Working("Listening", 0.5))
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
def worker(gate) -> Worker:
    return Worker(gate)


def test_attempts_are_measured_in_turn_and_each_knows_how_many_come_before_it(worker, gate):
    for attempt_id in ("a", "b", "c"):
        worker.submit(attempt_id)
    gate.begun()
    assert [worker.state(each) for each in "abc"] == [Working("Listening", 0.5), Waiting(1), Waiting(2)]
    gate.let()
    gate.begun()
    assert [worker.state(each) for each in "abc"] == [None, Working("Listening", 0.5), Waiting(1)]
    gate.let()
    gate.begun()
    assert gate.done == ["a", "b"]
    gate.let()


def test_what_is_in_hand_is_not_taken_twice(worker, gate):
    for attempt_id in ("a", "a", "b", "b"):
        worker.submit(attempt_id)
    gate.begun()
    assert worker.has_in_hand("a")
    assert worker.has_in_hand("b")
    assert worker.state("b") == Waiting(1)
    gate.let()
    gate.begun()
    assert not worker.has_in_hand("a")
    gate.let()


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (WeightsError("No weights here."), "No weights here."),
        (ZeroDivisionError(), f"{explain()} {SAFE}"),
    ],
)
def test_a_failure_is_a_sentence_until_it_is_tried_again_and_the_next_one_is_measured(worker, gate, error, told):
    gate.failing["a"] = error
    worker.submit("a")
    worker.submit("b")
    gate.let()
    gate.begun()
    gate.begun()  # "b" has begun, so "a" has ended
    assert worker.state("a") == Failed(told)
    assert not worker.has_in_hand("a")
    worker.submit("a")
    assert worker.state("a") == Waiting(1)
    gate.let()
    gate.let()
