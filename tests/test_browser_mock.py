"""A mock interview in a real Chromium whose microphone speaks: plan, three questions, the report over the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Page, expect, sync_playwright

import samples
from interview.mock_plan import MockPlan
from interview.mock_questions import ENDING
from interview.mock_run import MockRun, MockStep
from store.store import open_store
from system_packages import chromium
from tests.app_server import PATIENCE, app_server

pytestmark = pytest.mark.browser

(SAMPLE,) = (sample for sample in samples.load() if sample.name == "many_um_her")
SPOKEN = 6.0  # s of it
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
    """A browser whose microphone speaks the beginning of a sample, and the app with a run of one question."""
    data, voice = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("voice") / "answer.wav"
    _speak_into(voice)
    _begin_run(data)
    microphone = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with app_server(data, ANSWER_ALOUD_MODEL="tiny.en") as server, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        arguments = [*microphone, f"--use-file-for-fake-audio-capture={voice}%noloop"]
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield SimpleNamespace(browser=browser, server=server, data=data)
        browser.close()


@pytest.fixture
def page(opened) -> Iterator[Page]:
    tab = opened.browser.new_page(viewport={"width": 1280, "height": 900}, base_url=opened.server)
    tab.set_default_timeout(PATIENCE * 1000)
    yield tab
    tab.close()


def _speak_into(file: Path) -> None:
    sound, rate = soundfile.read(SAMPLE.path, stop=round(SPOKEN * soundfile.info(SAMPLE.path).samplerate))
    quiet = np.zeros(rate // 2)  # the recorder may lose the first tens of milliseconds
    soundfile.write(file, np.concatenate([quiet, sound, quiet]), rate, subtype="PCM_16")


def _begin_run(data: Path) -> None:
    store = open_store(folder=data)
    store.keep(MockPlan(PLAN, "first", thinking=THINKING))
    step = MockStep(ENDING, "Do you have any other questions for us?", "closing")
    store.keep(MockRun(RUN, PLAN, (step,), datetime.now().astimezone()))
    store.close()


def answer(page: Page, number: int) -> None:
    expect(page.get_by_text(f"Question {number} of 3")).to_be_visible()
    expect(page.locator(".asking .left")).to_contain_text("Time to think: 0:")
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    expect(recorder.get_by_role("button", name="Stop recording")).to_be_visible()
    expect(page.locator(".asking .think")).to_be_hidden()  # recording ends the thinking
    page.wait_for_timeout(1000 * (SPOKEN + 0.8))
    recorder.get_by_role("button", name="Stop recording").click()


def test_a_plan_becomes_an_interview_of_three_spoken_answers_and_one_report(page, opened):
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/mock")
    for label, value in (("Length in minutes", "5"), ("Seconds to think before each answer", "25")):
        page.get_by_label(label).fill(value)
        page.get_by_label(label).press("Enter")
    expect(page.get_by_text(re.compile("^3 questions, about . minutes with the time to think"))).to_be_visible()
    page.get_by_role("button", name="Begin").click()
    answer(page, 1)
    expect(page.get_by_text("Your last answer is saved.")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/mock\?run=[0-9a-f]{32}$"))
    page.reload()
    answer(page, 2)
    answer(page, 3)
    expect(page.get_by_role("heading", name="Your mock interview")).to_be_visible()
    expect(page.get_by_text("3 of 3 questions answered, in ")).to_be_visible()
    expect(page.get_by_role("heading", name="How you closed")).to_be_visible()
    page.get_by_role("link", name="Full report of answer 2").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    assert [url for url in fetched if not url.startswith((opened.server, "data:", "blob:"))] == []
    store = open_store(folder=opened.data)
    assert [abs(each.duration - SPOKEN - 0.8) < 1.5 for each in store.history()] == [True] * 3
    store.close()


def test_the_time_to_think_runs_out_or_is_cut_short_and_never_hides_the_recorder(page):
    page.goto(f"/mock?run={RUN}")
    expect(page.locator(".asking .left")).to_have_text("Your time to think is over. Record when you are ready.")
    page.reload()
    page.get_by_role("button", name="I am ready").click()
    expect(page.locator(".asking .think")).to_be_hidden()
    expect(page.get_by_role("button", name="Record", exact=True)).to_be_enabled()


def test_only_a_voice_of_the_machine_reads_questions_and_the_browser_remembers_to(page):
    page.add_init_script(VOICES.replace("NEAR", "true"))
    page.goto(f"/mock?run={RUN}")
    page.get_by_role("button", name="Read the question aloud").click()
    expect(page.locator(".asking .told")).to_have_text("Read by a voice on this machine; nothing leaves.")
    question = ["Near", "Do you have any other questions for us?"]
    assert page.evaluate("window.said") == [question]
    page.get_by_label("Read every question aloud").check()
    page.reload()
    expect(page.locator(".asking .left")).to_contain_text("think")
    page.wait_for_function("window.said.length === 1")
    assert page.evaluate("window.said") == [question]


def test_without_a_voice_of_its_own_the_browser_says_nothing_and_the_page_says_why(page):
    page.add_init_script(VOICES.replace("NEAR", "false"))
    page.goto(f"/mock?run={RUN}")
    page.get_by_role("button", name="Read the question aloud").click()
    expect(page.locator(".asking .told")).to_contain_text("no English voice on this machine")
    assert page.evaluate("window.said") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("address", ["/mock", f"/mock?run={RUN}"])
def test_nothing_is_wider_than_a_telephone(page, scheme, address):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    button = "Begin" if address == "/mock" else "Skip this question"
    expect(page.get_by_role("button", name=button)).to_be_visible()
    wide = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") == 0
