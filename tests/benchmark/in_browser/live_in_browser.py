"""How long the report takes from Stop in the app itself: a real Chromium whose microphone speaks in real time.

Everything a user has is on the way: the door and its key, the recorder, its socket with ticket and byte offsets, the
spool, the page that submits, the queue, the store. The server's own CPU time and memory are read from /proc (Linux).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
from playwright.sync_api import Page, expect, sync_playwright

from speech.audio.recording import SAMPLE_RATE, Samples
from store.attempt import AttemptState
from store.store import Store, open_store
from tests.support.app_server import free_port, let_in, start_app
from tests.support.microphones.speaking_browser import MICROPHONE, STOP, start_recording, wait_for_seconds
from tools.system_packages import find_chromium

MODEL_VARIABLE = "ANSWER_ALOUD_MODEL"
LOADING_SECONDS = 20.0  # that the server has to load the recogniser after its first page
PATIENCE = 300.0  # s for a report
POLL_SECONDS = 0.01
AFTER = 30.0  # s of sound after the answer, so that the microphone is not silent at Stop
TICKS = os.sysconf("SC_CLK_TCK") if sys.platform == "linux" else 1


@dataclass(frozen=True)
class Stop:
    """What one answer took."""

    spoken: float  # CPU seconds of the server a second while it was spoken
    report: float  # s from the click on Stop until the report was in the store
    screen: float  # s from the click until it was on screen
    work: float  # CPU seconds of the server from Stop until then, which a busy machine leaves alone
    peak: float  # MiB of the server resident so far


class App:
    """The app as a user starts it, with one recogniser; each answer is given in a browser of its own."""

    def __init__(self, folder: Path, model: str) -> None:
        self._folder = folder
        self._port = free_port()
        self._server = start_app(folder / "data", self._port, **{MODEL_VARIABLE: model})
        self._store = open_store(folder=folder / "data")

    @property
    def _address(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def end(self) -> None:
        """Stop it."""
        self._store.close()
        self._server.terminate()
        self._server.wait()

    def load(self) -> None:
        """Open a page, as a user does before speaking, and give the server time to load the recogniser."""
        with self._tab(np.zeros(SAMPLE_RATE, np.float32)):
            time.sleep(LOADING_SECONDS)

    def answer(self, sound: Samples, seconds: float) -> Stop:
        """Speak so many seconds of the sound, click on Stop, and wait for the report.

        Args:
            sound: At 16 kHz, longer than that.
            seconds: When Stop is clicked.
        """
        with self._tab(sound) as page:
            start_recording(page)
            cpu, began = self._cpu_seconds(), time.perf_counter()
            wait_for_seconds(page, seconds)
            stopped, worked = time.perf_counter(), self._cpu_seconds()
            page.get_by_role("button", name=STOP).click(no_wait_after=True)
            _wait_for_report(self._store)
            stored = time.perf_counter()
            expect(page.get_by_role("heading", name="Your report")).to_be_visible()
            seen, done = time.perf_counter(), self._cpu_seconds()
        return Stop(
            (worked - cpu) / (stopped - began), stored - stopped, seen - stopped, done - worked, self._peak_memory()
        )

    @contextmanager
    def _tab(self, sound: Samples) -> Iterator[Page]:
        voice = self._folder / "voice.wav"
        soundfile.write(voice, sound, SAMPLE_RATE, subtype="PCM_16")
        with sync_playwright() as playwright:
            expect.set_options(timeout=1000 * PATIENCE)
            arguments = [*MICROPHONE, f"--use-file-for-fake-audio-capture={voice}%noloop"]
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
            page = browser.new_page()
            page.set_default_timeout(1000 * PATIENCE)
            let_in(page, self._address)
            page.goto(self._address)
            yield page
            browser.close()

    def _cpu_seconds(self) -> float:
        fields = Path(f"/proc/{self._server.pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS  # utime and stime

    def _peak_memory(self) -> float:
        lines = Path(f"/proc/{self._server.pid}/status").read_text("ascii").splitlines()
        (peak,) = (line.split()[1] for line in lines if line.startswith("VmHWM:"))
        return int(peak) / 1024


@contextmanager
def app(model: str) -> Iterator[App]:
    """Start the app on data of its own."""
    with tempfile.TemporaryDirectory() as folder:
        started = App(Path(folder), model)
        try:
            started.load()
            yield started
        finally:
            started.end()


def _wait_for_report(store: Store) -> None:
    """Wait until the latest answer has its report."""
    before = len(_done(store))
    deadline = time.perf_counter() + PATIENCE
    while len(_done(store)) == before:
        if time.perf_counter() > deadline:
            raise TimeoutError("no report came")
        time.sleep(POLL_SECONDS)


def _done(store: Store) -> Sequence[str]:
    return [attempt.id for attempt in store.load_history() if attempt.state is AttemptState.DONE]
