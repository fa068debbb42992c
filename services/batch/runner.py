"""Measure many recordings with several processes, going on where an earlier run of the same batch ended."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from analysis.report import FORMULA_VERSION
from analysis.serialization import to_json
from services.analyze import analyze_recording
from services.asked_questions import find_asked_question
from services.batch.ledger import Key, Ledger
from services.job_queue import Running
from speech import whisper
from speech.audio.recording import SOUND_FILE_SUFFIXES, from_file
from speech.errors import AnswerAloudError, WeightsError
from speech.unexpected import explain
from speech.verbatim import VerbatimTranscriber

MAX_TRIES = 2  # of a recording whose process ends before it has a report
DIED = "the program that analyses it ended unexpectedly, twice. There may be too little memory: try fewer jobs."
ORPHAN_SECONDS = 1.0  # between two looks whether the process that gives the work is still there


@dataclass(frozen=True)
class Work:
    """How every recording of a batch is measured."""

    folder: Path
    question: str | None = None  # id of the question that all of them answer
    model: str = whisper.DEFAULT_MODEL
    language: str | None = None  # None to detect it

    def __str__(self) -> str:
        return f"{self.model} {self.language} {self.question} {FORMULA_VERSION}"

    def key(self, file: Path) -> Key:
        """Return what tells a recording in the folder from others."""
        about = file.stat()
        return Key(file.relative_to(self.folder).as_posix(), about.st_size, about.st_mtime_ns, str(self))


@dataclass(frozen=True)
class Measured:
    """What became of one recording."""

    file: Path
    failure: str | None  # why it has no report, as a sentence


def find_sound_files(folder: Path) -> list[Path]:
    """Return the sound files below a folder, sorted by path; raises OSError."""
    found = (Path(where, name) for where, _, names in os.walk(folder, onerror=_raise) for name in names)
    return sorted(path for path in found if path.suffix.lower() in SOUND_FILE_SUFFIXES and path.name[:1] != ".")


def measure_all(work: Work, files: Sequence[Path], ledger: Ledger, jobs: int) -> Generator[Measured, None, None]:
    """Measure the recordings that the ledger does not have, and yield what became of each as it is done.

    Closed or interrupted early, it waits for the recordings that are being measured, and keeps their reports.

    Args:
        work: How.
        files: The recordings.
        ledger: Takes the reports.
        jobs: Processes at once, each with a core and a model of its own.

    Raises:
        WeightsError: The model cannot be loaded.
        StoreError: A report cannot be written.
    """
    waiting = deque(file for file in files if work.key(file) not in ledger)
    tries: dict[Path, int] = {}
    while waiting:
        with ProcessPoolExecutor(min(jobs, len(waiting)), get_context("spawn"), _prepare, (os.getpid(),)) as pool:
            running: dict[Future[dict[str, Any] | str], Path] = {}
            try:
                while waiting or running:
                    while waiting and len(running) < jobs:
                        running[pool.submit(_measure, work, waiting[0])] = waiting[0]
                        waiting.popleft()
                    for done in wait(running, return_when=FIRST_COMPLETED).done:
                        outcome = _take(work, ledger, running[done], done.result())
                        del running[done]
                        yield outcome
            except BrokenProcessPool:  # a process was killed; which recording it had is not told
                for file in running.values():
                    tries[file] = tries.get(file, 0) + 1
                for file in running.values():
                    if tries[file] < MAX_TRIES:
                        waiting.appendleft(file)
                    else:
                        yield Measured(file, f"{file.name}: {DIED}")
            except (GeneratorExit, KeyboardInterrupt):
                for done in wait(running).done:
                    if done.exception() is None:
                        _take(work, ledger, running[done], done.result())
                raise


def _take(work: Work, ledger: Ledger, file: Path, found: dict[str, Any] | str) -> Measured:
    if isinstance(found, str):
        return Measured(file, found)
    ledger.add(work.key(file), found)
    return Measured(file, None)


def _measure(work: Work, file: Path) -> dict[str, Any] | str:
    """Return the report of a recording, or why there is none; runs in a process of its own."""
    question = None if work.question is None else find_asked_question(work.question)
    try:
        load = _loader(work.model, work.language)
        return to_json(analyze_recording(from_file(file), load, question, _ignore).report)
    except WeightsError:
        raise  # the next recording would meet the same
    except AnswerAloudError as error:
        return str(error)
    except Exception as error:  # one bad file never costs a batch
        return f"{file.name}: {explain(error)}"


@cache
def _loader(model: str, language: str | None) -> Callable[[], VerbatimTranscriber]:
    return cache(lambda: whisper.load(model, language=language, cores=1))


def _prepare(parent: int) -> None:
    """Leave Ctrl+C to the process that gives the work, and end where that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), name="orphan", daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(ORPHAN_SECONDS)
    os._exit(1)


def _ignore(_running: Running) -> None:
    pass


def _raise(error: OSError) -> None:
    raise error
