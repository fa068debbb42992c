"""Around an interview in a real Chromium: dates in words, what was deleted comes back, a letter on one screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from interview.interview import Interview
from interview.person import Person
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.interviews import DEBRIEF, HELD, MARIA, TOM
from tests.support.whole_store import open_page

pytestmark = pytest.mark.browser

WIDE = (1280, 800)
NUMBERS = '[data-testid="stDateInputFieldsScroller"]'
SHOWN_WORDS = "each => getComputedStyle(each, '::before').content"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    data: Path = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    for thing in (HELD, MARIA, TOM, DEBRIEF):
        store.save(thing)
    with app_server(data) as address:
        yield SimpleNamespace(address=address, store=store)
    store.close()


@pytest.fixture
def page(browser: Browser, app: SimpleNamespace) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, base_url=app.address)
    page = context.new_page()
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    let_in(page, app.address)
    yield page
    context.close()


def find_bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


def test_a_date_is_typed_in_numbers_and_shown_in_words(page: Page, app: SimpleNamespace) -> None:
    open_page(page, "interviews")
    page.get_by_role("button", name="Add an interview").click()
    page.get_by_role("textbox", name="Company", exact=True).fill("Ferry Works")
    field = page.locator(NUMBERS).first
    expect(field).to_have_attribute("data-words", "Choose a date")
    page.get_by_role("spinbutton", name="year").first.click()
    page.keyboard.type("20270701")
    expect(field).to_have_attribute("data-words", "Thursday 1 July 2027")
    assert field.evaluate(SHOWN_WORDS) == "none"  # the numbers, while somebody types them
    page.get_by_role("textbox", name="Company", exact=True).focus()
    assert field.evaluate(SHOWN_WORDS) == '"Thursday 1 July 2027"'
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Thursday 1 July 2027, time not set")).to_be_visible()
    (new,) = [each for each in app.store.load_documents(Interview) if each.id != HELD.id]
    assert str(new.day) == "2027-07-01"
    page.get_by_role("button", name="Change").click()
    expect(field).to_have_attribute("data-words", "Thursday 1 July 2027")
    app.store.delete_document(new.id)


def test_an_interview_that_was_deleted_comes_back_with_one_click(page: Page, app: SimpleNamespace) -> None:
    open_page(page, f"interviews?interview={HELD.id}")
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Yes, delete it").click()
    deleted = page.get_by_role("status").filter(has_text="Deleted: Data Analyst at Harbour Analytics.")
    expect(deleted).to_be_visible()
    undo = page.get_by_role("button", name="Undo")
    expect(undo).to_be_visible()
    assert find_bottom(undo) <= WIDE[1]
    assert app.store.load_documents(Interview) == app.store.load_documents(Person) == ()
    undo.click()
    expect(page.get_by_text("Data Analyst at Harbour Analytics is back.")).to_be_visible()
    assert app.store.load_documents(Interview) == (HELD,)
    assert set(app.store.load_documents(Person)) == {MARIA, TOM}


def test_a_thank_you_note_is_written_and_sent_without_scrolling(page: Page) -> None:
    open_page(page, f"thanks?interview={HELD.id}")
    page.get_by_label("Your name").fill("Alex Doe")
    page.get_by_role("button", name="Write draft").click()
    expect(page.get_by_label("Your note")).to_have_value(re.compile(r"^Dear [\s\S]*Alex Doe\s*$"))
    for last in ("Rewrite draft", "Save note", "I sent it"):
        assert find_bottom(page.get_by_role("button", name=last)) <= WIDE[1]


def test_the_way_to_the_people_of_an_interview_leads_to_them(page: Page, app: SimpleNamespace) -> None:
    alone = Interview("b" * 32, "Clean Rivers", at=HELD.at, state=HELD.state)
    app.store.save(alone)
    open_page(page, f"thanks?interview={alone.id}")
    page.get_by_role("link", name="Add the people you met").click()
    expect(page.get_by_role("button", name="Add a person")).to_be_visible()
    app.store.delete_document(alone.id)


def test_what_a_screen_reader_says_has_no_signs_of_markdown_in_it(page: Page) -> None:
    open_page(page, "interviews")
    named = "[...document.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label'))"
    page.wait_for_function(f"({named}).some((each) => each.includes('careers pages: their mission'))")
    assert [each for each in page.evaluate(named) if "\\" in each] == []
