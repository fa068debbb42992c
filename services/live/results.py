"""Live sessions whose answer is stored by now, until its report is made."""

from __future__ import annotations

import threading

from services.live.session import LiveSession

MOST = 8  # sessions that wait for their report; a report made without one takes longer, and is the same


class LiveResults:
    """Keeps sessions by the id of their attempt, and gives each away once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sessions: dict[str, LiveSession] = {}

    def keep(self, attempt_id: str, session: LiveSession) -> None:
        """Keep the session of an attempt; the oldest goes where there are too many."""
        with self._lock:
            self._sessions[attempt_id] = session
            left = [self._sessions.pop(next(iter(self._sessions))) for _ in range(len(self._sessions) - MOST)]
        for session in left:
            session.cancel()

    def forget(self, attempt_id: str | None = None) -> None:
        """Drop the session of an attempt; None: of every attempt."""
        with self._lock:
            ids = [*self._sessions] if attempt_id is None else [attempt_id]
            dropped = [self._sessions.pop(each) for each in ids if each in self._sessions]
        for session in dropped:
            session.cancel()

    def take(self, attempt_id: str) -> LiveSession | None:
        """Return the session of an attempt, once; None where there is none."""
        with self._lock:
            return self._sessions.pop(attempt_id, None)
