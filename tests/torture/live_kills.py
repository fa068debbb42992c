"""SIGKILL from the first word on: the browser or the server dies while somebody speaks, and what was said is there.

A real Chromium speaks noise that never repeats, so that each stretch of what was kept tells by itself where it belongs:
the lag between the two is the same everywhere unless something is missing, doubled or moved.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright
from scipy.signal import correlate, resample_poly

from services.live.live_takes import InterruptedTake, LiveTakes
from services.live.take import LiveTake
from store.store import open_store
from tests.support.app_server import KEY, MAX_WAIT_SECONDS, free_port, let_in, start_app
from tests.support.speaking_browser import (
    MICROPHONE,
    recorded_seconds,
    start_recording,
    stop_recording,
    wait_for_seconds,
)
from tools.system_packages import CHROMIUM, find_chromium

SPOKEN = 60.0  # s of noise; no answer here is longer
VOICE_RATE = 48_000  # Hz
MAX_MISSING = 0.5  # s at the end
EARLIEST, LATEST = 0.7, 8.0  # s of sound after which something is killed
MIN_LIKENESS = 0.3  # correlation; other places of the noise reach less than 0.1
WINDOW = 0.4  # s that are looked at together
MAX_LAG_CHANGE = (
    0.05  # s; a block that is missing or doubled moves what follows by 0.1, a busy machine's microphone by 0.01
)
CUT_OFF = "Your recording was cut off, but it's saved."
GOOD = "At most half a second missing at the end, nothing doubled, nothing moved, every one offered again."


@dataclass
class Tally:
    """What became of all recordings."""

    killed: dict[str, int] = field(default_factory=lambda: {"browser": 0, "server": 0})
    missing: list[float] = field(default_factory=list)  # s at the end, of each
    windows: int = 0  # stretches whose place was looked at
    moved: float = 0.0  # s, the most that one of them was from its place
    faults: list[str] = field(default_factory=list)


def torture(folder: Path, times: int, seed: int, keep: Path | None = None) -> Tally:
    """Kill the browser and the server in turn, `times` times in all, and look at what is left after each.

    Args:
        folder: Empty.
        times: How many recordings are disturbed.
        seed: Of the moments.
        keep: Where what was left of a faulty turn is put, beside the voice; None: nowhere.
    """
    tally = Tally()
    if not CHROMIUM.is_there():
        tally.faults.append(f"This machine lacks what it takes: {CHROMIUM.name}.")
        return tally
    noise = make_noise(seed)
    soundfile.write(folder / "voice.wav", noise, VOICE_RATE, subtype="PCM_16")
    chance = random.Random(seed)
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        world = _World(folder, noise, tally, keep)
        try:
            for turn in range(times):
                with world.browser(playwright) as (browser, process):
                    seconds = chance.uniform(EARLIEST, LATEST)
                    try:
                        (world.kill_browser if turn % 2 else world.kill_server)(browser, process, seconds)
                    except Exception as error:
                        tally.faults.append(f"turn {turn}: {type(error).__name__}: {str(error).splitlines()[0]}")
                print(".", end="", flush=True)
            print()
        finally:
            world.end()
    return tally


class _World:
    """The server, its data, and what is known of the voice."""

    def __init__(self, folder: Path, noise: NDArray[np.float32], tally: Tally, keep: Path | None) -> None:
        self._folder, self._noise, self._tally, self._keep = folder, noise, tally, keep
        self._data = folder / "data"
        self._takes = LiveTakes(self._data)
        self._store = open_store(folder=self._data)
        self._port, self._starts, self._key = free_port(), 0, KEY
        self._address = f"http://127.0.0.1:{self._port}"
        self._server = self._start()

    def end(self) -> None:
        """Stop the server."""
        self._stop_server(signal.SIGTERM)
        self._store.close()

    @contextmanager
    def browser(self, playwright: Playwright) -> Iterator[tuple[Browser, int]]:
        """Start a browser whose processes can be killed all at once: it is given with the id of their group."""
        port = free_port()
        arguments = [
            *MICROPHONE,
            f"--use-file-for-fake-audio-capture={self._folder / 'voice.wav'}%noloop",
            *("--headless=new", "--no-sandbox", "--no-first-run", f"--remote-debugging-port={port}"),
            f"--user-data-dir={self._folder / f'profile{port}'}",
        ]
        process = subprocess.Popen(
            [find_chromium(), *arguments, "about:blank"], start_new_session=True, stderr=subprocess.DEVNULL
        )
        try:
            browser = _connect(playwright, f"http://127.0.0.1:{port}")
            yield browser, process.pid
            with suppress(Exception):
                browser.close()
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def kill_browser(self, browser: Browser, group: int, seconds: float) -> None:
        """Kill the whole browser after so much sound; what came is offered by the server, which goes on."""
        page = self._begin(browser)
        wait_for_seconds(page, seconds)
        said, at = recorded_seconds(page), time.monotonic()
        os.killpg(group, signal.SIGKILL)
        said += time.monotonic() - at
        self._tally.killed["browser"] += 1
        _wait_until(lambda: len(self._left()) == 1)
        self._judge("browser killed", said)

    def kill_server(self, browser: Browser, _group: int, seconds: float) -> None:
        """Kill the server after so much sound and start it anew with another key; the page goes on, and stops."""
        page = self._begin(browser)
        wait_for_seconds(page, seconds)
        self._stop_server(signal.SIGKILL)
        self._tally.killed["server"] += 1
        wait_for_seconds(page, seconds + 1.0)
        self._server = self._start()
        wait_for_seconds(page, recorded_seconds(page) + 1.0)
        stop_recording(page)
        _wait_until(lambda: any(take.stopped for take in self._takes.files.all()))
        _wait_until(lambda: len(self._left()) == 1)  # the server lets go of it a moment later
        self._judge("server killed", recorded_seconds(page))

    def _begin(self, browser: Browser) -> Page:
        for left in self._takes.files.all():  # of a turn that failed, which was noted
            self._takes.files.delete(left.id)
        page = browser.contexts[0].new_page()
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        let_in(page, self._address, self._key)
        page.goto(self._address)
        start_recording(page)
        return page

    def _judge(self, what: str, said: float) -> None:
        """Compare what is left with what was said, and look whether it is offered; then it is deleted."""
        (left,) = self._left()
        faults, missing = len(self._tally.faults), said - left.seconds
        self._tally.missing.append(missing)
        if missing > MAX_MISSING:
            self._tally.faults.append(f"{what}: {missing:.2f} s of {said:.2f} s are missing at the end")
        sound = np.frombuffer(self._takes.files.sound(left.take.id).read_bytes(), "<i2").astype(np.float32)
        lags = lags_of(sound, left.take.rate, self._noise)
        self._tally.windows += len(lags)
        unknown = int(np.isnan(lags).sum())
        lags = lags[~np.isnan(lags)]
        moved = float(np.ptp(lags)) if len(lags) else 0.0
        self._tally.moved = max(self._tally.moved, moved)
        if len(lags) == 0:
            self._tally.faults.append(f"{what}: nothing of what was said is in it")
        if unknown:
            self._tally.faults.append(f"{what}: {unknown} stretches are not what was said")
        if moved > MAX_LAG_CHANGE:
            self._tally.faults.append(f"{what}: the sound is moved, by {np.round(np.diff(lags), 3).tolist()} s")
        if not self._is_offered():
            self._tally.faults.append(f"{what}: it was not offered again")
        if self._keep is not None and len(self._tally.faults) > faults:
            self._save(self._keep, left.take, sound)
        self._takes.delete(left.take.id)

    def _save(self, folder: Path, take: LiveTake, sound: NDArray[np.float32]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        soundfile.write(folder / f"{take.id}.wav", sound.astype(np.int16), take.rate, subtype="PCM_16")
        shutil.copy(self._folder / "voice.wav", folder)

    def _is_offered(self) -> bool:
        """Whether a page that is opened now offers it; without a browser, by the page's own script."""
        done = subprocess.run(
            [sys.executable, "-c", OFFERED],
            env=os.environ | {"ANSWER_ALOUD_DATA": str(self._data)},
            capture_output=True,
            text=True,
            check=False,
        )
        return CUT_OFF in done.stdout

    def _left(self) -> tuple[InterruptedTake, ...]:
        return self._takes.interrupted(self._store)

    def _start(self) -> subprocess.Popen[bytes]:
        self._starts += 1
        self._key = f"the key of start {self._starts}, unlike any other"
        return start_app(self._data, self._port, ANSWER_ALOUD_KEY=self._key, ANSWER_ALOUD_MODEL="tiny.en")

    def _stop_server(self, how: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self._server.pid, how)
        self._server.wait()


