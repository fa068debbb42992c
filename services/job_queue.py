"""One background worker that analyses attempts in turn; pages ask it for progress."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from speech.errors import AnswerAloudError
from speech.unexpected import explain

LOG = logging.getLogger(__name__)
RECORDING_SAFE_TEXT = (
    "Your recording is safe on this computer, so try again. You'll find the details in the window you started the app "
    "from."
)


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


class JobQueue:
    """A daemon thread that runs one job for each queued attempt, in turn; attempts go by their ids."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._queue: list[str] = []  # the first is being analysed
        self._running = BEGINNING
        self._failed: dict[str, Failed] = {}
        self._changed = threading.Condition()
        threading.Thread(target=self._serve, name="measuring", daemon=True).start()

    def enqueue(self, attempt_id: str) -> None:
        """Queue an attempt for analysis; no effect if it is already queued."""
        with self._changed:
            self._failed.pop(attempt_id, None)
            if attempt_id not in self._queue:
                self._queue.append(attempt_id)
                self._changed.notify()

    def get_state(self, attempt_id: str) -> JobState:
        """Return whether an attempt is queued, running or failed; None if there is nothing left to do."""
        with self._changed:
            if attempt_id not in self._queue:
                return self._failed.get(attempt_id)
            before = self._queue.index(attempt_id)
            return Queued(before) if before else self._running

    def is_pending(self, attempt_id: str) -> bool:
        """Whether an attempt is queued or running."""
        return isinstance(self.get_state(attempt_id), Pending)

    def _serve(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._queue)
                attempt_id, self._running = self._queue[0], BEGINNING
            failed = self._run(attempt_id)
            with self._changed:
                self._queue.pop(0)
                if failed is not None:
                    self._failed[attempt_id] = failed

    def _run(self, attempt_id: str) -> Failed | None:
        try:
            self._job(attempt_id, self._report_progress)
        except AnswerAloudError as error:
            return Failed(str(error))
        except Exception:  # the one worker outlives any fault; the terminal gets the traceback
            LOG.exception("measuring %s failed", attempt_id)
            return Failed(f"{explain()} {RECORDING_SAFE_TEXT}")
        return None

    def _report_progress(self, running: Running) -> None:
        with self._changed:
            self._running = running
