"""The door with a real server and a real browser: who should come in does, and nobody else."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from app_pages.server.app import build_address_with_key, open_in_browser
from tests.support.app_server import KEY, MAX_WAIT_SECONDS, ROOT, app_server
from tests.torture import door
from tests.torture.door_requests import FOUND, REFUSED, fetch_status
from tools.system_packages import find_chromium

COMMAND = [sys.executable, "-m", "app_pages.launch"]
STREAMLIT = (sys.executable, "-m", "streamlit", "run", str(ROOT / "streamlit_app.py"))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app_server(tmp_path_factory.mktemp("data")) as address:
        yield address


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        yield browser.new_page()
        browser.close()


@pytest.mark.browser
def test_other_accounts_names_origins_frames_and_keys_open_nothing_and_the_app_goes_on(server: str) -> None:
    assert door.try_everything(server) == []


@pytest.mark.browser
def test_the_file_that_a_browser_is_given_leads_in_and_the_key_stays_out_of_the_address(
    page: Page, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    file = open_in_browser(
        build_address_with_key("127.0.0.1", int(server.rpartition(":")[-1]), KEY), tmp_path / "private"
    )
    assert file is not None
    assert opened == [file.as_uri()]
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    page.goto(opened[0])
    expect(page.get_by_role("link", name="Practise")).to_be_visible()
    assert page.url.rstrip("/") == server
    page.reload()
    expect(page.get_by_role("link", name="Practise")).to_be_visible()


@pytest.mark.browser
def test_a_link_with_the_key_opens_its_page_and_without_a_key_a_sentence_says_how_to_get_in(
    page: Page, server: str
) -> None:
    page.context.clear_cookies()
    page.goto(f"{server}/measures")
    expect(page.get_by_text("You need the full address, including its key")).to_be_visible()
    page.goto(f"{server}/measures?key={quote(KEY)}")
    expect(page.get_by_role("heading", name="What is measured")).to_be_visible()
    assert page.url == f"{server}/measures"


def test_started_by_streamlit_itself_it_has_the_same_door(tmp_path: Path) -> None:
    with app_server(tmp_path, command=STREAMLIT, port_option="--server.port") as address:
        assert fetch_status(address, {}) == REFUSED
        assert fetch_status(f"{address}/?key={quote(KEY)}", {}) == FOUND


@pytest.mark.parametrize("command", [COMMAND, list(STREAMLIT)], ids=["the command", "Streamlit itself"])
def test_an_address_that_others_can_open_needs_a_key_of_the_users(command: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "ANSWER_ALOUD_KEY"}
    done = subprocess.run(
        [*command, "--server.address", "0.0.0.0", "--server.port", "0"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=MAX_WAIT_SECONDS,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Answer Aloud didn't start: at the address 0.0.0.0 other computers could open it")
    assert "Traceback" not in done.stderr
