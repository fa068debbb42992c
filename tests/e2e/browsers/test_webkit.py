"""Every page, the recorder's controls and errors, a listener's comments in WebKit: the nearest to Safari on Linux.

It needs WebKitGTK with its driver, and Xvfb (Debian: webkit2gtk-driver, xvfb); the driver is spoken to in the
protocol that W3C's WebDriver is.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app_pages.server.app import build_address_with_key
from services.listener_comments import add_listener_comments
from store.store import open_store
from tests.support.app_server import KEY, MAX_WAIT_SECONDS, app_server, free_port
from tests.support.listeners import export_answer

pytestmark = pytest.mark.webkit

PAGES = {
    "practice": "Answer Aloud",
    "mock": "Mock interview",
    "questions": "Questions",
    "progress": "Progress",
    "compare": "Compare two takes",
    "data": "Your data",
    "interviews": "Interviews",
    "debrief": "Debrief",
    "thanks": "Thank-you notes",
    "due": "What is due",
    "settings": "Settings",
    "measures": "What is measured",
}
# The component lies in a shadow root, whose host is somewhere on the page.
RECORDER = """const recorder = [...document.querySelectorAll("*")]
  .map((each) => each.shadowRoot?.querySelector(".recorder")).find(Boolean);"""
REFUSE = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', '%s'); };"


class Browser:
    """One WebKit, driven by WebDriver."""

    def __init__(self, port: int) -> None:
        self._driver = f"http://127.0.0.1:{port}"
        options = {"binary": str(find_browser()), "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = ""
        _wait_until(self._is_ready)
        self._session = f"/session/{self._ask('POST', '/session', {'capabilities': wanted})['sessionId']}"

    def go(self, address: str) -> None:
        """Open a page."""
        self._ask("POST", "/url", {"url": address})

    def run(self, script: str) -> Any:
        """Return what a script on the page returns."""
        return self._ask("POST", "/execute/sync", {"script": script, "args": []})

    def click(self, css: str, text: str | None = None) -> None:
        """Click what a selector finds, in the middle of the screen; with a text, the one that says it."""
        self._ask("POST", f"/element/{self._find(css, text)}/click", {})

    def type(self, css: str, text: str) -> None:
        """Type into what a selector finds."""
        self._ask("POST", f"/element/{self._find(css)}/value", {"text": text})

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, in px."""
        self._ask("POST", "/window/rect", {"width": width, "height": height})

    def end(self) -> None:
        """Close it."""
        self._ask("DELETE", "", None)

    def _find(self, css: str, text: str | None = None) -> str:
        script = """const found = [...document.querySelectorAll(arguments[0])].find(
            (each) => !arguments[1] || each.textContent === arguments[1]);
          found?.scrollIntoView({ block: "center" });
          return found;"""
        found = self._ask("POST", "/execute/sync", {"script": script, "args": [css, text]})
        assert found is not None, (css, text)
        identifier: str = next(iter(found.values()))
        return identifier

    def _is_ready(self) -> bool:
        try:
            return bool(self._ask("GET", "/status", None)["ready"])
        except OSError:
            return False

    def _ask(self, method: str, path: str, body: object) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._driver + self._session + path, data, method=method)
        try:
            with urllib.request.urlopen(request, timeout=MAX_WAIT_SECONDS) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error


def find_browser() -> Path | None:
    return next(iter(sorted(Path("/usr/lib").glob("*/webkit2gtk-4*/MiniBrowser"))), None)


def _wait_until(holds: Callable[[], object], what: str = "it never held") -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline, what
        time.sleep(0.1)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with app_server(tmp_path_factory.mktemp("data"), ANSWER_ALOUD_MODEL="tiny.en") as address:
        yield address


@pytest.fixture(scope="module")
def browser(app: str) -> Iterator[Browser]:
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("xvfb-run")
    if not (driver and screen and find_browser()):
        pytest.skip("needs WebKitGTK's driver and Xvfb: webkit2gtk-driver and xvfb of Debian")
    port = free_port()
    environment = os.environ | {"WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1", "LIBGL_ALWAYS_SOFTWARE": "1"}
    command = [screen, "--auto-servernum", driver, f"--port={port}"]
    with subprocess.Popen(command, env=environment, start_new_session=True) as process:
        try:
            started = Browser(port)
            started.go(build_address_with_key("127.0.0.1", int(app.rpartition(":")[-1]), KEY))
            yield started
            started.end()
        finally:
            os.killpg(process.pid, 15)


