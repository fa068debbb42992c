"""The queue of many users: jobs in Postgres, kept by procrastinate and done by `answer-aloud worker` on any machine.

A job holds the id of an attempt and nothing else, but whose it is where that is not the single user. A person's jobs
are done one after the other, so that nobody waits for the batch of somebody else; what a person waits for goes before
any batch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from enum import IntEnum
from functools import cache
from typing import Any

import psycopg
from procrastinate import App, SyncPsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.jobs import Job, Status

from services.job_queue import Failed, JobState, Pending, Queued, Running
from store.accounts import Waiting
from store.db.owner import LOCAL_ID
from store.errors import StoreError
from store.locations import parse_database_url

QUEUE = "answers"
TASK = "analyze"
UNFINISHED = (Status.DOING.value, Status.TODO.value)
POLL_SECONDS = 0.5  # between two looks at an attempt that is waited for
MAX_CONNECTIONS = 4  # of one process that fills the queue
IN_HAND = Running("Analysing", 0.0)  # how far a worker is, it tells nobody
FAILED_TEXT = (
    "We couldn't analyse this answer, though we tried several times. Your recording is safe, so try again later."
)
UNREACHABLE = (
    "We can't reach the queue of answers in the database ({error}). What you recorded is safe and is analysed when it "
    "can be reached again."
)
NOT_POSTGRES = (
    "A queue for many users needs a Postgres database. Name one in ANSWER_ALOUD_DATABASE, like "
    "postgresql+psycopg://user:password@host/name."
)
AHEAD = """
    SELECT count(*) AS ahead FROM procrastinate_jobs AS mine
    JOIN procrastinate_jobs AS other ON other.queue_name = mine.queue_name AND (other.status = 'doing' OR (
        other.status = 'todo' AND (other.priority, -other.id) > (mine.priority, -mine.id)))
    WHERE mine.id = %(id)s
