"""Recognise recordings of the recorder while they are spoken, from their spools."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from services.live.results import LiveResults
from services.live.session import LiveSession
from services.live.take import LiveTake
from speech.audio.recording import Recording
from speech.live.spool import SoundCipher, Spool, read_sound

LOG = logging.getLogger(__name__)

StartSession = Callable[[float], LiveSession]  # of the samples a second


@dataclass
class _Listening:
    """A take that is listened to: its session, and how many bytes of its spool that has been fed."""

    session: LiveSession
    fed_bytes: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def feed(self, read_from: Callable[[int], bytes]) -> None:
        """Feed what came since, given what reads the sound from a byte on."""
        with self.lock:
            block = read_from(self.fed_bytes)
            self.session.feed(block)
            self.fed_bytes += len(block)


class LiveRecognition:
    """Listens to each take that goes on, and hands its session over when the take becomes an attempt.

    Nothing of it is needed for the answer to be kept: whatever fails here, its recording is recognised instead.

    Args:
        start_session: Starts to recognise one answer.
        results: Where sessions wait for the report of their attempt.
    """

    def __init__(self, start_session: StartSession, results: LiveResults) -> None:
        self._start_session = start_session
        self._results = results
        self._lock = threading.Lock()
        self._takes: dict[str, _Listening] = {}

    def listen(self, take: LiveTake, spool: Spool) -> None:
        """Listen to a take, from its first byte; one that is continued is listened to from where it was left."""
        with self._lock:
            listening = self._takes.get(take.id)
            if listening is None:
                try:
                    listening = _Listening(self._start_session(take.rate))
                except Exception:
                    LOG.exception("a recording cannot be listened to; it will be recognised when it is whole")
                    return
                self._takes[take.id] = listening
        spool.add_listener(lambda growing: self._feed(listening, growing.read_from))

    def end(self, take_id: str, sound: Path, cipher: SoundCipher | None = None) -> None:
        """Feed the rest of a take that is whole, so that its last words are recognised while it is submitted.

        Args:
            take_id: The take.
            sound: The file of its spool.
            cipher: What it is encrypted with; None for a plain one.
        """
        with self._lock:
            listening = self._takes.get(take_id)
        if listening is not None:
            self._feed(listening, partial(read_sound, sound, cipher=cipher))
            listening.session.end()

    def recording(self, take_id: str, sound: Path, cipher: SoundCipher | None = None) -> Recording | None:
        """Feed the rest of a take that is whole and return its sound; None where nobody listens to it.

        Args:
            take_id: The take.
            sound: The file of its spool.
            cipher: What it is encrypted with.

        Raises:
            RecordingError: There is too little sound.
        """
        with self._lock:
            listening = self._takes.get(take_id)
        if listening is None:
            return None
        self._feed(listening, partial(read_sound, sound, cipher=cipher))
        return listening.session.stop()

    def hand_over(self, take_id: str, sound: Path, attempt_id: str, cipher: SoundCipher | None = None) -> None:
        """Feed the rest of a take that is whole, and keep its session for the report of an attempt.

        Args:
            take_id: The take.
            sound: The file of its spool.
            attempt_id: The attempt that it became.
            cipher: As for `end`.
        """
        with self._lock:
            listening = self._takes.pop(take_id, None)
        if listening is not None:
            self._feed(listening, partial(read_sound, sound, cipher=cipher))
            self._results.keep(attempt_id, listening.session)

    def forget(self, take_id: str) -> None:
        """Recognise a take no more."""
        with self._lock:
            listening = self._takes.pop(take_id, None)
        if listening is not None:
            listening.session.cancel()

    def _feed(self, listening: _Listening, read_from: Callable[[int], bytes]) -> None:
        try:
            listening.feed(read_from)
        except Exception:
            LOG.exception("a recording could not be listened to; it will be recognised when it is whole")
            listening.session.cancel()
