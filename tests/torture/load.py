"""Ten people at once on one server: each answer is measured in turn, its place in the line is shown, none is lost.

Every session is a browser context of its own that uploads a recording no other has. After it, the same again and again:
the server may hold more than at its start, but what it holds must not grow with the number of answers.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from samples import load
from speech.audio.recording import SAMPLE_RATE, from_file
from store.attempt import State
from store.store import open_store
from tests.support.app_server import PATIENCE, app_server, let_in
from tests.support.sounds import wav
from tools.system_packages import chromium

LONG = 10 * PATIENCE * 1000  # ms; the last in the line waits for all the others
WARM = 3  # rounds in which buffers and caches fill
STEADIEST = 5.0  # MiB a round that later ones may seem to add: chance of that size is in every figure
SECONDS, STEP = 8.0, 0.02  # s of sound, always as many; each answer begins a step later than the one before
LOOK = 200  # ms between two looks at all pages, for the server has its share of the same processors


@dataclass
class Loaded:
    """What one round came to."""

    sessions: int
    places: set[int]  # in the line, as the pages showed them
    reports: int
    seconds: float
    memory: float  # MiB of the server afterwards


def torture(folder: Path, sessions: int, rounds: int, model: str) -> list[str]:
    """Rounds of sessions at once; prints them and returns what went wrong."""
    done = []
    with app_server(folder / "data", ANSWER_ALOUD_MODEL=model) as address, _browser() as browser:
        for turn in range(rounds):
            done.append(_round(browser, address, sessions, turn, _server_id(address)))
            print(f"round {turn + 1}: {_told(done[-1])}", flush=True)
    later = [each.memory for each in done[WARM:]]
    if len(later) > 1:
        print(f"after the first {WARM} rounds the server grows by {slope(later):+.1f} MiB a round")
    return _faults(done, folder / "data")


def slope(values: Sequence[float]) -> float:
    """How much each value is above the one before, as the median over all pairs: one odd value changes little."""
    pairs = combinations(enumerate(values), 2)
    return statistics.median((after - before) / (right - left) for (left, before), (right, after) in pairs)


def _told(done: Loaded) -> str:
    seen = ", ".join(map(str, sorted(done.places))) or "none"
    told = f"{done.reports} of {done.sessions} reports after {done.seconds:.0f} s"
    return f"{told}; places in the line seen: {seen} before; server {done.memory:.0f} MiB"


def _faults(rounds: list[Loaded], data: Path) -> list[str]:
    store = open_store(folder=data)
    done = [kept for kept in store.history() if kept.state is State.DONE]
    store.close()
    expected = sum(each.sessions for each in rounds)
    later = [each.memory for each in rounds[WARM:]]
    growth = slope(later) if len(later) > 1 else 0.0
    checks = (
        (len(done) != expected, f"{len(done)} answers are kept with a report, {expected} were given"),
        (any(each.reports != each.sessions for each in rounds), "a page never showed its report"),
        (max(rounds[0].places, default=0) < 2, "no page showed that others come first"),
        (growth > STEADIEST, f"the server grows by {growth:.1f} MiB with every round"),
    )
    return [what for is_wrong, what in checks if is_wrong]


def _round(browser: Browser, address: str, sessions: int, turn: int, server: int) -> Loaded:
    begun, places = time.perf_counter(), set[int]()
    contexts = [browser.new_context() for _ in range(sessions)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        let_in(page, address)
        page.set_default_timeout(LONG)
        page.goto(address)
        page.get_by_role("tab", name="Upload").click()
        expect(page.get_by_test_id("stFileUploaderDropzoneInput")).to_be_attached(timeout=LONG)
    for number, page in enumerate(pages):
        _upload(page, f"answer {turn} {number}.wav", turn * sessions + number)
    reports = _watched(pages, places)
    loaded = Loaded(sessions, places, reports, time.perf_counter() - begun, resident(server))
    for context in contexts:
        context.close()
    return loaded


def _upload(page: Page, name: str, number: int) -> None:
    sample = next(each for each in load() if each.name == "calm_and_concise")
    start = round(STEP * number * SAMPLE_RATE)
    samples = from_file(sample.path).samples[start : start + round(SECONDS * SAMPLE_RATE)]
    file = {"name": name, "mimeType": "audio/wav", "buffer": wav(samples)}
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([file])  # type: ignore[list-item]


def _watched(pages: list[Page], places: set[int]) -> int:
    """Look at all pages in turn until each shows its report; returns how many did, and notes the places seen."""
    waiting, deadline = list(pages), time.monotonic() + LONG / 1000
    while waiting and time.monotonic() < deadline:
        for page in list(waiting):
            text = page.get_by_test_id("stMain").inner_text()
            if "Your report" in text:
                waiting.remove(page)
            elif found := re.search(r"(\d+) answers? before yours", text):
                places.add(int(found[1]))
        pages[0].wait_for_timeout(LOOK)
    return len(pages) - len(waiting)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        yield browser
        browser.close()


def resident(process: int) -> float:
    """MiB a process holds in memory now (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


def _server_id(address: str) -> int:
    """The process that was started for this address, found by the port in its command."""
    port = address.rsplit(":", 1)[-1]
    for folder in Path("/proc").glob("[0-9]*"):
        command = (folder / "cmdline").read_bytes().split(b"\0") if (folder / "cmdline").exists() else []
        if b"app_pages.launch" in command and port.encode() in command:
            return int(folder.name)
    raise RuntimeError(f"no server answers at {address}")
