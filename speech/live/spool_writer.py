"""Bring sound from a thread that may not wait, such as a sound card's, into a spool."""

from __future__ import annotations

import threading
from collections import deque

from speech.audio.recording import Samples
from speech.audio.signal import to_int16
from speech.live.spool import Spool

RETRY_SECONDS = 0.5  # after the disk refused a block


class SpoolWriter:
    """Appends samples to a spool on a thread of its own; what the disk refuses waits and is tried again.

    Args:
        spool: Where the sound goes; the writer does not close it.
    """

    def __init__(self, spool: Spool) -> None:
        self.failure: OSError | None = None  # why the last try did not succeed
        self._spool = spool
        self._waiting: deque[bytes] = deque()
        self._ending = threading.Event()
        self._came = threading.Event()
        self._thread = threading.Thread(target=self._work, name="writing", daemon=True)
        self._thread.start()

    def add(self, samples: Samples) -> None:
        """Take in mono samples at the spool's rate; returns at once."""
        self._waiting.append(to_int16(samples).tobytes())
        self._came.set()

    def flush(self) -> None:
        """End the thread, and append all that still waits; raises OSError, after which it can be called again."""
        self._ending.set()
        self._came.set()
        self._thread.join()
        self._write_all()

    def _work(self) -> None:
        while not self._ending.is_set():
            self._came.wait()
            self._came.clear()
            try:
                self._write_all()
            except OSError:
                self._ending.wait(RETRY_SECONDS)
                self._came.set()

    def _write_all(self) -> None:
        try:
            while self._waiting:
                self._spool.append(self._spool.have, self._waiting[0])
                self._waiting.popleft()
        except OSError as error:
            self.failure = error
            raise
        self.failure = None
