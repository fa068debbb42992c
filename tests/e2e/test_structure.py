"""What was heard in a real Chromium: a button plays its moment with the player of the report, and stops it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from store.store import open_store
from tests.support.answers import sound_of, spoken
from tests.support.app_server import PATIENCE, app_server, let_in
from tools.system_packages import chromium

pytestmark = pytest.mark.browser

QUESTION = AskedQuestion("told", "Tell me about a time you solved a problem.", QuestionKind.BEHAVIOURAL)
HEARD = spoken("Last year I worked at a bakery. (2.5) My task was to plan the shifts. (0.5) I built a plan. " * 2)
LEAD = 0.5  # s, played before a moment
TASK = next(word for word in HEARD.words if word.text == "My").start


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Iterator[Page]:
    """The report of an answer that was measured elsewhere, narrow and dark."""
    data = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    kept = store.add_recording(sound_of(HEARD), QUESTION)
    store.finish(kept.id, HEARD, analyze(sound_of(HEARD), HEARD, QUESTION))
    store.close()
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        browser = playwright.chromium.launch(executable_path=chromium())
        opened = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
        let_in(opened, server)
        opened.set_default_timeout(PATIENCE * 1000)
        opened.goto(f"{server}/?take={kept.id}")
        expect(opened.locator(".listening .transcript")).to_contain_text("bakery.")
        yield opened
        browser.close()


def button(page: Page) -> Locator:
    return page.locator(".heard").get_by_role("button", name="Task at 0:05: play")


def player(page: Page) -> tuple[float, bool]:
    """Where the player of the report is, in seconds, and whether it plays."""
    now, paused = page.locator(".listening audio").evaluate("audio => [audio.currentTime, audio.paused]")
    return now, not paused


def test_a_moment_is_played_from_just_before_it_and_stops_after_it(page):
    button(page).click()
    expect(button(page)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".listening .now")).to_contain_text("Playing “Task”")
    now, plays = player(page)
    assert plays
    assert TASK - LEAD <= now < TASK + 2
    expect(button(page)).to_have_attribute("aria-pressed", "false")
    now, plays = player(page)
    assert not plays
    assert now == pytest.approx(TASK + 7 * 0.3 + LEAD, abs=0.4)


def test_the_same_button_stops_and_the_keyboard_reaches_it(page):
    button(page).focus()
    page.keyboard.press("Enter")
    expect(button(page)).to_have_text("■ 0:05")
    page.keyboard.press("Enter")
    expect(button(page)).to_have_text("▶ 0:05")
    assert not player(page)[1]


def test_nothing_is_wider_than_a_phone(page):
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
