"""The recorder's controls in a real Chromium whose microphone speaks: keys, states, errors, and how it looks."""

from __future__ import annotations

import os
import re
from contextlib import closing
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Page, expect

from content.questions import get_question
from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from tests.support.microphones.recorder_tab import SIZES, attempts, button, tab, told, wait_until
from tests.support.microphones.speaking_browser import STOP, find_choice, start_recording, wait_for_seconds

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_left")]


@pytest.mark.parametrize("size", SIZES)
def test_space_and_enter_start_and_stop_and_the_focus_goes_on_to_the_report(
    browser: Browser, app: SimpleNamespace, size: tuple[int, int]
) -> None:
    before = attempts(app)
    with tab(browser, app.address, size) as page:
        for number, (start, stop) in enumerate((("Space", "Enter"), ("Enter", "Space")), start=1):
            page.goto("/")
            button(page).focus()
            page.keyboard.press(start)
            expect(button(page, STOP)).to_be_focused()
            expect(told(page)).to_have_text("Recording – we can hear you.")
            wait_for_seconds(page, 1.5)
            page.keyboard.press(stop)
            wait_until(lambda count=before + number: attempts(app) == count)
            expect(page.get_by_role("heading", name="Your report")).to_be_focused()


def test_a_key_that_is_held_down_starts_once(page: Page) -> None:
    page.goto("/")
    button(page).focus()
    page.keyboard.down("Enter")
    for _ in range(5):
        page.keyboard.down("Enter")  # as the keyboard repeats it
    expect(button(page, STOP)).to_be_visible()
    page.keyboard.down("Enter")
    wait_for_seconds(page, 0.5)
    page.keyboard.up("Enter")
    expect(button(page, STOP)).to_be_visible()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("NotAllowedError", "Your browser is blocking the microphone."),
        ("NotFoundError", "We can't find a microphone."),
        ("NotReadableError", "Close any other program that's using it"),
        ("TypeError", "Your microphone didn't start."),
    ],
)
def test_a_microphone_that_does_not_open_is_told_in_a_sentence(page: Page, error: str, sentence: str) -> None:
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{error}'); }};"
    )
    page.goto("/")
    button(page).click()
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    expect(button(page)).to_be_focused()
    expect(page.get_by_role("tab", name="Upload")).to_be_visible()


def test_where_the_browser_lacks_a_part_the_simple_recorder_stands_with_a_word(page: Page) -> None:
    page.add_init_script("delete window.AudioWorkletNode;")
    page.goto("/")
    expect(page.get_by_text("Your browser is too old to save your answer while you speak")).to_be_visible()
    expect(page.get_by_test_id("stAudioInput")).to_be_visible()
    expect(page.locator(".recorder")).to_be_hidden()


def test_where_the_browser_has_no_sound_system_the_simple_recorder_comes_instead(page: Page) -> None:
    page.add_init_script(
        "window.AudioContext = class extends AudioContext { get state() { return 'suspended'; }"
        " resume() { return new Promise(() => {}); } };"
    )
    page.goto("/")
    button(page).click()
    expect(page.get_by_text("because it can't play sound")).to_be_visible()
    expect(page.get_by_test_id("stAudioInput")).to_be_visible()


def test_the_check_plays_two_seconds_back_and_judges_them_in_words(page: Page, app: SimpleNamespace) -> None:
    page.goto("/")
    button(page, "Check your microphone").click()
    expect(told(page)).to_have_text("Say a few words…")
    expect(told(page)).to_have_text("Playing it back…")
    expect(told(page)).to_have_text(re.compile("sounds fine|Too (quiet|loud)"))
    assert list(app.takes.files.all()) == []  # nothing of it leaves the page


def test_a_recording_begun_while_the_page_changes_its_question_answers_the_new_question(
    page: Page, app: SimpleNamespace
) -> None:
    text = get_question("greatest_weakness").fill_slots()
    page.goto("/")
    expect(button(page)).to_be_visible()
    choice = find_choice(page, text)
    page.evaluate(  # as soon as the page knows of the choice, and before it is drawn anew
        """() => new MutationObserver((_, observer) => {
            const state = document.querySelector("[data-test-script-state]").dataset.testScriptState;
            if (state === "notRunning") return;
            observer.disconnect();
            [...document.querySelectorAll("*")].find((each) => each.shadowRoot?.querySelector(".recorder"))
                .shadowRoot.querySelector(".record").click();
        }).observe(document.body, { subtree: true, attributeFilter: ["data-test-script-state"] })"""
    )
    choice.click()
    expect(page.get_by_role("heading", name=text)).to_be_visible()
    page.keyboard.press("Escape")
    wait_for_seconds(page, 1.0)
    before = attempts(app)
    button(page, STOP).click()
    wait_until(lambda: attempts(app) == before + 1)
    with closing(app.open()) as store:
        assert store.load_history()[-1].question.text == text


def test_the_chosen_microphone_is_remembered(page: Page) -> None:
    page.goto("/")
    chooser = page.get_by_label("Microphone", exact=True)
    chooser.select_option("Fake Audio Input 2")
    page.reload()
    expect(chooser.locator("option:checked")).to_have_text("Fake Audio Input 2")
    start_recording(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["practice", "mock"])
def test_nothing_is_wider_than_the_screen_while_recording(
    browser: Browser, app: SimpleNamespace, size: tuple[int, int], scheme: str, where: str
) -> None:
    pictures = os.environ.get("RECORDER_PICTURES")
    with tab(browser, app.address, size, color_scheme=scheme) as page:
        page.goto("/" if where == "practice" else f"/mock?run={begun(app)}")
        start_recording(page)
        wait_for_seconds(page, 1.2)
        parts = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')]"
        assert page.evaluate(f"{parts}.filter(e => e.scrollWidth > e.clientWidth).length") == 0
        box = button(page, STOP).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        if pictures:
            page.screenshot(path=Path(pictures) / f"{where}-{size[0]}-{scheme}.png")


def begun(app: SimpleNamespace) -> str:
    """A mock interview of one question."""
    plan, run = "a" * 32, "b" * 32
    with closing(app.open()) as store:
        if not store.load_documents(MockRun):
            store.save(MockPlan(plan, "first", thinking=30))
            step = MockStep(ENDING_QUESTION, "Do you have any other questions for us?", "closing")
            store.save(MockRun(run, plan, (step,), datetime.now().astimezone()))
    return run
