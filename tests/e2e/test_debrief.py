"""The pages of the debrief and the notes in a real Chromium: what is typed last counts, a telephone's width."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from interview.ids import new_id
from interview.interview import Interview, InterviewState
from interview.person import Part, Person
from interview.thank_you.note import ThankYou, thank_you_id
from store.store import open_store
from tests.support.app_server import PATIENCE, app_server, let_in
from tools.system_packages import chromium

pytestmark = pytest.mark.browser

BEGAN = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=6)
HELD = Interview(
    new_id(), "Harbour Analytics", "Data Analyst", at=BEGAN, zone="Europe/Vienna", state=InterviewState.HELD
)
MARIA = Person(new_id(), "Maria Okafor", HELD.id, Part.SUPERVISOR, email="maria@harbour.example")
NOTE = ThankYou(
    thank_you_id(HELD.id, MARIA.id), HELD.id, MARIA.id, subject="Thank you", body="Dear Maria Okafor,\n\nthank you."
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with an interview, somebody who asked there, and the note to her."""
    folder: Path = tmp_path_factory.mktemp("data")
    store = open_store(folder=folder)
    for thing in (HELD, MARIA, NOTE):
        store.keep(thing)
    store.close()
    return folder


@pytest.fixture(scope="module")
def page(data: Path) -> Iterator[Page]:
    with app_server(data) as server, sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE * 1000)
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page(base_url=server)
        let_in(page, server)
        page.set_default_timeout(PATIENCE * 1000)
        yield page
        browser.close()


def test_a_click_that_ends_the_typing_does_not_take_along_the_text_before_it(page: Page) -> None:
    page.goto(f"/thanks?interview={HELD.id}")
    save, body = page.get_by_role("button", name="Save as an email"), page.get_by_label("The note, to change")
    save.wait_for()
    body.fill("Dear Maria Okafor,\n\nA newer text.")
    downloads: list[object] = []
    page.on("download", lambda started: downloads.append(started))
    save.scroll_into_view_if_needed()
    box = save.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_text("It does not say thank you.")).to_be_visible()
    assert downloads == []
    with page.expect_download() as saved:
        save.click()
    message = message_from_bytes(Path(saved.value.path()).read_bytes(), policy=policy.default)
    assert message.get_content().replace("\r\n", "\n") == "Dear Maria Okafor,\n\nA newer text."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["debrief", "thanks"])
def test_nothing_is_wider_than_a_telephone(page: Page, name: str, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{name}?interview={HELD.id}")
    expect(page.get_by_role("button", name="Save the")).to_be_visible()
    wide = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')].filter(e => e.scrollWidth > e.clientWidth)"
    assert page.evaluate(f"{wide}.length") == 0
