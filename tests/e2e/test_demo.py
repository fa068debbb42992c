"""The demo in a real Chromium: it outlasts a reload, and the browser's Back takes one press in it as elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.practised_store import practise

pytestmark = pytest.mark.browser

IN_DEMO = "This is a demo."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    practise(store, [8, 2])
    store.close()
    with app_server(data) as address:
        yield address


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=server)
    opened = context.new_page()
    opened.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    let_in(opened, server)
    yield opened
    context.close()


def settle(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_the_demo_outlasts_a_reload_and_ends_with_a_click(page: Page) -> None:
    page.goto("/progress")
    page.get_by_role("button", name="See a demo history").click()
    expect(page.get_by_text(IN_DEMO)).to_be_visible()
    expect(page).to_have_url(r"{}/progress?demo=1".format(page.url.split("/progress")[0]))
    page.reload()
    expect(page.get_by_text(IN_DEMO)).to_be_visible()
    page.get_by_role("link", name="Compare two takes").first.click()
    settle(page, "Compare two takes")
    page.reload()
    expect(page.get_by_text(IN_DEMO)).to_be_visible()
    settle(page, "Compare two takes")
    page.get_by_role("button", name="Leave the demo").click()
    expect(page.get_by_text(IN_DEMO)).to_have_count(0)
    settle(page, "Compare two takes")
    page.reload()
    settle(page, "Compare two takes")
    expect(page.get_by_text(IN_DEMO)).to_have_count(0)


@pytest.mark.parametrize("in_demo", [False, True])
def test_one_press_of_back_leaves_the_comparison(page: Page, in_demo: bool) -> None:
    page.goto("/progress?demo=1" if in_demo else "/progress")
    settle(page, "Progress")
    page.get_by_test_id("stTopNavLink").filter(has_text="Compare").click()
    settle(page, "Compare two takes")
    page.go_back()
    settle(page, "Progress")
