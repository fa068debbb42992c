"""Compare two takes in a real Chromium, in the demo too: it outlasts a reload, and Back takes one press."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from analysis.analyze import analyze
from services.asked_questions import find_asked_question
from store.store import open_store
from tests.support.answers import make_answer, synthesise
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.practised_store import practise

pytestmark = pytest.mark.browser

QUESTION = find_asked_question("tell_me_about_yourself")
TAKES = ("I {um} led the project. (0.8) It {uh} worked. (1.0) ", "I led the team. (0.8) It worked. (1.0) ")


def test_two_takes_of_a_question_are_shown_side_by_side(tmp_path, browser):
    store = open_store(folder=tmp_path)
    for number, said in enumerate(TAKES):
        heard = make_answer(said * 8)
        sound = synthesise(heard)
        kept = store.add_recording(sound, QUESTION, datetime.now(UTC) - timedelta(days=2 - number))
        store.finish(kept.id, heard, analyze(sound, heard, QUESTION))
    store.close()
    with app_server(tmp_path) as server:
        context = browser.new_context(base_url=server)
        page = context.new_page()
        let_in(page, server)
        page.goto("/compare")
        expect(page.get_by_role("heading", name="Compare two takes")).to_be_visible()
        for text in ("take 1", "take 2", "Fewer ums", "project", "team"):
            expect(page.get_by_text(text).first).to_be_attached()
        expect(page.get_by_test_id("stException")).to_have_count(0)
        context.close()


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
