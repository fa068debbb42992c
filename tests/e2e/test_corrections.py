"""Correct words in a real Chromium with mouse, touch and keyboard, and undo the corrections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

from analysis.analyze import analyze
from services.asked_questions import find_asked_question
from speech.transcript import Word, WordKind
from store.store import open_store
from tests.support.answers import make_answer, synthesise
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

QUESTION = find_asked_question("tell_me_about_yourself")
HEARD = replace(
    make_answer("I {um} led the (0.8) project. (0.5) Basically, it {uh} worked. (1.2) " + "We like that. (0.4) " * 6),
    possible_fillers=(Word("er", 2.2, 2.4, 0.3, WordKind.FILLED_PAUSE),),
)
SOUND = synthesise(HEARD)
REPORT = analyze(SOUND, HEARD, QUESTION)
MINUTES = REPORT.response.duration / 60


@pytest.fixture(scope="module")
def data(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def tab(data) -> Iterator[Page]:
    """Open a browser tab whose address is that of the app."""
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, has_touch=True, base_url=server)
        let_in(opened, server)
        opened.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        yield opened
        browser.close()


@pytest.fixture
def page(tab, data) -> Page:
    """Open the report of a short answer that is already analysed."""
    store = open_store(folder=data)
    kept = store.add_recording(SOUND, QUESTION)
    store.finish(kept.id, HEARD, REPORT)
    store.close()
    tab.goto(f"/?take={kept.id}")
    expect(tab.locator(".listening .transcript")).to_contain_text("project.")
    return tab


def find_word(page: Page, text: str) -> Locator:
    return page.locator(".transcript [data-place]").filter(has_text=text).first


def find_menu_item(page: Page, choice: str) -> Locator:
    return page.locator(".menu").get_by_role("button", name=choice)


def find_tile(page: Page, measure: str) -> Locator:
    return page.locator(f".st-key-tile_{measure} p").first


def find_status(page: Page) -> Locator:
    return page.locator(".st-key-corrections")


def read_focused(page: Page) -> str:
    """Return the text of the element that has the keyboard focus, inside the component."""
    return page.evaluate(
        "() => { let at = document.activeElement; while (at.shadowRoot) at = at.shadowRoot.activeElement;"
        " return at.innerText; }"
    )


def format_rate(events: int) -> str:
    return f"{events / MINUTES:.1f} per min"


def test_words_can_be_corrected_with_mouse_touch_and_keyboard_and_the_numbers_follow(page):
    sounds, rate = find_tile(page, "filler_sounds"), find_tile(page, "speaking_rate")
    expect(sounds).to_have_text(format_rate(2))

    find_word(page, "led").click()  # the mouse: a word becomes three
    expect(page.locator(".listening .now")).to_contain_text("Playing “led”")
    page.locator(".menu").get_by_label("What you said").fill("did not lead")
    find_menu_item(page, "Save").click()
    expect(find_status(page)).to_contain_text("1 correction. Numbers updated:")
    before = REPORT.get_finding("speaking_rate").value
    expect(rate).to_have_text(f"{before + 2 / MINUTES:.0f} words/min")
    expect(find_word(page, "lead")).to_have_attribute("title", "“lead”, transcribed as “led” at 0:01.3")
    assert "✎" in find_word(page, "lead").inner_text()

    find_word(page, "[um]").tap()  # a finger: there was none
    find_menu_item(page, "I didn't say “um”").tap()
    expect(sounds).to_have_text(format_rate(1))
    expect(page.locator(".transcript .taken")).to_have_text("um")

    find_word(page, "er?").click()  # a possible one was one
    find_menu_item(page, "Yes, count “er”").click()
    expect(sounds).to_have_text(format_rate(2))
    expect(page.locator(".transcript .possible")).to_have_count(0)

    page.get_by_role("button", name="Use arrow keys").focus()  # the keyboard: one was not heard
    page.keyboard.press("Enter")
    for _ in range(8):  # I, um taken away, did, not, lead, the, er, project
        page.keyboard.press("ArrowRight")
    assert read_focused(page) == "Basically,"
    page.keyboard.press("Enter")
    find_menu_item(page, "Add an “um” before this").focus()
    page.keyboard.press("Enter")
    expect(sounds).to_have_text(format_rate(3))
    expect(find_status(page)).to_contain_text("4 corrections")
    assert read_focused(page) == "Basically,"  # where the keyboard was


def test_keys_typed_in_the_menu_do_not_reach_the_page_and_escape_closes_it(page):
    page.evaluate("window.keys = ''; document.addEventListener('keydown', (event) => { window.keys += event.key; })")
    find_word(page, "worked.").click()
    box = page.locator(".menu").get_by_label("What you said")
    box.press("End")
    box.press_sequentially("rc")  # the page itself has keys: run again, clear the cache
    assert page.evaluate("window.keys") == ""
    expect(box).to_have_value("worked.rc")
    box.press("Escape")
    expect(page.locator(".menu")).to_have_count(0)
    assert read_focused(page) == "worked."
    find_word(page, "project.").click()
    page.keyboard.press("Escape")  # a click leaves the keyboard where it was
    expect(page.locator(".menu")).to_have_count(0)


def test_a_filler_word_can_be_rejected_and_the_original_report_shown_again(page):
    words = find_tile(page, "filler_words")
    expect(words).to_have_text(format_rate(1))
    find_word(page, "Basically,").click()
    find_menu_item(page, "It isn't a filler here").click()
    expect(words).to_have_text(format_rate(0))
    find_status(page).get_by_text("Original", exact=True).click()
    expect(words).to_have_text(format_rate(1))
    expect(page.locator(".said h3")).to_have_text("What you said")
    expect(page.locator(".transcript .put-right")).to_have_count(0)
    find_word(page, "worked.").click()
    expect(page.locator(".menu")).to_have_count(0)
    find_status(page).get_by_text("Corrected", exact=True).click()
    expect(words).to_have_text(format_rate(0))


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_fits_into_the_page(page, width):
    page.set_viewport_size({"width": width, "height": 844})
    words = page.locator(".transcript [data-place]")
    for chosen in (words.first, words.last):
        chosen.click()
        box = page.locator(".menu").bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= width
        find_menu_item(page, "Close").click()
    page.set_viewport_size({"width": 1280, "height": 900})


def test_corrections_survive_a_reload_and_can_be_undone_singly_or_all_at_once(page):
    sounds = find_tile(page, "filler_sounds")
    for left in (1, 0):
        page.locator(".transcript .filler_sound").first.click()
        find_menu_item(page, "I didn't say “").click()
        expect(sounds).to_have_text(format_rate(left))
    page.reload()
    expect(find_status(page)).to_contain_text("2 corrections")
    find_status(page).get_by_role("button", name="Undo the last").click()
    expect(sounds).to_have_text(format_rate(1))
    find_status(page).get_by_role("button", name="Undo all").click()
    expect(find_status(page)).to_have_count(0)
    expect(sounds).to_have_text(format_rate(2))
    expect(page.locator(".transcript .taken")).to_have_count(0)
