"""Corrections in a real Chromium: choose words with mouse, touch and keyboard, see the numbers follow, take it back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from analysis.analyze import analyze
from services.asked_questions import asked_by_id
from speech.transcript import Word, WordKind
from store.store import open_store
from tests.support.answers import sound_of, spoken
from tests.support.app_server import PATIENCE, app_server, let_in
from tools.system_packages import chromium

pytestmark = pytest.mark.browser

QUESTION = asked_by_id("tell_me_about_yourself")
HEARD = replace(
    spoken("I {um} led the (0.8) project. (0.5) Basically, it {uh} worked. (1.2) " + "We like that. (0.4) " * 6),
    possible_fillers=(Word("er", 2.2, 2.4, 0.3, WordKind.FILLER_SOUND),),
)
SOUND = sound_of(HEARD)
REPORT = analyze(SOUND, HEARD, QUESTION)
MINUTES = REPORT.response.duration / 60


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def tab(data) -> Iterator[Page]:
    """A tab of a browser; its address is that of the app."""
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        browser = playwright.chromium.launch(executable_path=chromium())
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, has_touch=True, base_url=server)
        let_in(opened, server)
        opened.set_default_timeout(PATIENCE * 1000)
        yield opened
        browser.close()


@pytest.fixture
def page(tab, data) -> Page:
    """The report of a short answer that was measured elsewhere."""
    store = open_store(folder=data)
    kept = store.add_recording(SOUND, QUESTION)
    store.finish(kept.id, HEARD, REPORT)
    store.close()
    tab.goto(f"/?take={kept.id}")
    expect(tab.locator(".listening .transcript")).to_contain_text("project.")
    return tab


def word(page: Page, text: str) -> Locator:
    return page.locator(".transcript [data-place]").filter(has_text=text).first


def menu(page: Page, choice: str) -> Locator:
    return page.locator(".menu").get_by_role("button", name=choice)


def tile(page: Page, measure: str) -> Locator:
    return page.locator(f".st-key-tile_{measure} h3")


def told(page: Page) -> Locator:
    return page.locator(".st-key-corrections")


def focused(page: Page) -> str:
    """The text of what the keyboard is at, inside the component."""
    return page.evaluate(
        "() => { let at = document.activeElement; while (at.shadowRoot) at = at.shadowRoot.activeElement;"
        " return at.innerText; }"
    )


def per_minute(events: int) -> str:
    return f"{events / MINUTES:.1f} per min"


def test_words_are_put_right_with_mouse_touch_and_keyboard_and_the_numbers_follow(page):
    sounds, rate = tile(page, "filler_sounds"), tile(page, "speaking_rate")
    expect(sounds).to_have_text(per_minute(2))

    word(page, "led").click()  # the mouse: a word becomes three
    expect(page.locator(".listening .now")).to_contain_text("Playing “led”")
    page.locator(".menu").get_by_label("What was said").fill("did not lead")
    menu(page, "Save").click()
    expect(told(page)).to_contain_text("1 correction; the numbers come from your corrected words.")
    before = REPORT.finding("speaking_rate").value
    expect(rate).to_have_text(f"{before + 2 / MINUTES:.0f} words/min")
    expect(word(page, "lead")).to_have_attribute("title", "“lead”, heard as “led” at 0:01.3")
    assert "✎" in word(page, "lead").inner_text()

    word(page, "[um]").tap()  # a finger: there was none
    menu(page, "There was no “um”").tap()
    expect(sounds).to_have_text(per_minute(1))
    expect(page.locator(".transcript .taken")).to_have_text("um")

    word(page, "er?").click()  # a possible one was one
    menu(page, "Yes, count “er”").click()
    expect(sounds).to_have_text(per_minute(2))
    expect(page.locator(".transcript .possible")).to_have_count(0)

    page.get_by_role("button", name="Choose with the arrow keys").focus()  # the keyboard: one was not heard
    page.keyboard.press("Enter")
    for _ in range(8):  # I, um taken away, did, not, lead, the, er, project
        page.keyboard.press("ArrowRight")
    assert focused(page) == "Basically,"
    page.keyboard.press("Enter")
    menu(page, "“um” was said before this").focus()
    page.keyboard.press("Enter")
    expect(sounds).to_have_text(per_minute(3))
    expect(told(page)).to_contain_text("4 corrections")
    assert focused(page) == "Basically,"  # where the keyboard was


def test_a_key_in_the_menu_is_for_the_menu_alone_and_escape_leaves_it(page):
    page.evaluate("window.keys = ''; document.addEventListener('keydown', (event) => { window.keys += event.key; })")
    word(page, "worked.").click()
    box = page.locator(".menu").get_by_label("What was said")
    box.press("End")
    box.press_sequentially("rc")  # the page itself has keys: run again, clear the cache
    assert page.evaluate("window.keys") == ""
    expect(box).to_have_value("worked.rc")
    box.press("Escape")
    expect(page.locator(".menu")).to_have_count(0)
    assert focused(page) == "worked."
    word(page, "project.").click()
    page.keyboard.press("Escape")  # a click leaves the keyboard where it was
    expect(page.locator(".menu")).to_have_count(0)


def test_a_filler_word_is_none_and_the_report_as_heard_is_a_choice_away(page):
    words = tile(page, "filler_words")
    expect(words).to_have_text(per_minute(1))
    word(page, "Basically,").click()
    menu(page, "Not a filler here").click()
    expect(words).to_have_text(per_minute(0))
    told(page).get_by_text("As heard", exact=True).click()
    expect(words).to_have_text(per_minute(1))
    expect(page.locator(".said h3")).to_have_text("What was heard")
    expect(page.locator(".transcript .put-right")).to_have_count(0)
    word(page, "worked.").click()
    expect(page.locator(".menu")).to_have_count(0)
    told(page).get_by_text("Corrected", exact=True).click()
    expect(words).to_have_text(per_minute(0))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_lies_inside_the_page(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    words = page.locator(".transcript [data-place]")
    for chosen in (words.first, words.last):
        chosen.click()
        box = page.locator(".menu").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
        menu(page, "Close").click()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_corrections_outlast_a_reload_and_are_taken_back_one_by_one_or_all(page):
    sounds = tile(page, "filler_sounds")
    for left in (1, 0):
        page.locator(".transcript .filler_sound").first.click()
        menu(page, "There was no").click()
        expect(sounds).to_have_text(per_minute(left))
    page.reload()
    expect(told(page)).to_contain_text("2 corrections")
    told(page).get_by_role("button", name="Undo the last").click()
    expect(sounds).to_have_text(per_minute(1))
    told(page).get_by_role("button", name="Undo all").click()
    expect(told(page)).to_have_count(0)
    expect(sounds).to_have_text(per_minute(2))
    expect(page.locator(".transcript .taken")).to_have_count(0)
