"""Play the moments of answer elements in a real Chromium, with the player of the report."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from analysis.analyze import analyze
from analysis.question import AskedQuestion, QuestionKind
from store.store import open_store
from tests.support.answers import make_answer, synthesise
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

QUESTION = AskedQuestion("told", "Tell me about a time you solved a problem.", QuestionKind.BEHAVIOURAL)
HEARD = make_answer("Last year I worked at a bakery. (2.5) My task was to plan the shifts. (0.5) I built a plan. " * 2)
LEAD = 0.5  # s, played before a moment
TASK = next(word for word in HEARD.words if word.text == "My").start


@pytest.fixture(scope="module")
def page(tmp_path_factory) -> Iterator[Page]:
    """Open the report of an answer that is already analysed, narrow and in the dark theme."""
    data = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    kept = store.add_recording(synthesise(HEARD), QUESTION)
    store.finish(kept.id, HEARD, analyze(synthesise(HEARD), HEARD, QUESTION))
    store.close()
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        opened = browser.new_page(viewport={"width": 390, "height": 800}, color_scheme="dark")
        let_in(opened, server)
        opened.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        opened.goto(f"{server}/?take={kept.id}")
        expect(opened.locator(".listening .transcript")).to_contain_text("bakery.")
        opened.locator("summary").filter(has_text="What you said:").click()
        yield opened
        browser.close()


def find_button(page: Page) -> Locator:
    return page.locator(".heard").get_by_role("button", name="Task at 0:05: play")


def read_player(page: Page) -> tuple[float, bool]:
    """Return the position of the report's player in seconds, and whether it is playing."""
    now, paused = page.locator(".listening audio").evaluate("audio => [audio.currentTime, audio.paused]")
    return now, not paused


def test_a_moment_is_played_from_just_before_it_to_just_after_it(page):
    find_button(page).click()
    expect(find_button(page)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".listening .now")).to_contain_text("Playing “Task”")
    now, plays = read_player(page)
    assert plays
    assert TASK - LEAD <= now < TASK + 2
    expect(find_button(page)).to_have_attribute("aria-pressed", "false")
    now, plays = read_player(page)
    assert not plays
    assert now == pytest.approx(TASK + 7 * 0.3 + LEAD, abs=0.4)


def test_the_button_also_stops_playback_and_works_with_the_keyboard(page):
    find_button(page).focus()
    page.keyboard.press("Enter")
    expect(find_button(page)).to_have_text("■ 0:05")
    page.keyboard.press("Enter")
    expect(find_button(page)).to_have_text("▶ 0:05")
    assert not read_player(page)[1]


def test_nothing_is_wider_than_a_phone(page):
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
