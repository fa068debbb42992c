"""A store and a queue in a real Postgres, and workers that note what they do instead of listening to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from services.job_queue import ReportProgress
from services.workers import postgres_queue
from services.workers.postgres_queue import PostgresQueue, Urgency, to_connection_address
from services.workers.processes import find_person, list_recorded
from services.workers.schema import update_tables
from services.workers.worker import Worker
from store.attempt import AttemptState
from store.db.owner import LOCAL_ID
from store.store import Store, open_store
from tests.support.stored_attempts import add_recorded


@dataclass
class Centre:
    """A server for many: its database, and what its workers did."""

    address: str
    store: Store
    done: list[str] = field(default_factory=list)  # ids of attempts, in the order they were begun
    lock: threading.Lock = field(default_factory=threading.Lock)

    def queue(self, person: str = "ann", urgency: Urgency = Urgency.LIVE) -> PostgresQueue:
        return PostgresQueue(self.address, person, urgency)

    def record(self) -> str:
        return add_recorded(self.store)

    def worker(self, analyze: Callable[[str, ReportProgress], None] | None = None) -> Worker:
        def note(owner_id: str, attempt_id: str, report_progress: ReportProgress) -> None:
            with self.lock:
                self.done.append(attempt_id)
            if analyze is not None:
                analyze(attempt_id, report_progress)
            own = self.store if owner_id == LOCAL_ID else self.store.for_person(owner_id)
            if own.load_attempt(attempt_id).state is AttemptState.RECORDED:
                own.mark_failed(attempt_id, "Nobody listened to it.")  # it waits no longer

        return Worker(self.address, note, lambda: list_recorded(self.store), find_person)

    def query(self, text: str, *values: Any) -> list[Any]:
        """Return the rows of a query, or none of a change."""
        with psycopg.connect(to_connection_address(self.address), autocommit=True) as connection:
            found = connection.execute(text, values)  # type: ignore[arg-type]
            return found.fetchall() if found.description else []


@contextmanager
def open_centre(address: str, folder: Path) -> Iterator[Centre]:
    """Open a store in an empty Postgres with the tables of a queue, and close everything again."""
    store = open_store(address, folder)
    update_tables(address)
    yield Centre(address, store)
    postgres_queue.open_app(address).close()
    postgres_queue.open_app.cache_clear()
    store.close()