"""
KNOWN = "SELECT DISTINCT queueing_lock AS id FROM procrastinate_jobs WHERE queueing_lock = ANY(%(ids)s)"


class Urgency(IntEnum):
    """Which jobs go first: the greater number; each failed try of a job takes one off."""

    BATCH = 0
    LIVE = 1000  # somebody looks at the page


class PostgresQueue:
    """The queue as one person fills it. Methods raise StoreError where the database cannot be reached.

    Args:
        address: SQLAlchemy address of the Postgres database.
        person: Whose answers they are; jobs of one person are done one after the other.
        urgency: Which jobs go first.
        owner_id: Id of the owner of the attempts.
    """

    def __init__(self, address: str, person: str, urgency: Urgency = Urgency.LIVE, *, owner_id: str = LOCAL_ID) -> None:
        self._app = open_app(address)
        self._person, self._urgency, self._owner_id = person, urgency, owner_id

    def enqueue(self, attempt_id: str, seconds: float) -> None:
        """Queue an attempt; no effect if it is queued or being analysed.

        Args:
            attempt_id: The attempt.
            seconds: How long its recording is; it changes nothing here, where a long one keeps only its own person
                waiting.
        """
        if not self.is_pending(attempt_id):
            _defer(self._app, self._owner_id, attempt_id, self._person, self._urgency)

    def cancel(self, attempt_id: str) -> None:
        """Stop the analysis of an attempt, or take it out of the queue; no effect where there is none.

        One that has begun ends where it tells its worker how far it is, and nothing of it is kept.
        """
        with translate_queue_errors():
            for job in self._list(attempt_id):
                self._cancel(job)

    def cancel_all(self) -> None:
        """Stop every analysis of this person."""
        with translate_queue_errors():
            for job in self._list_unfinished():
                self._cancel(job)

    def get_state(self, attempt_id: str) -> JobState:
        """Return whether an attempt is queued, running or failed; None if there is nothing left to do."""
        with translate_queue_errors():
            jobs = self._list(attempt_id)
            if not jobs or jobs[-1].abort_requested:
                return None
            newest = jobs[-1]
            if newest.status == Status.TODO.value:
                return Queued(self._query(AHEAD, id=newest.id)["ahead"])
        if newest.status == Status.DOING.value:
            return IN_HAND
        return Failed(FAILED_TEXT) if newest.status == Status.FAILED.value else None

    def is_pending(self, attempt_id: str) -> bool:
        """Whether an attempt is queued or running."""
        return isinstance(self.get_state(attempt_id), Pending)

    def wait(self, attempt_id: str, seconds: float) -> bool:
        """Wait until an attempt is neither queued nor running, so many seconds at most; return whether it is so."""
        until = time.monotonic() + seconds
        while is_pending := self.is_pending(attempt_id):
            left = until - time.monotonic()
            if left <= 0:
                break
            time.sleep(min(POLL_SECONDS, left))
        return not is_pending

    @property
    def is_idle(self) -> bool:
        """Whether nothing of this person is queued or running."""
        with translate_queue_errors():
            return not self._list_unfinished()

    def _list(self, attempt_id: str) -> list[Job]:
        return list(self._app.job_manager.list_jobs(queueing_lock=_name_job(self._owner_id, attempt_id)))

    def _list_unfinished(self) -> list[Job]:
        manager = self._app.job_manager
        return [job for status in UNFINISHED for job in manager.list_jobs(status=status, lock=self._person)]

    def _cancel(self, job: Job) -> None:
        if job.id is not None and job.status in UNFINISHED:
            self._app.job_manager.cancel_job_by_id(job.id, abort=True)

    def _query(self, query: Any, **values: Any) -> dict[str, Any]:
        return dict(self._app.connector.get_sync_connector().execute_query_one(query, **values))


def restore_lost(address: str, attempts: Collection[Waiting], find_person: Callable[[Waiting], str]) -> tuple[str, ...]:
    """Queue attempts that no job was ever made for, such as after the queue was lost; return their ids.

    What was stopped, or failed for good, has a job that says so, and is left alone.

    Args:
        address: SQLAlchemy address of the Postgres database.
        attempts: Attempts that are recorded and not analysed.
        find_person: Returns whose attempt it is.

    Raises:
        StoreError: The database cannot be reached.
    """
    app, named = open_app(address), {_name_job(each.owner, each.attempt_id): each for each in attempts}
    with translate_queue_errors():
        rows = app.connector.get_sync_connector().execute_query_all(KNOWN, ids=list(named))
    known = {row["id"] for row in rows}
    lost = [each for name, each in named.items() if name not in known]
    for each in lost:
        _defer(app, each.owner, each.attempt_id, find_person(each), Urgency.BATCH)
    return tuple(each.attempt_id for each in lost)


def _name_job(owner_id: str, attempt_id: str) -> str:
    """Return what only one job is waiting for at a time; the ids of attempts are unique for each owner only."""
    return attempt_id if owner_id == LOCAL_ID else f"{owner_id}.{attempt_id}"


def _defer(app: App, owner_id: str, attempt_id: str, person: str, urgency: Urgency) -> None:
    name = _name_job(owner_id, attempt_id)
    task = app.configure_task(TASK, queue=QUEUE, lock=person, queueing_lock=name, priority=int(urgency))
    whose = {} if owner_id == LOCAL_ID else {"owner_id": owner_id}
    with translate_queue_errors():
        try:
            task.defer(attempt_id=attempt_id, **whose)
        except AlreadyEnqueued:  # by another process, just now
            return


def to_connection_address(address: str) -> str:
    """Return an SQLAlchemy address as Postgres itself writes it; raises StoreError where it is of no Postgres."""
    url = parse_database_url(address)
    if url.get_backend_name() != "postgresql":
        raise StoreError(NOT_POSTGRES)
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


@cache
def open_app(address: str) -> App:
    """Return the connection of this process to the queue in a database; raises StoreError where it is of no Postgres.

    Args:
        address: SQLAlchemy address.
    """
    conninfo = to_connection_address(address)
    app = App(connector=SyncPsycopgConnector(conninfo=conninfo, min_size=0, max_size=MAX_CONNECTIONS))
    app.open()
    return app


@contextmanager
def translate_queue_errors() -> Iterator[None]:
    """Turn errors of the queue's database into a StoreError."""
    try:
        yield
    except AlreadyEnqueued:
        raise
    except (ConnectorException, psycopg.Error) as error:
        reason = str(error.__cause__ or error).strip().split("\n")[0]
        raise StoreError(UNREACHABLE.format(error=reason)) from error
