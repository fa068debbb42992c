"""Processes that write into one store concurrently: everything is there afterwards, exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from store.attempt import AttemptState
from store.store import open_store
from tests.torture.answers import QUESTION, SCRIPT, make_recording, measure
from tests.torture.kills import find_database_faults
from tests.torture.processes import CONTEXT, do_nothing


@dataclass(frozen=True)
class Outcome:
    """State of the store after all processes have written."""

    attempts: int
    seconds: float
    faults: tuple[str, ...]


def torture(
    folder: Path, url: str | None, writers: int, times: int, prepare: Callable[[], None] = do_nothing
) -> Outcome:
    """Let several processes write attempts concurrently into an empty store.

    Args:
        folder: Where the store is; empty at first.
        url: SQLAlchemy address of an empty database; None: a SQLite file.
        writers: Number of processes.
        times: Attempts that each writes.
        prepare: Run first in each process.
    """
    begun = time.perf_counter()
    processes = [
        CONTEXT.Process(target=_write, args=(folder, url, writer, times, prepare)) for writer in range(writers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - begun
    faults = [f"a process ended with exit code {each.exitcode}" for each in processes if each.exitcode]
    attempts, found = _check_store(
        folder, url, {f"{writer}.{turn}" for writer in range(writers) for turn in range(times)}
    )
    return Outcome(attempts, seconds, (*faults, *found, *find_database_faults(folder)))


def _write(folder: Path, url: str | None, writer: int, times: int, prepare: Callable[[], None]) -> None:
    prepare()
    store = open_store(url, folder)
    report = None
    for turn in range(times):
        attempt_id = store.add_recording(make_recording(f"{writer}.{turn}"), QUESTION).id
        report = report or measure(store, attempt_id)
        store.finish(attempt_id, SCRIPT, report)
    store.close()


def _check_store(folder: Path, url: str | None, wanted: set[str]) -> tuple[int, list[str]]:
    store = open_store(url, folder)
    history = store.load_history()
    faults = [f"{name} is lost" for name in wanted - {kept.name for kept in history}]
    faults += [f"{kept.name} is not done" for kept in history if kept.state is not AttemptState.DONE]
    for kept in history:
        store.load_report(kept.id)
        store.load_recording(kept.id)
    if sorted(kept.take for kept in history) != list(range(1, len(wanted) + 1)):
        faults.append("takes are not counted one by one")
    store.close()
    return len(history), faults
