"""A Chromium whose microphone speaks the beginning of a sample, and an answer given with it, for browser tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import soundfile
from playwright.sync_api import Browser, Page, expect, sync_playwright

import samples
from tests.support.app_server import MAX_WAIT_SECONDS
from tools.system_packages import find_chromium

SPOKEN_SECONDS = 3.0  # s of the sample
(SAMPLE,) = (sample for sample in samples.load() if sample.name == "many_um_her")
MICROPHONE = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")


@contextmanager
def speaking_browser(voice: Path) -> Iterator[Browser]:
    """Start the browser; `voice` is the file that its microphone plays."""
    _speak_into(voice)
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
    recorder = page.get_by_test_id("stAudioInput")
    recorder.get_by_role("button", name="Record", exact=True).click()
    expect(recorder.get_by_role("button", name="Stop recording")).to_be_visible()
    expect(page.locator(".asking .think")).to_be_hidden()  # recording ends the thinking
    page.wait_for_timeout(1000 * (SPOKEN_SECONDS + 0.8))
    recorder.get_by_role("button", name="Stop recording").click()


def _speak_into(file: Path) -> None:
    sound, rate = soundfile.read(SAMPLE.path, stop=round(SPOKEN_SECONDS * soundfile.info(SAMPLE.path).samplerate))
    quiet = np.zeros(rate // 2)  # the recorder may lose the first tens of milliseconds
    soundfile.write(file, np.concatenate([quiet, sound, quiet]), rate, subtype="PCM_16")
