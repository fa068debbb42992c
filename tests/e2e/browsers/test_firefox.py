"""The way from the first word to the report in Firefox, with the server killed meanwhile; and a listener's comments.

It needs Firefox, Node.js, PulseAudio, and the npm package puppeteer-core; PUPPETEER names the folder that package is
installed in.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from app_pages.server.app import build_address_with_key
from services.listener_comments import add_listener_comments
from store.store import open_store
from tests.support.app_server import KEY, free_port, start_app
from tests.support.listeners import export_answer
from tests.support.microphones.virtual_microphone import virtual_microphone

pytestmark = pytest.mark.firefox

SCRIPTS = Path(__file__).parent


@contextmanager
def firefox(script: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a script that drives Firefox; skips where anything for it is missing."""
    path, node = shutil.which("firefox-esr") or shutil.which("firefox"), shutil.which("node")
    packages = os.environ.get("PUPPETEER")
    if not (path and node and packages and shutil.which("pulseaudio")):
        pytest.skip("needs Firefox, Node.js, PulseAudio and PUPPETEER, the folder where npm installed puppeteer-core")
    with (
        virtual_microphone() as sound_card,  # without one, Firefox's clock for sound does not run
        subprocess.Popen(
            [node, str(SCRIPTS / script), packages, path, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | sound_card.environment,
        ) as browser,
    ):
        try:
            yield browser
        finally:
            browser.terminate()


def test_in_firefox_what_is_said_outlasts_the_server_and_gets_its_report(tmp_path: Path) -> None:
    port = free_port()
    server = start_app(tmp_path, port, ANSWER_ALOUD_MODEL="tiny.en")
    try:
        with firefox("firefox.mjs", build_address_with_key("127.0.0.1", port, KEY)) as browser:
            assert _step(browser)["step"] == "recording"
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            server = start_app(tmp_path, port, ANSWER_ALOUD_MODEL="tiny.en")
            assert browser.stdin is not None
            print("go on", file=browser.stdin, flush=True)
            stopped = _step(browser)
            assert _step(browser) == {"step": "report", "value": []}
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(10)
    with closing(open_store(folder=tmp_path)) as store:
        (attempt,) = store.load_history()
    assert stopped["value"] - 0.1 <= attempt.duration < stopped["value"] + 3


def test_in_firefox_a_listener_marks_comments_saves_and_finds_it_all_again(tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    with closing(open_store(folder=tmp_path / "data")) as store:
        exported = export_answer(store, tmp_path / "answer.html")
        with firefox("firefox_listener.mjs", exported.page.as_uri(), str(downloads)) as browser:
            assert _step(browser)["value"] <= 390
            assert _step(browser)["value"].startswith("Saved as comments-2026-03-01-take-1")
            assert _step(browser)["value"] == [["Good.", "Clear.", "Why?"]] * 2  # by time
            assert _step(browser) == {"step": "errors", "value": []}
        (saved,) = downloads.iterdir()
        added, is_new = add_listener_comments(store, exported.attempt.id, saved.name, saved.read_bytes())
    assert is_new
    assert added.name == "Sam"
    assert sorted(each.comment for each in added.moments) == ["Clear.", "Good.", "Why?"]


def _step(browser: subprocess.Popen[str]) -> dict[str, Any]:
    assert browser.stdout is not None
    step: dict[str, Any] = json.loads(browser.stdout.readline())
    return step
