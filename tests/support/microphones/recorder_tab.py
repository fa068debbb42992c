"""A tab of a real Chromium with the recorder in it: what it says, and what the server keeps of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from types import SimpleNamespace

from playwright.sync_api import Browser, Locator, Page

from tests.support.app_server import MAX_WAIT_SECONDS, let_in
from tests.support.microphones.speaking_browser import RECORD

CUT_OFF = "Your recording was cut off, but it's saved."
SIZES = ((1280, 900), (390, 844))
# What the page opens is noted, so that a test can cut it off.
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...parts) { super(...parts); if (String(parts[0]).includes("/live/")) window.sockets.push(this); }
};
"""


@contextmanager
def tab(browser: Browser, address: str, size: tuple[int, int] = SIZES[0], **more: object) -> Iterator[Page]:
    """Open a tab that was let in."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=address, **more)
    page = context.new_page()
    page.add_init_script(SOCKETS)
    let_in(page, address)
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    yield page
    context.close()


def button(page: Page, name: str = RECORD) -> Locator:
    """Return a button of the recorder."""
    return page.get_by_role("button", name=name)


def told(page: Page) -> Locator:
    """Return what the recorder says."""
    return page.locator(".recorder .told")


def recorded(page: Page) -> float:
    """Return how many seconds the recorder's clock shows."""
    return float(page.locator(".recorder .time").get_attribute("data-seconds") or 0)


def attempts(app: SimpleNamespace) -> int:
    """Return how many answers the app keeps."""
    return len(durations(app))


def durations(app: SimpleNamespace) -> list[float]:
    """Return how long they are."""
    with closing(app.open()) as store:
        return [attempt.duration for attempt in store.load_history()]


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)
