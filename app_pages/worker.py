"""One worker in the background: takes are measured in turn, outside the page script; the page asks how far it is."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass

from app_pages.takes import Take
from speech.errors import AnswerAloudError, LanguageError, RecordingError

LOG = logging.getLogger(__name__)
UNEXPECTED = (
    "Something went wrong inside the app, not in your answer. The recording is safe on this machine: try again. The "
    "details are in the window the app was started from."
)


@dataclass(frozen=True)
class Working:
    """How far a take is: what is done now, and the share of all that is done, 0..1."""

    doing: str
    share: float


@dataclass(frozen=True)
class Failed:
    """Why a take could not be measured, as a sentence for the user."""

    sentence: str
    is_final: bool = False  # the sound itself is the trouble, so trying again cannot help


Job = Callable[[Take, Callable[[Working], None]], None]


class Worker:
    """A daemon thread that does one job for each submitted take, in turn."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._waiting: queue.SimpleQueue[Take] = queue.SimpleQueue()
        self._states: dict[Take, Working | Failed] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._serve, name="measuring", daemon=True).start()

    def submit(self, take: Take) -> None:
        """Ask for a take to be measured; asking again while it waits or runs changes nothing."""
        with self._lock:
            if isinstance(self._states.get(take), Working):
                return
            self._states[take] = Working("Waiting for another answer to be finished", 0.0)
        self._waiting.put(take)

    def state(self, take: Take) -> Working | Failed | None:
        """How a take stands: waiting or running, failed, or None when there is nothing (more) to do."""
        with self._lock:
            return self._states.get(take)

    def _serve(self) -> None:
        while True:
            self._do(self._waiting.get())

    def _do(self, take: Take) -> None:
        try:
            self._job(take, lambda working: self._note(take, working))
        except (RecordingError, LanguageError) as error:
            self._note(take, Failed(str(error), is_final=True))
        except AnswerAloudError as error:
            self._note(take, Failed(str(error)))
        except Exception:  # the one worker outlives any fault; the user gets a sentence, the terminal the traceback
            LOG.exception("measuring %s failed", take.address)
            self._note(take, Failed(UNEXPECTED))
        else:
            self._note(take, None)

    def _note(self, take: Take, state: Working | Failed | None) -> None:
        with self._lock:
            if state is None:
                self._states.pop(take, None)
            else:
                self._states[take] = state
