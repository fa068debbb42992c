"""Workers on a real Postgres: tries, takeovers, one job of a person at a time, and a clean end."""

from __future__ import annotations

import threading

import pytest

from services.job_queue import ReportProgress
from services.workers.worker import MAX_TRIES
from store.errors import StoreError
from tests.support.servers.centre import Centre

pytestmark = pytest.mark.postgres
PATIENCE = 30.0  # s


def hold_as_dead_worker(centre: Centre, tries: int = 0) -> int:
    """Have the first job in the hands of a worker whose heartbeat stopped an hour ago; return the job's id."""
    centre.query("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour')")
    worker = centre.query("SELECT max(id) FROM procrastinate_workers")[0][0]
    centre.query("SELECT procrastinate_fetch_job_v2(NULL, %s)", worker)
    job: int = centre.query("UPDATE procrastinate_jobs SET attempts = %s WHERE status = 'doing' RETURNING id", tries)[
        0
    ][0]
    return job


def make_due(centre: Centre) -> None:
    """Let the time pass that is waited before the next try."""
    centre.query("UPDATE procrastinate_jobs SET scheduled_at = now()")


def test_what_fails_is_tried_again_later_behind_what_else_its_person_waits_for(centre: Centre) -> None:
    first, second = centre.record(), centre.record()
    centre.queue().enqueue(first, 1.0)
    centre.queue().enqueue(second, 1.0)
    failures = [StoreError("The storage is away.")]

    def analyze(attempt_id: str, _report_progress: ReportProgress) -> None:
        if attempt_id == first and failures:
            raise failures.pop()

    centre.worker(analyze).work_off()
    assert centre.done == [first, second]
    assert centre.queue().is_pending(first)
    make_due(centre)
    centre.worker(analyze).work_off()
    assert centre.done == [first, second, first]
    assert centre.queue().is_idle


def test_it_is_tried_a_number_of_times_and_no_more(centre: Centre) -> None:
    attempt_id = centre.record()
    centre.queue().enqueue(attempt_id, 1.0)
    centre.query("UPDATE procrastinate_jobs SET attempts = %s", MAX_TRIES)

    def analyze(_id: str, _report_progress: ReportProgress) -> None:
        raise StoreError("The storage is away.")

    centre.worker(analyze).work_off()
    assert centre.query("SELECT status FROM procrastinate_jobs") == [("failed",)]
    assert not centre.queue().is_pending(attempt_id)


def test_what_a_dead_worker_had_in_hand_is_done_by_another(centre: Centre) -> None:
    attempt_id = centre.record()
    centre.queue().enqueue(attempt_id, 1.0)
    hold_as_dead_worker(centre)
    assert centre.queue().is_pending(attempt_id)
    centre.worker().work_off()
    assert centre.done == [attempt_id]
    assert centre.queue().is_idle


def test_a_dead_worker_does_not_hold_up_the_other_answers_of_its_person(centre: Centre) -> None:
    ids = [centre.record(), centre.record()]
    for attempt_id in ids:
        centre.queue().enqueue(attempt_id, 1.0)
    hold_as_dead_worker(centre)
    centre.worker().work_off()
    assert centre.done == ids


def test_an_answer_that_kills_its_workers_again_and_again_is_given_up(centre: Centre) -> None:
    attempt_id = centre.record()
    centre.queue().enqueue(attempt_id, 1.0)
    hold_as_dead_worker(centre, tries=MAX_TRIES)
    centre.worker().work_off()
    assert centre.done == []
    assert centre.query("SELECT status FROM procrastinate_jobs") == [("failed",)]


def test_what_was_queued_twice_while_its_worker_died_is_done_once(centre: Centre) -> None:
    attempt_id = centre.record()
    centre.queue().enqueue(attempt_id, 1.0)
    hold_as_dead_worker(centre)
    centre.query(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, lock, queueing_lock, args)"
        " SELECT queue_name, task_name, lock, queueing_lock, args FROM procrastinate_jobs"
    )
    centre.worker().work_off()
    assert centre.done == [attempt_id]
    assert centre.query("SELECT count(*) FROM procrastinate_jobs") == [(0,)]


def test_two_workers_never_do_two_answers_of_one_person_at_once_and_do_those_of_two(centre: Centre) -> None:
    persons = {centre.record(): person for person in ("ann", "ann", "ben")}
    for attempt_id, person in persons.items():
        centre.queue(person).enqueue(attempt_id, 1.0)
    both = threading.Barrier(2, timeout=PATIENCE)
    at_once: list[set[str]] = []
    running: set[str] = set()
    met = threading.Event()

    def analyze(attempt_id: str, _report_progress: ReportProgress) -> None:
        running.add(persons[attempt_id] if persons[attempt_id] not in running else f"{persons[attempt_id]} twice")
        if not met.is_set():
            both.wait()  # both workers have one in hand
            at_once.append(set(running))
            met.set()
            both.wait()
        running.discard(persons[attempt_id])
        at_once.append(set(running))

    workers = [threading.Thread(target=centre.worker(analyze).work_off) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(PATIENCE)
    centre.worker().work_off()
    assert at_once[0] == {"ann", "ben"}
    assert sorted(centre.done) == sorted(persons)
    assert not any("twice" in each for found in at_once for each in found)


def test_attempts_without_a_job_are_queued_by_the_first_worker_that_starts(centre: Centre) -> None:
    attempt_id = centre.record()  # recorded long ago, and never queued
    centre.worker().work_off()
    assert centre.done == [attempt_id]