@pytest.mark.parametrize("path", PAGES)
def test_every_page_opens(browser: Browser, app: str, path: str) -> None:
    browser.go(f"{app}/{path}")
    heading = "return [...document.querySelectorAll('h1')].map((each) => each.innerText.trim())"
    _wait_until(lambda: browser.run(heading), f"the page {path} has no heading")
    assert browser.run(heading) == [PAGES[path]]
    drawn = "return document.querySelector('[data-test-script-state]')?.dataset.testScriptState === 'notRunning'"
    _wait_until(lambda: browser.run(drawn))
    assert browser.run("return document.querySelectorAll('.stException, [data-testid=stException]').length") == 0


@pytest.fixture
def recorder(browser: Browser, app: str) -> Browser:
    browser.go(f"{app}/practice")
    _wait_until(lambda: browser.run(f"{RECORDER} return recorder && !recorder.hidden"), "no recorder was drawn")
    return browser


def test_the_recorder_is_there_with_its_label_its_meter_and_its_clock(recorder: Browser) -> None:
    part = f"{RECORDER} const text = (name) => recorder.querySelector(name).textContent.trim();"
    assert recorder.run(f"{part} return [text('.label'), text('.time'), text('.check')]") == [
        "Record your answer",
        "0:00",
        "Check your microphone",
    ]
    assert recorder.run(f"{RECORDER} return recorder.querySelector('.record').getBoundingClientRect().height >= 44")
    assert (
        recorder.run(f"{RECORDER} return recorder.querySelector('.meter').getAttribute('aria-valuetext')") == "silent"
    )


def test_its_button_is_a_button_that_the_keyboard_reaches(recorder: Browser) -> None:
    button = f"{RECORDER} const button = recorder.querySelector('.record'); return [button.tagName, button.tabIndex]"
    assert recorder.run(button) == ["BUTTON", 0]


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("NotAllowedError", "Your browser is blocking the microphone."),
        ("NotFoundError", "We can't find a microphone."),
        ("NotReadableError", "Close any other program that's using it"),
        ("TypeError", "Your microphone didn't start."),
    ],
)
def test_a_microphone_that_does_not_open_is_told_in_a_sentence(recorder: Browser, error: str, sentence: str) -> None:
    recorder.run(f"{REFUSE % error} {RECORDER} recorder.querySelector('.record').click();")
    told = f"{RECORDER} return recorder.querySelector('.trouble').textContent"
    _wait_until(lambda: sentence in recorder.run(told), f"not told: {sentence}")
    assert (
        recorder.run(f"{RECORDER} return recorder.querySelector('.label').textContent.trim()") == "Record your answer"
    )


def test_without_a_microphone_at_all_the_real_error_is_a_sentence(recorder: Browser) -> None:
    recorder.run(f"{RECORDER} recorder.querySelector('.record').click();")
    told = f"{RECORDER} return recorder.querySelector('.trouble').textContent"
    _wait_until(lambda: recorder.run(told).endswith(("try again.", "“Upload” above.")), "nothing was told")


KEEP_SAVED = """const make = URL.createObjectURL;
URL.createObjectURL = (blob) => {
  blob.text().then((text) => { window.saved = text; });
  return make.call(URL, blob);
};"""
COMMENTS = "return [...document.querySelectorAll('.marks textarea')].map((each) => each.value)"


def test_a_listener_marks_comments_saves_and_finds_it_all_again_also_on_a_narrow_screen(
    browser: Browser, tmp_path: Path
) -> None:
    with closing(open_store(folder=tmp_path / "data")) as store:
        exported = export_answer(store, tmp_path / "answer.html")
        browser.go(exported.page.as_uri())
        browser.run(KEEP_SAVED)
        browser.click(".listener summary")
        browser.type("#listener-name", "Sam")
        browser.click(".transcript [data-start]", "changed")
        browser.click(".bar .mark-word")
        browser.type(".marks textarea", "Why?")
        browser.resize(390, 844)
        assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
        browser.click(".bar .mark")
        browser.run("document.activeElement.classList.add('here')")  # a window without a screen has no :focus
        browser.type(".marks textarea.here", "Clear.")
        browser.click(".listener .save")
        _wait_until(lambda: browser.run("return window.saved ?? null"), "nothing was saved")
        saved = browser.run("return window.saved")
        said = browser.run("return document.querySelector('.said').textContent")
        assert said.startswith("Saved as comments-2026-03-01-take-1")
        before = browser.run(COMMENTS)
        browser.go("about:blank")
        browser.go(exported.page.as_uri())
        _wait_until(lambda: browser.run(COMMENTS), "the comments are gone")
        assert browser.run(COMMENTS) == before
        browser.resize(1280, 800)
        added, is_new = add_listener_comments(store, exported.attempt.id, "comments.json", saved.encode())
    assert is_new
    assert added.name == "Sam"
    assert sorted(each.comment for each in added.moments) == ["Clear.", "Why?"]
