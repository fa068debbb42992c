"""How long a page takes from the click to its last element, with many answers in the store, in a real Chromium.

Each page is opened from the menu, as a user does. The first page is timed from the start of the command; the browser is
open before.
"""

from __future__ import annotations

import os
import signal
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from services.question_bank import load_question_bank
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, free_port, let_in, start_app
from tests.support.practised_store import load_asked_question, practise
from tools.system_packages import find_chromium

PROMISED_FIRST, PROMISED = 2.5, 0.5  # s
QUESTIONS = 40  # that are practised in turn
MENU = {  # the pages by their group in the menu, with their headings
    "": {
        "Mock interview": "Mock interview",
        "Questions": "Questions",
        "Progress": "Progress",
        "Compare": "Compare two takes",
        "Your data": "Your data",
        "Practise": "Answer Aloud",
    },
    "Interviews": {
        "Interviews": "Interviews",
        "Debrief": "Debrief",
        "Thank-you notes": "Thank-you notes",
        "What is due": "What is due",
    },
    "More": {"Settings": "Settings", "What is measured": "What is measured"},
}


@dataclass(frozen=True)
class PageTime:
    """How long one page took, in s: the median and the longest."""

    page: str
    median: float
    longest: float
    promised: float


def measure(answers: int, repeats: int, tell: Callable[[str], None]) -> tuple[PageTime, ...]:
    """Fill a store, start the app on it, and open every page so many times.

    Args:
        answers: How many answers are in the store.
        repeats: How often each page is opened.
        tell: Is told what goes on.
    """
    with tempfile.TemporaryDirectory() as folder, _open_browser() as page:
        fill(Path(folder), answers)
        tell(f"{answers:,} answers are stored")
        firsts: list[float] = []
        for _ in range(repeats):
            with _first_page(Path(folder), page) as seconds:
                firsts.append(seconds)
        times = [_summarise("the first page, from the command", firsts, PROMISED_FIRST)]
        with _first_page(Path(folder), page):
            for group, pages in MENU.items():
                for link, heading in pages.items():
                    taken = [_open(page, group, link, heading) for _ in range(repeats + 1)]
                    times.append(_summarise(link, taken[1:], PROMISED))  # what loads a module once is not every visit
                    tell(f"{link}: {taken[0]:.2f} s at first, then {times[-1].median:.2f} s")
    return tuple(times)


def make_table(times: tuple[PageTime, ...], answers: int) -> str:
    """Return the times as a Markdown table."""
    lines = [f"| page, {answers:,} answers | median s | longest s | promised |", "| --- | --- | --- | --- |"]
    lines += [f"| {each.page} | {each.median:.2f} | {each.longest:.2f} | {each.promised:g} |" for each in times]
    return "\n".join(lines)


def fill(folder: Path, answers: int) -> None:
    """Store answers to many questions over two years, each with its report."""
    since = datetime.now(UTC) - timedelta(days=700)
    with closing(open_store(folder=folder)) as store:
        known = [question.id for question in load_question_bank(store).questions][:QUESTIONS]
        each = -(-answers // len(known))
        for place, question in enumerate(known):
            count = min(each, answers - place * each)
            ums = [(place + take) % 9 for take in range(max(count, 0))]
            practise(store, ums, load_asked_question(question), since=since + timedelta(hours=place))


@contextmanager
def _open_browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        started = playwright.chromium.launch(executable_path=find_chromium())
        yield started.new_page(viewport={"width": 1280, "height": 800})
        started.close()


@contextmanager
def _first_page(folder: Path, page: Page) -> Iterator[float]:
    """Start the app, wait for its first page and give the seconds that took; ends the app."""
    port, began = free_port(), time.perf_counter()
    server = start_app(folder, port)
    try:
        let_in(page, f"http://127.0.0.1:{port}")
        page.goto(f"http://127.0.0.1:{port}")
        _wait_until_drawn(page, "Answer Aloud")
        yield time.perf_counter() - began
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)


def _open(page: Page, group: str, link: str, heading: str) -> float:
    """Open a page from the menu; return the seconds from the click."""
    page.get_by_role("link", name="Practise" if link != "Practise" else "Questions").first.click()
    _wait_until_drawn(page, "Answer Aloud" if link != "Practise" else "Questions")
    if group:
        page.get_by_test_id("stTopNavSection").filter(has_text=group).click()
    target = page.get_by_role("menuitem" if group else "link", name=link, exact=True).first
    expect(target).to_be_visible()
    began = time.perf_counter()
    target.click()
    _wait_until_drawn(page, heading)
    return time.perf_counter() - began


def _wait_until_drawn(page: Page, heading: str) -> None:
    page.wait_for_function(IS_DRAWN, arg=heading, polling=20)


IS_DRAWN = """(heading) => {
  const headings = [...document.querySelectorAll("h1")].map((each) => each.innerText.trim());
  const state = document.querySelector("[data-test-script-state]")?.dataset.testScriptState;
  return headings.length === 1 && headings[0] === heading && state === "notRunning"
    && document.querySelector("[data-testid=stSkeleton]") === null;
}"""


def _summarise(page: str, taken: list[float], promised: float) -> PageTime:
    return PageTime(page, statistics.median(taken), max(taken), promised)
