"""Test the debrief and note pages in a real Chromium: the last typed text counts, and a phone's width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from interview.ids import make_id
from interview.interview import Interview, InterviewState
from interview.person import Person, PersonRole
from interview.thank_you.note import ThankYou, make_thank_you_id
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=6)
HELD = Interview(
    make_id(), "Harbour Analytics", "Data Analyst", at=BEGAN, zone="Europe/Vienna", state=InterviewState.HELD
)
MARIA = Person(make_id(), "Maria Okafor", HELD.id, PersonRole.SUPERVISOR, email="maria@harbour.example")
NOTE = ThankYou(
    make_thank_you_id(HELD.id, MARIA.id),
    HELD.id,
    MARIA.id,
    subject="Thank you",
    body="Dear Maria Okafor,\n\nthank you.",
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with an interview, an interviewer, and a note to her."""
    folder: Path = tmp_path_factory.mktemp("data")
    store = open_store(folder=folder)
    for thing in (HELD, MARIA, NOTE):
        store.save(thing)
    store.close()
    return folder


@pytest.fixture(scope="module")
def page(data: Path) -> Iterator[Page]:
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        page = browser.new_page(base_url=server)
        let_in(page, server)
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        yield page
        browser.close()


def test_a_click_that_ends_typing_does_not_download_the_previous_text(page: Page) -> None:
    page.goto(f"/thanks?interview={HELD.id}")
    save, body = page.get_by_role("button", name="Save as an email"), page.get_by_label("Your note", exact=True)
    page.get_by_text("Copy it, or save it as an email").click()
    save.wait_for()
    body.fill("Dear Maria Okafor,\n\nA newer text.")
    downloads: list[object] = []
    page.on("download", lambda started: downloads.append(started))
    save.scroll_into_view_if_needed()
    box = save.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("It doesn't say thank you.")).to_be_visible()
    assert downloads == []
    with page.expect_download() as saved:
        save.click()
    message = message_from_bytes(Path(saved.value.path()).read_bytes(), policy=policy.default)
    assert message.get_content().replace("\r\n", "\n") == "Dear Maria Okafor,\n\nA newer text."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "button"), [("debrief", "Save debrief"), ("thanks", "Save note")])
def test_nothing_is_wider_than_a_phone(page: Page, name: str, button: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{name}?interview={HELD.id}")
    expect(page.get_by_role("button", name=button)).to_be_visible()
    wide = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") == 0
