"""One worker in the background: attempts are measured in turn, outside the page script; the page asks how far it is."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from speech.errors import AnswerAloudError
from speech.unexpected import explain

LOG = logging.getLogger(__name__)
SAFE = "The recording is safe on this machine: try again. The details are in the window the app was started from."


@dataclass(frozen=True)
class Waiting:
    """An attempt stands in line."""

    before: int  # attempts that are measured first


@dataclass(frozen=True)
class Working:
    """How far an attempt is: what is done now, and the share of all that is done, 0..1."""

    doing: str
    share: float


@dataclass(frozen=True)
class Failed:
    """Why an attempt could not be measured this time, as a sentence for the user."""

    sentence: str


Tell = Callable[[Working], None]
Job = Callable[[str, Tell], None]  # of the id of an attempt
BEGINNING = Working("Beginning", 0.0)


class Worker:
    """A daemon thread that does one job for each submitted attempt, in turn; attempts are named by their ids."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._line: list[str] = []  # the first is being measured
        self._working = BEGINNING
        self._failed: dict[str, Failed] = {}
        self._changed = threading.Condition()
        threading.Thread(target=self._serve, name="measuring", daemon=True).start()

    def submit(self, attempt_id: str) -> None:
        """Ask for an attempt to be measured; asking again while it is in hand changes nothing."""
        with self._changed:
            self._failed.pop(attempt_id, None)
            if attempt_id not in self._line:
                self._line.append(attempt_id)
                self._changed.notify()

    def state(self, attempt_id: str) -> Waiting | Working | Failed | None:
        """How an attempt stands: in hand, failed, or None when there is nothing (more) to do."""
        with self._changed:
            if attempt_id not in self._line:
                return self._failed.get(attempt_id)
            before = self._line.index(attempt_id)
            return Waiting(before) if before else self._working

    def has_in_hand(self, attempt_id: str) -> bool:
        """Whether an attempt waits or is being measured."""
        return isinstance(self.state(attempt_id), Waiting | Working)

    def _serve(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._line)
                attempt_id, self._working = self._line[0], BEGINNING
            failed = self._do(attempt_id)
            with self._changed:
                self._line.pop(0)
                if failed is not None:
                    self._failed[attempt_id] = failed

    def _do(self, attempt_id: str) -> Failed | None:
        try:
            self._job(attempt_id, self._tell)
        except AnswerAloudError as error:
            return Failed(str(error))
        except Exception:  # the one worker outlives any fault; the terminal gets the traceback
            LOG.exception("measuring %s failed", attempt_id)
            return Failed(f"{explain()} {SAFE}")
        return None

    def _tell(self, working: Working) -> None:
        with self._changed:
            self._working = working
