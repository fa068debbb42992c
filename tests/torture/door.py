"""Everybody who should not come in, at a real server: each is refused, and nobody is asked for an address for it.

Another account of this machine, names that were rebound to it, pages of other servers in a real browser that holds the
cookie, frames, old keys; at pages, sockets, media, uploads and routes of our own.
"""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright

from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.torture.door_pages import try_pages_of_others, try_rebound_name
from tests.torture.door_requests import (
    FOUND,
    REBOUND_NAME,
    Server,
    try_another_account,
    try_stolen_cookie,
    try_without_key,
)
from tools.system_packages import CHROMIUM, find_chromium

NO_FAULTS_MESSAGE = "Nobody came in who should not, and the app stood still for nobody."


def torture(folder: Path) -> list[str]:
    """Try everything at a server that is started for it; returns what came in."""
    if not CHROMIUM.is_there():
        return [f"This machine lacks what it takes: {CHROMIUM.name}."]
    with app_server(folder / "data") as address:
        return try_everything(address)


def try_everything(address: str) -> list[str]:
    """Try everything at a running server; prints what was tried and returns what came in."""
    with sync_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP {REBOUND_NAME} 127.0.0.1"
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=[rules])
        server = Server(address, _find_sound_address(browser, address))
        faults = [*try_without_key(server), *try_stolen_cookie(server), *try_another_account(server)]
        faults += [*try_pages_of_others(browser, server), *try_rebound_name(browser, server)]
        browser.close()
    return faults


def _find_sound_address(browser: Browser, address: str) -> str:
    """Return the address of a sound that the first page plays, as the browser of somebody who was let in sees it."""
    page = browser.new_page()
    let_in(page, address)
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
    page.goto(f"{address}/data")
    page.get_by_role("button", name="See a demo history").click()
    expect(page.get_by_text("This is a demo.")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")  # or a click is lost
    with page.expect_request(lambda request: "/media/" in request.url) as asked:
        page.get_by_role("link", name="Open", exact=True).first.click()
    source = asked.value.url
    status = page.request.get(source).status
    page.close()
    if status != FOUND:
        raise RuntimeError(f"the owner did not get {source}, but {status}")
    return source.removeprefix(address)
