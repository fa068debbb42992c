"""How a server for many is: what can be reached, and how much waits. Counts only, nothing of anybody's answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from services.workers.postgres_queue import QUEUE, open_app, translate_queue_errors
from services.workers.worker import STALLED_SECONDS
from speech.errors import AnswerAloudError
from store.store import Store

JOBS = """
    SELECT count(*) FILTER (WHERE status = 'todo') AS waiting, count(*) FILTER (WHERE status = 'doing') AS running,
        count(*) FILTER (WHERE status = 'failed') AS failed,
        coalesce(extract(epoch FROM now() - (
            SELECT min(at) FROM procrastinate_events
            JOIN procrastinate_jobs AS oldest ON oldest.id = job_id AND oldest.status = 'todo' AND type = 'deferred'
        )), 0)::float AS oldest_seconds
    FROM procrastinate_jobs WHERE queue_name = %(queue)s
"""
WORKERS = """
    SELECT count(*) AS workers FROM procrastinate_workers
    WHERE last_heartbeat > now() - make_interval(secs => %(seconds)s)
"""


@dataclass(frozen=True)
class QueueCounts:
    """How much is in the queue of all people together."""

    waiting: int
    running: int
    failed: int  # for good
    oldest_seconds: float  # s that the one which waits longest has waited; 0 where none waits
    workers: int  # whose heart beats


@dataclass(frozen=True)
class ServerStatus:
    """What can be reached; `queue` is None where it cannot be reached."""

    has_database: bool
    has_sound: bool
    queue: QueueCounts | None

    @property
    def is_well(self) -> bool:
        """Whether an answer that is recorded now is kept, and analysed some time."""
        return self.has_database and self.has_sound and self.queue is not None and self.queue.workers > 0


def read_status(store: Store, address: str) -> ServerStatus:
    """Look whether everything can be reached, and count what waits.

    Args:
        store: The store of the server.
        address: SQLAlchemy address of its Postgres database.
    """
    return ServerStatus(_works(store.reach_database), _works(store.reach_recordings), _count(address))


def _count(address: str) -> QueueCounts | None:
    try:
        with translate_queue_errors():
            connector = open_app(address).connector.get_sync_connector()
            jobs = connector.execute_query_one(JOBS, queue=QUEUE)
            workers = connector.execute_query_one(WORKERS, seconds=STALLED_SECONDS)
    except AnswerAloudError:
        return None
    return QueueCounts(**jobs, **workers)


def _works(reach: Callable[[], None]) -> bool:
    try:
        reach()
    except AnswerAloudError:
        return False
    return True
