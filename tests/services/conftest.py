"""A real store in a folder of its own, and a queue whose jobs a test waits for."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.analysis_job import analyze_attempt
from services.job_queue import JobQueue, ReportProgress
from speech.transcript import Transcriber
from store.settings import Settings
from store.store import Store, open_store
from tests.support.answers import ScriptedTranscriber, make_answer

PATIENCE = 30.0  # s
SAID = make_answer("I led {um} the (0.8) project, you know, it worked. (0.5) Like that.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(folder=tmp_path / "data")
    yield opened
    opened.close()


class Desktop:
    """Analyses as the app does, with a scripted transcriber; `wait` until so many jobs are over."""

    def __init__(self, store: Store) -> None:
        self.transcriber: Transcriber = ScriptedTranscriber(SAID)
        self.loaded: list[tuple[str, str | None]] = []
        self.settings = Settings()
        self.queue = JobQueue(self._job)
        self._store = store
        self._over = threading.Semaphore(0)

    def wait(self, jobs: int = 1) -> None:
        for _ in range(jobs):
            assert self._over.acquire(timeout=PATIENCE)

    def _load(self, model: str, language: str | None) -> Transcriber:
        self.loaded.append((model, language))
        return self.transcriber

    def _job(self, attempt_id: str, report_progress: ReportProgress) -> None:
        try:
            analyze_attempt(self._store, attempt_id, self.settings, self._load, report_progress)
        finally:
            self._over.release()


@pytest.fixture
def desktop(store: Store) -> Desktop:
    return Desktop(store)
