"""What waits to be analysed: what every queue can do, and the one of a single user, a worker thread in this process.

For many users there is `services.workers.postgres_queue`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from speech.errors import AnswerAloudError
from speech.unexpected import explain

LOG = logging.getLogger(__name__)
RECORDING_SAFE_TEXT = (
    "Your recording is safe, so try again. You'll find the details in the window you started the app from."
)

DIED_TEXT = f"The analysis of this answer ended unexpectedly. {RECORDING_SAFE_TEXT}"


class StoppedError(Exception):
    """The user stopped the analysis: raised where a job tells its progress, and not an error to anybody."""


@dataclass(frozen=True)
class Queued:
    """The attempt is queued."""

    ahead_count: int  # attempts that are analysed first


@dataclass(frozen=True)
class Running:
    """The attempt is being analysed: the current step, and the share of all work done, 0..1."""

    step: str
    share: float


@dataclass(frozen=True)
class Failed:
    """Why the last analysis of an attempt failed, as a sentence for the user."""

    sentence: str


Pending = Queued | Running
JobState = Pending | Failed | None  # None: there is nothing (more) to do
ReportProgress = Callable[[Running], None]
Job = Callable[[str, ReportProgress], None]  # of the id of an attempt
BEGINNING = Running("Starting", 0.0)


class AnalysisQueue(Protocol):
    """Attempts that wait to be analysed, by their ids alone: what becomes of one is kept with the attempt itself."""

    def enqueue(self, attempt_id: str, seconds: float) -> None:
        """Queue an attempt, whose recording lasts so many seconds; no effect if it is already queued."""

    def cancel(self, attempt_id: str) -> None:
        """Stop the analysis of an attempt, or take it out of the queue; no effect where there is none."""

    def cancel_all(self) -> None:
        """Stop every analysis of those who use this queue."""

    def get_state(self, attempt_id: str) -> JobState:
        """Return whether an attempt is queued, running or failed; None if there is nothing left to do."""

    def is_pending(self, attempt_id: str) -> bool:
        """Whether an attempt is queued or running."""

    def wait(self, attempt_id: str, seconds: float) -> bool:
        """Wait until an attempt is neither queued nor running, so many seconds at most; return whether it is so."""

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued or running."""


@dataclass(eq=False)
class _Entry:
    """One attempt in the queue."""

    attempt_id: str
    seconds: float  # of its recording
    turn: float  # the smallest goes first
    progress: Running = BEGINNING
    is_stopped: bool = False


class JobQueue:
    """A daemon thread that runs one job for each queued attempt; attempts go by their ids.

    An attempt's turn comes as many seconds after it was queued as its recording is long: short ones go before long
    ones, and a long one is not kept waiting for ever. A shorter one that comes while a longer is analysed is analysed
    in between, where that tells its progress.

    Args:
        job: What is done for an attempt.
        clock: Gives seconds.
    """

    def __init__(self, job: Job, clock: Callable[[], float] = time.monotonic) -> None:
        self._job = job
        self._clock = clock
        self._waiting: list[_Entry] = []
        self._running: list[_Entry] = []  # each was begun in between the one before
        self._failed: dict[str, Failed] = {}
        self._changed = threading.Condition()
        self._worker = self._start_worker()

    def enqueue(self, attempt_id: str, seconds: float) -> None:
        """Queue an attempt for analysis; no effect if it is already queued.

        Args:
            attempt_id: The attempt.
            seconds: How long its recording is.
        """
        with self._changed:
            self._failed.pop(attempt_id, None)
            if self._find(attempt_id) is None:
                self._waiting.append(_Entry(attempt_id, seconds, self._clock() + seconds))
                self._waiting.sort(key=lambda entry: entry.turn)
                self._changed.notify_all()

    def cancel(self, attempt_id: str) -> None:
        """Stop the analysis of an attempt, or take it out of the queue; no effect where there is none.

        One that has begun ends where it tells its progress next, and nothing of it is kept.
        """
        with self._changed:
            entry = self._find(attempt_id)
            if entry is not None:
                entry.is_stopped = True
                self._waiting = [each for each in self._waiting if each is not entry]
                self._changed.notify_all()

    def cancel_all(self) -> None:
        """Stop every analysis."""
        with self._changed:
            for entry in [*self._running, *self._waiting]:
                self.cancel(entry.attempt_id)

    def get_state(self, attempt_id: str) -> JobState:
        """Return whether an attempt is queued, running or failed; None if there is nothing left to do."""
        with self._changed:
            entry = self._find(attempt_id)
            if entry is None:
                return self._failed.get(attempt_id)
            if entry in self._running:
                return entry.progress
            return Queued(len(self._running) + self._waiting.index(entry))

    def is_pending(self, attempt_id: str) -> bool:
        """Whether an attempt is queued or running."""
        return isinstance(self.get_state(attempt_id), Pending)

    def wait(self, attempt_id: str, seconds: float) -> bool:
        """Wait until an attempt is neither queued nor running, so many seconds at most; return whether it is so."""
        with self._changed:
            return self._changed.wait_for(lambda: self._find(attempt_id) is None, seconds)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is queued or running, not even what was cancelled and has not ended yet."""
        with self._changed:
            return not self._running and not self._waiting

    def _find(self, attempt_id: str) -> _Entry | None:
        entries = (*self._running, *self._waiting)
        return next((each for each in entries if each.attempt_id == attempt_id and not each.is_stopped), None)

    def _start_worker(self) -> threading.Thread:
        worker = threading.Thread(target=self._serve, name="measuring", daemon=True)
        worker.start()
        return worker

    def _serve(self) -> None:
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._waiting)
                    entry = self._begin_next()
                self._run(entry)
        except BaseException:  # a job ended the thread itself: whoever waits for it is told, and the others go on
            LOG.critical("the thread that measures ended; another one goes on", exc_info=True)
            with self._changed:
                for entry in self._running:
                    self._end(entry, Failed(DIED_TEXT))
                self._worker = self._start_worker()

    def _begin_next(self) -> _Entry:
        entry = self._waiting.pop(0)
        self._running.append(entry)
        return entry

    def _run(self, entry: _Entry) -> None:
        failed = self._try(entry)
        with self._changed:
            self._end(entry, failed)

    def _end(self, entry: _Entry, failed: Failed | None) -> None:
        self._running = [each for each in self._running if each is not entry]
        if failed is not None and not entry.is_stopped:
            self._failed[entry.attempt_id] = failed
        self._changed.notify_all()

    def _try(self, entry: _Entry) -> Failed | None:
        try:
            self._job(entry.attempt_id, lambda running: self._report_progress(entry, running))
        except StoppedError:
            return None
        except AnswerAloudError as error:
            return Failed(str(error))
        except Exception:  # the one worker outlives any fault; the terminal gets the traceback
            LOG.exception("measuring %s failed", entry.attempt_id)
            return Failed(f"{explain()} {RECORDING_SAFE_TEXT}")
        return None

    def _report_progress(self, entry: _Entry, running: Running) -> None:
        """Note the progress of an attempt; raises StoppedError where it is not wanted any more."""
        while True:
            with self._changed:
                if entry.is_stopped:
                    raise StoppedError
                entry.progress = running
                if not self._has_shorter(entry):
                    return
                shorter = self._begin_next()
            self._run(shorter)

    def _has_shorter(self, entry: _Entry) -> bool:
        """Whether one waits that may go in between; only the worker itself begins one."""
        if threading.current_thread() is not self._worker or entry is not self._running[-1]:
            return False
        return bool(self._waiting) and self._waiting[0].seconds < entry.seconds / 2
