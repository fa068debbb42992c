"""A Chromium whose microphone speaks the beginning of a sample, and an answer given with it, for browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

import samples
from tests.support.app_server import MAX_WAIT_SECONDS
from tools.system_packages import find_chromium

SPOKEN_SECONDS = 3.0  # s of the sample
(SAMPLE,) = (sample for sample in samples.load() if sample.name == "many_um_her")
RECORD, STOP = "Record your answer", "Stop recording"  # what stands on the recorder's button
# The component lies in a shadow root, whose host is somewhere on the page.
RECORDED = """Number([...document.querySelectorAll("*")]
  .map((each) => each.shadowRoot?.querySelector(".recorder .time")).find(Boolean)?.dataset.seconds ?? 0)"""
MICROPHONE = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@contextmanager
def speaking_browser(voice: Path) -> Iterator[Browser]:
    """Start the browser; `voice` is the file that its microphone plays."""
    speak_into(voice)
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        arguments = [*MICROPHONE, f"--use-file-for-fake-audio-capture={voice}%noloop"]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield browser
        browser.close()


def answer(page: Page, number: int, of: int) -> None:
    """Answer one question of a mock interview aloud."""
    expect(page.get_by_text(f"Question {number} of {of}")).to_be_visible()
    expect(page.locator(".asking .left")).to_contain_text("Time to think: 0:")
    start_recording(page)
    expect(page.locator(".asking .think")).to_be_hidden()  # recording ends the thinking
    page.wait_for_timeout(1000 * (SPOKEN_SECONDS + 0.8))
    stop_recording(page)


def find_choice(page: Page, text: str) -> Locator:
    """Open the list of questions, look for one, and return it there."""
    page.get_by_role("button", name="Choose a question").click()
    sought = page.get_by_role("textbox", name="What is it about?")
    sought.fill(text)
    sought.press("Enter")
    found = page.locator(".st-key-choices button").first
    expect(found).to_have_text(text)
    return found


def unfold_recorder(page: Page) -> None:
    """Open the question and the recorder, which are folded away over a report."""
    page.locator(".st-key-again summary").first.click()
    expect(page.get_by_role("button", name=RECORD)).to_be_visible()


def start_recording(page: Page) -> None:
    """Begin to record, and wait until sound comes."""
    page.get_by_role("button", name=RECORD).click()
    expect(page.get_by_role("button", name=STOP)).to_be_visible()
    wait_for_seconds(page, 0.1)


def stop_recording(page: Page) -> None:
    """End a recording."""
    page.get_by_role("button", name=STOP).click()


def wait_for_seconds(page: Page, seconds: float) -> None:
    """Wait until so much sound came from the microphone."""
    page.wait_for_function(f"({RECORDED}) >= {seconds}", timeout=1000 * (seconds + MAX_WAIT_SECONDS))


def recorded_seconds(page: Page) -> float:
    """Return how much sound came from the microphone."""
    return float(page.evaluate(RECORDED))


def speak_into(file: Path) -> None:
    """Write the beginning of the sample, between two moments of quiet."""
    sound, rate = soundfile.read(SAMPLE.path, stop=round(SPOKEN_SECONDS * soundfile.info(SAMPLE.path).samplerate))
    quiet = np.zeros(rate // 2)  # the recorder may lose the first tens of milliseconds
    soundfile.write(file, np.concatenate([quiet, sound, quiet]), rate, subtype="PCM_16")
