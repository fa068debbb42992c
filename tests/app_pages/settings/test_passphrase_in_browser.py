"""A passphrase is set, asked for by the next start, changed and taken away again in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from store.encryption import vault
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.stored_attempts import add_done
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

FIRST, SECOND = "four plain words here", "another few words then"
SIGNS = (b"SQLite format 3", b"fLaC", b"I led")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        started = playwright.chromium.launch(executable_path=find_chromium())
        yield started
        started.close()


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv(vault.PASSPHRASE_VARIABLE, raising=False)
    yield
    vault._OPEN.clear()


def open_page(browser: Browser, address: str, path: str) -> Page:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    let_in(page, address)
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    page.goto(f"{address}/{path}")
    return page


def fill(page: Page, label: str, words: str) -> None:
    box = page.get_by_label(label, exact=True)
    expect(box).to_have_count(1)  # what was there before a redraw stands beside it for a moment
    box.fill(words)


def list_plain(folder: Path) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in files if any(sign in path.read_bytes() for sign in SIGNS)]


def test_a_passphrase_is_set_asked_for_changed_and_taken_away_again(browser: Browser, tmp_path: Path) -> None:
    data, settings = tmp_path / "data", str(tmp_path / "settings.toml")
    with closing(open_store(folder=data)) as store:
        add_done(store)
    with app_server(data, ANSWER_ALOUD_SETTINGS=settings) as address:
        page = open_page(browser, address, "settings")
        page.get_by_text("Encryption", exact=True).click()
        fill(page, "Passphrase, a few words", FIRST)
        fill(page, "The same once more", FIRST)
        sure = page.get_by_role("checkbox", name="I know that a lost passphrase means lost answers.")
        sure.press("Space")  # a click meets nothing where the fold is still opening
        expect(sure).to_be_checked()
        page.get_by_role("button", name="Encrypt everything").click()
        expect(page.get_by_text("Everything is encrypted.")).to_be_visible()
        assert list_plain(data) == []
    with app_server(data, ANSWER_ALOUD_SETTINGS=settings) as address:
        page = open_page(browser, address, "data")
        expect(page.get_by_role("heading", name="Your answers are locked")).to_be_visible()
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
        fill(page, "Passphrase", SECOND)
        page.get_by_role("button", name="Open").click()
        expect(page.get_by_text("That isn't the passphrase")).to_be_visible()
        fill(page, "Passphrase", FIRST)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Answers (1)")).to_be_visible()
        page.goto(f"{address}/settings")
        page.get_by_text("Encryption", exact=True).click()
        fill(page, "Passphrase now", FIRST)
        fill(page, "New passphrase", SECOND)
        fill(page, "The new one once more", SECOND)
        page.get_by_role("button", name="Change the passphrase").click()
        expect(page.get_by_text("The new passphrase holds from now on.")).to_be_visible()
        fill(page, "Passphrase, to stop encrypting", SECOND)
        page.get_by_role("button", name="Stop encrypting").click()
        expect(page.get_by_text("Nothing is encrypted any more.")).to_be_visible()
        assert "answers.sqlite3" in list_plain(data)
        page.goto(f"{address}/data")
        expect(page.get_by_role("heading", name="Answers (1)")).to_be_visible()
