"""SIGKILL at random moments between recording and report: no answer is lost, no database is corrupted."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from speech.errors import AnswerAloudError
from store.attempt import AttemptState
from store.db.database_files import open_file
from store.encryption.vault import find_database_key
from store.locations import DATABASE_FILE
from store.store import Store, open_store
from tests.torture.answers import QUESTION, SCRIPT, is_sound_of, make_recording, measure
from tests.torture.processes import CONTEXT, do_nothing

ANSWERS = 3  # that a process records unless it is killed before


@dataclass
class Tally:
    """Counts over all killed processes, and the faults found."""

    kills: int = 0
    moments: Counter[str] = field(default_factory=Counter)  # what a process was doing when it was killed
    recorded: set[str] = field(default_factory=set)  # ids the store has promised to keep
    done: set[str] = field(default_factory=set)  # ids whose report the store has promised to keep
    offered_again: int = 0  # found interrupted after a kill
    adopted: int = 0  # on disk although the store was killed before it could promise anything
    faults: list[str] = field(default_factory=list)


def torture(folder: Path, times: int, seed: int, prepare: Callable[[], None] = do_nothing) -> Tally:
    """Kill a process `times` times and check all data after each.

    Args:
        folder: Where the store is; empty at first.
        times: How many processes are killed.
        seed: Seed of the random moments.
        prepare: Run first in each process; a module-level function, since it is pickled by name.
    """
    chance, tally = random.Random(seed), Tally()
    span = _undisturbed_seconds(folder / "undisturbed", prepare)
    for turn in range(times):
        _run_process(folder / "data", f"{turn}", tally, chance.uniform(0, 1.1 * span), prepare)
        _check(folder / "data", tally)
    _run_process(folder / "data", "last", tally, None, prepare)
    _check_the_end(folder / "data", tally)
    return tally


def _undisturbed_seconds(folder: Path, prepare: Callable[[], None]) -> float:
    _run_process(folder, "making the tables takes longer", Tally(), None, prepare)
    begun = time.perf_counter()
    _run_process(folder, "undisturbed", Tally(), None, prepare)
    return time.perf_counter() - begun


def _run_process(folder: Path, name: str, tally: Tally, seconds: float | None, prepare: Callable[[], None]) -> None:
    """Run a worker process, kill it after some time or let it finish, and note what it confirmed.

    Args:
        folder: Where the store is.
        name: Name of the process and its answers.
        tally: Is updated.
        seconds: Time until the kill, in s; None: let it finish.
        prepare: Run first in the process.
    """
    reading, writing = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=_work, args=(folder, name, writing, prepare))
    process.start()
    writing.close()
    process.join(seconds)
    process.kill()
    process.join()
    told = list(_receive_all(reading))
    tally.recorded |= {rest[0] for event, *rest in told if event == "recorded"}
    tally.done |= {rest[0] for event, *rest in told if event == "done"}
    if process.exitcode == 0:
        tally.moments["all done"] += 1
    elif process.exitcode == -9:
        tally.kills += 1
        tally.moments[told[-1][0] if told else "starting"] += 1
    else:
        tally.faults.append(f"process {name} ended with exit code {process.exitcode}")


def _receive_all(pipe: Connection) -> Iterator[tuple[str, ...]]:
    with pipe, suppress(EOFError):
        while True:
            yield pipe.recv()


def _work(folder: Path, name: str, pipe: Connection, prepare: Callable[[], None]) -> None:
    prepare()

    def tell(*event: str) -> None:
        pipe.send(event)

    tell("opening")
    store = open_store(folder=folder)
    for kept in store.list_interrupted():
        _finish(store, kept.id, tell)
    for number in range(ANSWERS):
        tell("recording")
        attempt_id = store.add_recording(make_recording(f"{name}.{number}"), QUESTION, keep=number % 2 == 0).id
        tell("recorded", attempt_id)
        _finish(store, attempt_id, tell)
    store.close()


def _finish(store: Store, attempt_id: str, tell: Callable[..., None]) -> None:
    tell("measuring")
    report = measure(store, attempt_id)
    tell("finishing")
    store.finish(attempt_id, SCRIPT, report)
    tell("done", attempt_id)


def _check(folder: Path, tally: Tally) -> None:
    """Check what a killed process left behind, as the next start does."""
    tally.faults += find_database_faults(folder)
    store = open_store(folder=folder)
    interrupted = {kept.id for kept in store.list_interrupted()}
    tally.offered_again += len(interrupted)
    tally.adopted += len(interrupted - tally.recorded)
    tally.recorded |= interrupted
    states = {kept.id: kept.state for kept in store.load_history()}
    tally.faults += [f"answer {lost} is lost" for lost in tally.recorded - states.keys()]
    tally.faults += [f"report of {lost} is lost" for lost in tally.done if states.get(lost) is not AttemptState.DONE]
    tally.faults += [f"sound of {lost} is not whole" for lost in interrupted if not _has_its_sound(store, lost)]
    store.close()


def _check_the_end(folder: Path, tally: Tally) -> None:
    """Check all data after a last process that was not killed."""
    _check(folder, tally)
    store = open_store(folder=folder)
    history = store.load_history()
    for kept in history:
        if kept.state is not AttemptState.DONE or store.load_report(kept.id).digest != kept.digest:
            tally.faults.append(f"answer {kept.id} has no report of its own")
        if kept.has_recording and not _has_its_sound(store, kept.id):
            tally.faults.append(f"sound of {kept.id} is not whole")
    if sorted(kept.take for kept in history) != list(range(1, len(history) + 1)):
        tally.faults.append("takes are not counted one by one")
    files = {path.stem for path in (folder / "recordings").glob("*.flac")}
    if files != {kept.id for kept in history if kept.has_recording}:
        tally.faults.append("recordings and attempts do not agree")
    store.close()


def _has_its_sound(store: Store, attempt_id: str) -> bool:
    try:
        return is_sound_of(store.load_recording(attempt_id))
    except AnswerAloudError:
        return False


def find_database_faults(folder: Path) -> list[str]:
    """Return the faults that SQLite finds in the database file; empty if there is none yet."""
    if not (folder / DATABASE_FILE).exists():
        return []
    with open_file(folder / DATABASE_FILE, find_database_key(folder)) as connection:
        found = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
        return [*found, *(f"a row of {row[0]} leads nowhere" for row in connection.execute("PRAGMA foreign_key_check"))]
