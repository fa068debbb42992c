"""Test the mock interview page in a real Chromium: time to think, voices, and a phone's width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect

from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.microphones.speaking_browser import RECORD, speaking_browser

pytestmark = pytest.mark.browser

PLAN, RUN = "a" * 32, "b" * 32
THINKING = 2  # s
# A browser with a voice that asks a service, and one of the machine's own; what each said is noted.
VOICES = """
window.said = [];
window.SpeechSynthesisUtterance = class extends EventTarget { constructor(text) { super(); this.text = text; } };
const speech = Object.assign(new EventTarget(), {
  getVoices: () => [
    { name: "Far", lang: "en-US", localService: false, default: true },
    { name: "Fremd", lang: "de-DE", localService: true },
    ...(NEAR ? [{ name: "Near", lang: "en-GB", localService: true }] : []),
  ],
  cancel: () => {},
  speak: (utterance) => {
    window.said.push([utterance.voice.name, utterance.text]);
    setTimeout(() => utterance.dispatchEvent(new Event("end")));
  },
});
Object.defineProperty(window, "speechSynthesis", { value: speech });
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator[SimpleNamespace]:
    """Start a browser with a microphone, and the app with a run of one question."""
    data, voice = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("voice") / "answer.wav"
    _begin_run(data)
    with app_server(data, ANSWER_ALOUD_MODEL="tiny.en") as server, speaking_browser(voice) as browser:
        yield SimpleNamespace(browser=browser, server=server)


@pytest.fixture
def page(opened) -> Iterator[Page]:
    tab = opened.browser.new_page(viewport={"width": 1280, "height": 900}, base_url=opened.server)
    let_in(tab, opened.server)
    tab.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    yield tab
    tab.close()


def _begin_run(data: Path) -> None:
    store = open_store(folder=data)
    store.save(MockPlan(PLAN, "first", thinking=THINKING))
    step = MockStep(ENDING_QUESTION, "Do you have any other questions for us?", "closing")
    store.save(MockRun(RUN, PLAN, (step,), datetime.now().astimezone()))
    store.close()


def test_the_recorder_stays_usable_when_the_time_to_think_ends_or_is_skipped(page):
    page.goto(f"/mock?run={RUN}")
    expect(page.locator(".asking .left")).to_have_text("Time's up – start recording when you're ready.")
    page.reload()
    page.get_by_role("button", name="I am ready").click()
    expect(page.locator(".asking .think")).to_be_hidden()
    expect(page.get_by_role("button", name=RECORD)).to_be_enabled()


def test_only_a_local_voice_reads_questions_and_the_choice_is_remembered(page):
    page.add_init_script(VOICES.replace("NEAR", "true"))
    page.goto(f"/mock?run={RUN}")
    page.get_by_role("button", name="Read the question aloud").click()
    expect(page.locator(".asking .told")).to_have_text("Read by a voice on this computer; nothing leaves it.")
    question = ["Near", "Do you have any other questions for us?"]
    assert page.evaluate("window.said") == [question]
    page.get_by_label("Interviewer's voice").check()
    page.wait_for_function("window.said.length === 2")  # it is heard at once
    page.reload()
    expect(page.locator(".asking .left")).to_contain_text("think")
    page.wait_for_function("window.said.length === 1")
    assert page.evaluate("window.said") == [question]


def test_without_a_local_voice_nothing_is_read_and_the_page_says_why(page):
    page.add_init_script(VOICES.replace("NEAR", "false"))
    page.goto(f"/mock?run={RUN}")
    page.get_by_role("button", name="Read the question aloud").click()
    expect(page.locator(".asking .told")).to_contain_text("no English voice on this computer")
    assert page.evaluate("window.said") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/mock", f"/mock?run={RUN}"])
def test_nothing_is_wider_than_a_phone(page, scheme, address):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    button = "Begin" if address == "/mock" else "Skip this question"
    expect(page.get_by_role("button", name=button)).to_be_visible()
    wide = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") == 0
