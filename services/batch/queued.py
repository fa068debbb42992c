"""Measure many recordings by the workers of a server: from a folder or a storage, behind everybody who waits at a page.

Each recording is stored as an answer before it is queued, and its sound goes when its report is made. Stopped at any
moment, the same command goes on: what is done stands beside the table, and what was stored before is found again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from analysis.question import AskedQuestion
from analysis.serialization import to_json
from services.asked_questions import UNKNOWN_QUESTION, find_asked_question
from services.batch.ledger import Key, Ledger
from services.batch.runner import Measured, Work, find_sound_files
from services.job_queue import AnalysisQueue, Failed
from services.submission import submit_upload
from services.user_store import Location
from services.workers.postgres_queue import PostgresQueue, Urgency
from services.workers.schema import require_tables
from speech.audio.recording import SOUND_FILE_SUFFIXES
from speech.errors import AnswerAloudError, RecordingError
from store.attempt import AttemptState
from store.errors import StoreError
from store.locations import get_data_folder, get_named_database
from store.object_storage import open_storage, translate_storage_errors
from store.store import Store

LOOKED_AT = 50  # answers that are asked after at a time, the first ones queued
POLL_SECONDS = 1.0
NO_DATABASE = "A batch with --queue needs the Postgres database of the workers. Name it in ANSWER_ALOUD_DATABASE."


@dataclass(frozen=True)
class BatchSource:
    """A recording somewhere: what tells it from others, and how its bytes are read."""

    key: Key
    read: Callable[[], bytes]


@dataclass(frozen=True)
class Lanes:
    """A store, and the queues into which the recordings of a batch are dealt: one is done at a time in each."""

    store: Store
    queues: Sequence[AnalysisQueue]

    @classmethod
    def open(cls, name: str, count: int) -> Lanes:
        """Open the store and queue that the environment names; raises StoreError.

        Args:
            name: Of the batch.
            count: How many of its recordings may be analysed at once.
        """
        address = get_named_database()
        if address is None:
            raise StoreError(NO_DATABASE)
        require_tables(address)
        queues = [PostgresQueue(address, f"batch {name} {lane}", Urgency.BATCH) for lane in range(count)]
        return cls(Location(address, get_data_folder()).open(), queues)


def find_sources(place: str, question: str | None) -> list[BatchSource]:
    """Return the recordings in a folder or below the address of a storage, sorted by path.

    Args:
        place: A folder, or an address such as s3://bucket/folder.
        question: Id of the question that all of them answer; None where that is not known.

    Raises:
        OSError: The folder cannot be read.
        StoreError: The storage cannot be reached.
    """
    if "://" in place:
        return list(_find_remote(place, str(Work(Path(), question))))
    work = Work(Path(place), question)
    return [BatchSource(work.key(file), file.read_bytes) for file in find_sound_files(work.folder)]


def _find_remote(address: str, settings: str) -> Iterator[BatchSource]:
    files, root = open_storage(address)
    with translate_storage_errors(address, "read"):
        found: dict[str, dict[str, Any]] = files.find(root, detail=True)
    for path, about in sorted(found.items()):
        name = PurePosixPath(path)
        if name.suffix.lower() in SOUND_FILE_SUFFIXES and not name.name.startswith("."):
            changed = about.get("LastModified") or about.get("created")
            changed_ns = 0 if changed is None else round(changed.timestamp() * 1e9)
            key = Key(path.removeprefix(f"{root}/"), int(about["size"]), changed_ns, settings)
            yield BatchSource(key, partial(_read_remote, files, path, address))


def _read_remote(files: Any, path: str, address: str) -> bytes:
    with translate_storage_errors(address, "read"):
        data: bytes = files.cat_file(path)
    return data


def measure_queued(
    lanes: Lanes,
    sources: Sequence[BatchSource],
    ledger: Ledger,
    question: str | None,
    pause: Callable[[float], None] = time.sleep,
) -> Generator[Measured, None, None]:
    """Store and queue recordings, and yield what became of each as it is done; their reports are in the ledger then.

    Args:
        lanes: Where they are stored, and who analyses them.
        sources: The recordings; those that are in the ledger are left out.
        ledger: Takes the reports.
        question: Id of the question that all of them answer; None where that is not known.
        pause: Waits so many seconds.

    Raises:
        StoreError: The database or the storage cannot be reached.
    """
    asked = UNKNOWN_QUESTION if question is None else find_asked_question(question)
    waiting: list[tuple[BatchSource, str, AnalysisQueue]] = []
    for number, source in enumerate(each for each in sources if each.key not in ledger):
        queue = lanes.queues[number % len(lanes.queues)]
        try:
            waiting.append((source, _submit(lanes.store, queue, source, asked), queue))
        except RecordingError as error:
            yield Measured(Path(source.key.file), str(error))
    while waiting:
        left = []
        for source, attempt_id, queue in waiting[:LOOKED_AT]:
            outcome = _look(lanes.store, queue, source, attempt_id, ledger)
            if outcome is None:
                left.append((source, attempt_id, queue))
            else:
                yield outcome
        waiting[:LOOKED_AT] = left
        if waiting:
            pause(POLL_SECONDS)


def _submit(store: Store, queue: AnalysisQueue, source: BatchSource, question: AskedQuestion) -> str:
    name = PurePosixPath(source.key.file).name
    try:
        data = source.read()
    except OSError as error:
        raise RecordingError(f"{name}: it can't be read ({error.strerror}).") from error
    return submit_upload(store, queue, data, name, question, keep=False).attempt.id


def _look(store: Store, queue: AnalysisQueue, source: BatchSource, attempt_id: str, ledger: Ledger) -> Measured | None:
    """Return what became of an attempt, with its report in the ledger; None while it waits."""
    file, name = Path(source.key.file), PurePosixPath(source.key.file).name
    try:
        attempt = store.load_attempt(attempt_id)
    except AnswerAloudError as error:
        return Measured(file, f"{name}: {error}")
    if attempt.state is AttemptState.DONE:
        ledger.add(source.key, to_json(store.load_report(attempt_id)))
        return Measured(file, None)
    if attempt.state is AttemptState.FAILED:
        return Measured(file, attempt.failure)
    state = queue.get_state(attempt_id)
    if isinstance(state, Failed):
        return Measured(file, f"{name}: {state.sentence}")
    if state is None:  # the queue was lost, or the report came just now
        queue.enqueue(attempt_id, attempt.duration)
    return None