OFFERED = """
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("streamlit_app.py", default_timeout=60).run()
print([each.value for each in page.markdown])
"""


def lags_of(sound: NDArray[np.float32], rate: int, noise: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return for each stretch of what was kept how much later it was said than it lies there, in seconds.

    What comes before the voice is first recognised, while the device starts, is left out; a later stretch that is not
    recognised has no place, which is NaN.
    """
    common = 16_000
    kept = resample_poly(sound, common, rate) if rate != common else sound
    said = resample_poly(noise, common, VOICE_RATE)
    size = round(WINDOW * common)
    power = np.convolve(said**2, np.ones(size), "valid")
    lags: list[float] = []
    for begin in range(0, len(kept) - size + 1, size):
        window = kept[begin : begin + size]
        likeness = np.abs(correlate(said, window, "valid", method="fft"))
        likeness /= np.sqrt(power * np.sum(window**2)) + 1e-9
        at = int(np.argmax(likeness))
        if likeness[at] >= MIN_LIKENESS:
            lags.append((at - begin) / common)
        elif lags:
            lags.append(np.nan)
    return np.asarray(lags)


def make_noise(seed: int) -> NDArray[np.float32]:
    """Return noise of the voice's own range; the rest would not come through every rate of a device."""
    generator = np.random.default_rng(seed)
    slow = generator.normal(0, 0.1, round(SPOKEN * 16_000))
    return np.asarray(np.clip(resample_poly(slow, VOICE_RATE, 16_000), -0.9, 0.9), np.float32)


def _connect(playwright: Playwright, address: str) -> Browser:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while True:
        try:
            browser: Browser = playwright.chromium.connect_over_cdp(address)
        except Exception:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return browser


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError("it never held")
        time.sleep(0.1)
