"""The queue in a real Postgres: what it holds, in which order it is done, and how it is stopped."""

from __future__ import annotations

import time

import pytest

from services.job_queue import Failed, Queued, Running
from services.workers.postgres_queue import (
    NOT_POSTGRES,
    POLL_SECONDS,
    PostgresQueue,
    Urgency,
    restore_lost,
    to_connection_address,
)
from services.workers.processes import find_person, list_recorded
from store.errors import StoreError
from tests.support.servers.centre import Centre

pytestmark = pytest.mark.postgres
PATIENCE = 30.0  # s


def test_a_job_holds_the_id_of_its_attempt_and_nothing_else(centre: Centre) -> None:
    centre.queue("issuer|ann").enqueue("a" * 32, 60.0)
    assert centre.query("SELECT args, lock, status FROM procrastinate_jobs") == [
        ({"attempt_id": "a" * 32}, "issuer|ann", "todo")
    ]


def test_an_attempt_that_is_queued_is_not_queued_again_by_anybody(centre: Centre) -> None:
    centre.queue("ann").enqueue("a" * 32, 60.0)
    centre.queue("ann").enqueue("a" * 32, 60.0)
    centre.queue("worker").enqueue("a" * 32, 60.0)
    assert centre.query("SELECT count(*) FROM procrastinate_jobs") == [(1,)]


def test_its_state_tells_how_many_go_first(centre: Centre) -> None:
    centre.queue("ann", Urgency.BATCH).enqueue("a" * 32, 1.0)
    centre.queue("ben").enqueue("b" * 32, 1.0)
    centre.queue("cat").enqueue("c" * 32, 1.0)
    queue = centre.queue()
    assert [queue.get_state(each * 32) for each in "bca"] == [Queued(0), Queued(1), Queued(2)]
    assert queue.get_state("d" * 32) is None


def test_what_somebody_waits_for_goes_before_batches_and_first_come_first_served(centre: Centre) -> None:
    ids = [centre.record() for _ in range(4)]
    for number, attempt_id in enumerate(ids):
        urgency = Urgency.BATCH if number < 2 else Urgency.LIVE
        centre.queue(f"person {number}", urgency).enqueue(attempt_id, 1.0)
    centre.worker().work_off()
    assert centre.done == [ids[2], ids[3], ids[0], ids[1]]


def test_what_is_done_leaves_nothing_in_the_queue(centre: Centre) -> None:
    queue, attempt_id = centre.queue(), centre.record()
    queue.enqueue(attempt_id, 1.0)
    assert queue.is_pending(attempt_id)
    assert not queue.is_idle
    centre.worker().work_off()
    assert queue.get_state(attempt_id) is None
    assert queue.wait(attempt_id, 0.0)
    assert queue.is_idle
    assert centre.query("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


def test_it_is_waited_no_longer_than_asked(centre: Centre, monkeypatch: pytest.MonkeyPatch) -> None:
    slept: list[float] = []
    now = iter(range(100))
    monkeypatch.setattr("time.monotonic", lambda: float(next(now)))
    monkeypatch.setattr("time.sleep", slept.append)
    queue = centre.queue()
    queue.enqueue("a" * 32, 1.0)
    assert not queue.wait("a" * 32, 3.0)
    assert slept == [POLL_SECONDS, POLL_SECONDS]


def test_what_is_cancelled_before_its_turn_is_never_begun(centre: Centre) -> None:
    queue, attempt_id, other = centre.queue(), centre.record(), centre.record()
    queue.enqueue(attempt_id, 1.0)
    queue.enqueue(other, 1.0)
    queue.cancel(attempt_id)
    assert queue.get_state(attempt_id) is None
    centre.worker().work_off()
    assert centre.done == [other]


def test_what_is_cancelled_while_it_runs_ends_where_it_tells_its_progress(centre: Centre) -> None:
    queue, attempt_id = centre.queue(), centre.record()
    queue.enqueue(attempt_id, 1.0)
    seen: list[object] = []

    def analyze(_id: str, report_progress: object) -> None:
        seen.append(queue.get_state(attempt_id))
        queue.cancel(attempt_id)
        seen.append(queue.get_state(attempt_id))
        until = time.monotonic() + PATIENCE  # the worker is told by the database, in another thread
        while time.monotonic() < until:
            report_progress(Running("", 0.0))  # type: ignore[operator]
        seen.append("went on")

    centre.worker(analyze).work_off()
    assert seen == [Running("Analysing", 0.0), None]
    assert queue.is_idle


def test_everything_of_one_person_can_be_stopped_and_nothing_of_others(centre: Centre) -> None:
    ids = [centre.record() for _ in range(3)]
    for person, attempt_id in zip(("ann", "ann", "ben"), ids, strict=True):
        centre.queue(person).enqueue(attempt_id, 1.0)
    centre.queue("ann").cancel_all()
    centre.worker().work_off()
    assert centre.done == [ids[2]]


def test_what_failed_for_good_says_so_and_can_be_queued_again(centre: Centre) -> None:
    queue, attempt_id = centre.queue(), centre.record()
    queue.enqueue(attempt_id, 1.0)
    centre.query("UPDATE procrastinate_jobs SET status = 'doing'")
    centre.query("UPDATE procrastinate_jobs SET status = 'failed'")
    assert isinstance(queue.get_state(attempt_id), Failed)
    queue.enqueue(attempt_id, 1.0)
    assert queue.get_state(attempt_id) == Queued(0)
    centre.worker().work_off()
    assert centre.done == [attempt_id]


def test_a_lost_queue_is_filled_again_from_the_attempts_that_are_not_analysed(centre: Centre) -> None:
    ids = [centre.record() for _ in range(3)]
    for attempt_id in ids:
        centre.queue().enqueue(attempt_id, 1.0)
    centre.store.mark_failed(ids[1], "The sound is empty.")
    centre.query("TRUNCATE procrastinate_jobs CASCADE")
    assert {*restore_lost(centre.address, list_recorded(centre.store), find_person)} == {ids[0], ids[2]}
    assert restore_lost(centre.address, list_recorded(centre.store), find_person) == ()
    centre.worker().work_off()
    assert sorted(centre.done) == sorted((ids[0], ids[2]))


def test_what_was_stopped_is_not_queued_again_by_itself(centre: Centre) -> None:
    attempt_id = centre.record()
    centre.queue().enqueue(attempt_id, 1.0)
    centre.queue().cancel(attempt_id)
    assert restore_lost(centre.address, list_recorded(centre.store), find_person) == ()


def test_a_database_that_does_not_answer_is_told_in_a_sentence(centre: Centre) -> None:
    centre.query("DROP TABLE procrastinate_jobs CASCADE")
    with pytest.raises(StoreError, match=r"can't reach the queue .* is safe"):
        centre.queue().enqueue("a" * 32, 1.0)


def test_a_file_is_no_place_for_a_queue_of_many() -> None:
    with pytest.raises(StoreError, match="needs a Postgres database"):
        PostgresQueue("sqlite:///answers.sqlite3", "ann")
    assert "ANSWER_ALOUD_DATABASE" in NOT_POSTGRES


def test_an_address_is_written_as_postgres_itself_knows_it() -> None:
    address = "postgresql+psycopg://me:se%40cret@/answers?host=%2Ftmp%2Fpg"
    assert to_connection_address(address) == "postgresql://me:se%40cret@/answers?host=%2Ftmp%2Fpg"
