"""Ten users on one server at once: answers are analysed in turn, queue places are shown, none is lost.

Every session is a browser context of its own that uploads a unique recording. Several rounds follow
each other: the server may use more memory than at its start, but the memory must not grow with the
number of answers.
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
from store.attempt import AttemptState
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.sounds import encode_wav
from tools.system_packages import find_chromium

LONG_WAIT_MS = 10 * MAX_WAIT_SECONDS * 1000  # ms; the last in the line waits for all the others
WARM_UP_ROUNDS = 3  # rounds in which buffers and caches fill
MAX_GROWTH_MIB = 5.0  # MiB a round that later ones may seem to add: chance of that size is in every figure
SOUND_SECONDS, STEP_SECONDS = (
    8.0,
    0.02,
)  # s of sound, always as many; each answer begins a step later than the one before
LOOK_INTERVAL_MS = 200  # ms between two looks at all pages, for the server has its share of the same processors


@dataclass
class RoundResult:
    """Results of one round."""

    sessions: int
    places: set[int]  # in the line, as the pages showed them
    reports: int
    seconds: float
    memory: float  # MiB of the server afterwards


def torture(folder: Path, sessions: int, rounds: int, model: str) -> list[str]:
    """Run rounds of concurrent sessions; print each round and return the faults."""
    done = []
    with app_server(folder / "data", ANSWER_ALOUD_MODEL=model) as address, _browser() as browser:
        for turn in range(rounds):
            done.append(_run_round(browser, address, sessions, turn, _find_server_id(address)))
            print(f"round {turn + 1}: {_describe_round(done[-1])}", flush=True)
    later = [each.memory for each in done[WARM_UP_ROUNDS:]]
    if len(later) > 1:
        print(f"after the first {WARM_UP_ROUNDS} rounds the server grows by {slope(later):+.1f} MiB a round")
    return _find_faults(done, folder / "data")


def slope(values: Sequence[float]) -> float:
    """Return the median slope over all pairs of values (Theil-Sen), robust to outliers."""
    pairs = combinations(enumerate(values), 2)
    return statistics.median((after - before) / (right - left) for (left, before), (right, after) in pairs)


def _describe_round(done: RoundResult) -> str:
    seen = ", ".join(map(str, sorted(done.places))) or "none"
    told = f"{done.reports} of {done.sessions} reports after {done.seconds:.0f} s"
    return f"{told}; places in the line seen: {seen} before; server {done.memory:.0f} MiB"


def _find_faults(rounds: list[RoundResult], data: Path) -> list[str]:
    store = open_store(folder=data)
    done = [kept for kept in store.load_history() if kept.state is AttemptState.DONE]
    store.close()
    expected = sum(each.sessions for each in rounds)
    later = [each.memory for each in rounds[WARM_UP_ROUNDS:]]
    growth = slope(later) if len(later) > 1 else 0.0
    checks = (
        (len(done) != expected, f"{len(done)} answers are kept with a report, {expected} were given"),
        (any(each.reports != each.sessions for each in rounds), "a page never showed its report"),
        (max(rounds[0].places, default=0) < 2, "no page showed that others come first"),
        (growth > MAX_GROWTH_MIB, f"the server grows by {growth:.1f} MiB with every round"),
    )
    return [what for is_wrong, what in checks if is_wrong]


def _run_round(browser: Browser, address: str, sessions: int, turn: int, server: int) -> RoundResult:
    begun, places = time.perf_counter(), set[int]()
    contexts = [browser.new_context() for _ in range(sessions)]
    pages = [context.new_page() for context in contexts]
    for page in pages:
        let_in(page, address)
        page.set_default_timeout(LONG_WAIT_MS)
        page.goto(address)
        page.get_by_role("tab", name="Upload").click()
        expect(page.get_by_test_id("stFileUploaderDropzoneInput")).to_be_attached(timeout=LONG_WAIT_MS)
    for number, page in enumerate(pages):
        _upload(page, f"answer {turn} {number}.wav", turn * sessions + number)
    reports = _watch_pages(pages, places)
    loaded = RoundResult(sessions, places, reports, time.perf_counter() - begun, read_memory_mib(server))
    for context in contexts:
        context.close()
    return loaded


def _upload(page: Page, name: str, number: int) -> None:
    sample = next(each for each in load() if each.name == "calm_and_concise")
    start = round(STEP_SECONDS * number * SAMPLE_RATE)
    samples = from_file(sample.path).samples[start : start + round(SOUND_SECONDS * SAMPLE_RATE)]
    file = {"name": name, "mimeType": "audio/wav", "buffer": encode_wav(samples)}
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files([file])  # type: ignore[list-item]


def _watch_pages(pages: list[Page], places: set[int]) -> int:
    """Poll all pages until each shows its report.

    Args:
        pages: The open pages.
        places: Filled with the places in the queue that the pages showed.

    Returns:
        How many pages showed a report.
    """
    waiting, deadline = list(pages), time.monotonic() + LONG_WAIT_MS / 1000
    while waiting and time.monotonic() < deadline:
        for page in list(waiting):
            text = page.get_by_test_id("stMain").inner_text()
            if "Your report" in text:
                waiting.remove(page)
            elif found := re.search(r"(\d+) answers? before yours", text):
                places.add(int(found[1]))
        pages[0].wait_for_timeout(LOOK_INTERVAL_MS)
    return len(pages) - len(waiting)


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium())
        yield browser
        browser.close()


def read_memory_mib(process: int) -> float:
    """Return the resident memory of a process in MiB (Linux)."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.findall(r"VmRSS:\s+(\d+) kB", status)[0]) / 1024


def _find_server_id(address: str) -> int:
    """Return the id of the server process, found by the port on its command line."""
    port = address.rsplit(":", 1)[-1]
    for folder in Path("/proc").glob("[0-9]*"):
        command = (folder / "cmdline").read_bytes().split(b"\0") if (folder / "cmdline").exists() else []
        if b"app_pages.launch" in command and port.encode() in command:
            return int(folder.name)
    raise RuntimeError(f"no server answers at {address}")
