"""Test export, import, deletion, settings and the demo in a real Chromium."""

from __future__ import annotations

import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from samples.demo import PLAN
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.stored_attempts import add_done
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with app_server(home / "data", ANSWER_ALOUD_SETTINGS=str(home / "settings.toml")) as started:
        yield started


@pytest.fixture(scope="module")
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        browser = playwright.chromium.launch(executable_path=find_chromium())
        opened = browser.new_page(viewport={"width": 1280, "height": 900})
        let_in(opened, address)
        opened.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        yield opened
        browser.close()


def expect_answers(page: Page, many: int) -> None:
    """Check that so many answers are listed, and wait until the page is drawn.

    At the end of a run Streamlit builds rows again, and a click in that moment is lost.
    """
    expect(page.get_by_role("heading", name=f"Answers ({many})")).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_the_demo_is_entered_and_left_with_one_click(page: Page, address: str):
    page.goto(f"{address}/data")
    expect_answers(page, 0)
    page.get_by_role("button", name="See a demo history").click()
    expect_answers(page, len(PLAN))
    page.get_by_role("link", name="Open", exact=True).first.click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    expect(page.get_by_text("This is a demo.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download report with audio").click()
    written = download.value.path().read_text(encoding="utf-8")
    assert download.value.suggested_filename.endswith("-tell-me-about-yourself.html")
    assert written.count('src="data:audio/flac;base64,') == 1
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_text("better (not just chance)").first).to_be_visible()
    page.get_by_role("button", name="Leave the demo").click()
    expect(page.get_by_text("Answer your first question")).to_be_visible()
    page.get_by_role("link", name="Your data").click()
    expect_answers(page, 0)


def test_all_data_can_be_exported_deleted_and_imported_again(page: Page, address: str, home: Path):
    store = open_store(folder=home / "data")
    ids = {add_done(store), add_done(store)}
    page.goto(f"{address}/data")
    expect_answers(page, 2)
    page.get_by_text("Export your data").click()
    page.get_by_role("button", name="Prepare the export").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the export").click()
    whole = home / "whole.zip"
    download.value.save_as(whole)
    with zipfile.ZipFile(whole) as archive:
        assert {f"attempts/{each}.json" for each in ids} < set(archive.namelist())
    page.get_by_role("button", name="Delete", exact=True).first.click()
    page.get_by_role("button", name="Delete answer").click()
    expect_answers(page, 1)
    page.get_by_text("Delete everything", exact=True).click()
    page.get_by_role("textbox", name="To confirm, type").fill("delete everything")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Delete everything for good").click()
    expect_answers(page, 0)
    assert list((home / "data" / "recordings").iterdir()) == []
    page.get_by_text("Import an export").click()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(whole)
    page.get_by_role("button", name="Import", exact=True).click()
    expect(page.get_by_text("2 answers added.")).to_be_visible()
    page.get_by_role("link", name="Progress").click()
    page.get_by_role("link", name="Your data").click()
    expect_answers(page, 2)
    assert {attempt.id for attempt in store.load_history()} == ids
    store.close()


def test_an_end_of_a_range_can_be_emptied_and_saved(page: Page, address: str, home: Path):
    page.goto(f"{address}/settings")
    page.get_by_role("combobox", name="Set my own range for").click()
    page.keyboard.type("Speaking rate")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    for name, written in (("Amber to", ""), ("Green to", "150")):
        end = page.get_by_role("spinbutton", name=name)
        end.fill(written)
        end.press("Enter")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Settings saved.").first).to_be_visible()
    assert tomllib.loads((home / "settings.toml").read_text(encoding="utf-8")) == {
        "bands": {"speaking_rate": {"fine_from": 120, "fine_to": 150, "watch_from": 110}}
    }


@pytest.mark.parametrize("path", ["data", "settings"])
def test_no_page_is_wider_than_a_phone(page: Page, address: str, path: str):
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 390
