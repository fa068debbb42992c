"""A real Chromium whose microphone speaks, and an app for it; a module with fixtures of its own takes those."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from services.live.live_takes import LiveTakes
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server
from tests.support.microphones.recorder_tab import tab
from tests.support.microphones.speaking_browser import MICROPHONE, speak_into
from tools.system_packages import find_chromium


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    voice = tmp_path_factory.mktemp("voice") / "answer.wav"
    speak_into(voice)
    arguments = [*MICROPHONE, f"--use-file-for-fake-audio-capture={voice}"]
    started = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
    yield started
    started.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    data = tmp_path_factory.mktemp("data")
    with app_server(data, ANSWER_ALOUD_MODEL="tiny.en") as address:
        yield SimpleNamespace(address=address, takes=LiveTakes(data), open=partial(open_store, folder=data))


@pytest.fixture
def page(browser: Browser, app: SimpleNamespace) -> Iterator[Page]:
    with tab(browser, app.address) as opened:
        yield opened


@pytest.fixture
def nothing_left(app: SimpleNamespace) -> Iterator[None]:
    """Delete what a test left recorded."""
    yield
    for take in app.takes.files.all():
        app.takes.files.delete(take.id)
