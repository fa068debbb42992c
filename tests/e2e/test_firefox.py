"""The way from the first word to the report in Firefox, with the server killed while somebody speaks.

It needs Firefox, Node.js, PulseAudio, and the npm package puppeteer-core; PUPPETEER names the folder that package is
installed in.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app_pages.server.app import build_address_with_key
from store.store import open_store
from tests.support.app_server import KEY, free_port, start_app
from tests.support.microphones.virtual_microphone import virtual_microphone

pytestmark = pytest.mark.firefox

SCRIPT = Path(__file__).parent / "firefox.mjs"


def test_in_firefox_what_is_said_outlasts_the_server_and_gets_its_report(tmp_path: Path) -> None:
    firefox, node = shutil.which("firefox-esr") or shutil.which("firefox"), shutil.which("node")
    packages = os.environ.get("PUPPETEER")
    if not (firefox and node and packages and shutil.which("pulseaudio")):
        pytest.skip("needs Firefox, Node.js, PulseAudio and PUPPETEER, the folder where npm installed puppeteer-core")
    port = free_port()
    server = start_app(tmp_path, port, ANSWER_ALOUD_MODEL="tiny.en")
    with (
        virtual_microphone() as sound_card,
        subprocess.Popen(  # without one, Firefox's clock for sound does not run
            [node, str(SCRIPT), packages, firefox, build_address_with_key("127.0.0.1", port, KEY)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | sound_card.environment,
        ) as browser,
    ):
        try:
            assert _step(browser)["step"] == "recording"
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
            server = start_app(tmp_path, port, ANSWER_ALOUD_MODEL="tiny.en")
            assert browser.stdin is not None
            print("go on", file=browser.stdin, flush=True)
            stopped = _step(browser)
            assert _step(browser) == {"step": "report", "value": []}
        finally:
            browser.terminate()
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)
    with closing(open_store(folder=tmp_path)) as store:
        (attempt,) = store.load_history()
    assert stopped["value"] - 0.1 <= attempt.duration < stopped["value"] + 3


def _step(browser: subprocess.Popen[str]) -> dict[str, Any]:
    assert browser.stdout is not None
    step: dict[str, Any] = json.loads(browser.stdout.readline())
    return step
