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

    def take(self, attempt_id: str) -> LiveSession | None:
        """Return the session of an attempt, once; None where there is none."""
        with self._lock:
            return self._sessions.pop(attempt_id, None)
