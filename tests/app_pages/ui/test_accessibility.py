"""Every page in a real Chromium, in light, in dark and on a phone: axe-core, one first step, the keyboard, the menu."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import axe_playwright_python as axe
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.whole_store import ADDRESSES, SIZES, fill, open_page
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

AXE = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# Streamlit's own, which no page of ours draws: on a phone, the lists of its side menu hold the names of their groups.
STREAMLITS_OWN = {"list", "listitem"}
STREAMLITS_UPLOAD = ("presentation-role-conflict", "stFileUploaderDropzone")
FIRST_STEPS = '[data-testid^="stBaseButton-primary"], .st-key-again summary'
RUN_AXE = """async () => {
  const found = await axe.run(document, { resultTypes: ["violations"] });
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => ({
    id, html: html.slice(0, 200), isInMenu: document.querySelector(String(target[0]))?.closest(
      '[data-testid="stSidebar"]') !== null,
  })));
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        started = playwright.chromium.launch(executable_path=find_chromium())
        yield started
        started.close()


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    data = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    take = fill(store)
    store.close()
    with app_server(data) as address:
        yield SimpleNamespace(address=address, take=take)


@pytest.fixture(scope="module", params=list(SIZES))
def tab(request: pytest.FixtureRequest, browser: Browser, filled: SimpleNamespace) -> Iterator[SimpleNamespace]:
    (width, height), scheme = SIZES[request.param]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, base_url=filled.address, bypass_csp=True
    )
    page = context.new_page()
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    let_in(page, filled.address)
    yield SimpleNamespace(page=page, mode=request.param, take=filled.take)
    context.close()


def find_violations(page: Page) -> list[str]:
    """Return what axe-core finds that is ours: the rule, and the element."""
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(RUN_AXE)
    return [
        f"{each['id']}: {each['html']}"
        for each in found
        if not (each["isInMenu"] and each["id"] in STREAMLITS_OWN)
        and not (each["id"] == STREAMLITS_UPLOAD[0] and STREAMLITS_UPLOAD[1] in each["html"])
    ]


@pytest.fixture(scope="module")
def switched(browser: Browser, filled: SimpleNamespace) -> Iterator[Page]:
    """A page that each test looks at in every mode."""
    context = browser.new_context(base_url=filled.address, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    let_in(page, filled.address)
    yield page
    context.close()


def switch(page: Page, mode: str) -> None:
    """Show the page that is open in another size and scheme."""
    (width, height), scheme = SIZES[mode]
    page.set_viewport_size({"width": width, "height": height})
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function(IS_DRAWN_IN, arg=scheme)


IS_DRAWN_IN = """(scheme) => {
  const app = getComputedStyle(document.querySelector('[data-testid="stApp"]'));
  const lightness = (colour) => Math.max(...colour.match(/[0-9.]+/g).slice(0, 3).map(Number));
  const isMoving = document.getAnimations().some((each) => each.playState === "running"
    && each.effect.getComputedTiming().endTime !== Infinity); // colours on their way have any contrast
  return (lightness(app.backgroundColor) < lightness(app.color)) === (scheme === "dark") && !isMoving;
}"""


@pytest.fixture(scope="module", params=ADDRESSES)
def opened(request: pytest.FixtureRequest, switched: Page) -> Page:
    """Each page, opened once."""
    open_page(switched, request.param)
    return switched


def test_axe_finds_nothing_of_ours_in_light_in_dark_and_on_a_phone(opened: Page) -> None:
    found = {}
    for mode in SIZES:
        switch(opened, mode)
        found[mode] = find_violations(opened)
    assert found == {mode: [] for mode in SIZES}


def test_no_page_has_two_buttons_that_both_say_press_me_first(opened: Page) -> None:
    seen = "all => all.filter(each => each.checkVisibility()).map(each => each.innerText)"
    assert len(opened.locator(FIRST_STEPS).evaluate_all(seen)) <= 1


def test_nothing_is_wider_than_a_phone(opened: Page) -> None:
    switch(opened, "phone")
    wide = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')].filter(e => e.scrollWidth > e.clientWidth)"
    assert opened.evaluate(f"{wide}.length") == 0


def open_all_folds(page: Page) -> None:
    """Open every fold, and those that were in them."""
    closed = page.locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
        expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")


def test_axe_finds_nothing_of_ours_on_a_report_with_all_folds_open(tab: SimpleNamespace) -> None:
    open_page(tab.page, f"?take={tab.take}")
    expect(tab.page.get_by_role("button", name="Download as JSON")).to_be_visible()
    open_all_folds(tab.page)
    expect(tab.page.get_by_role("button", name="Comment at 0:01: play")).to_be_visible()
    assert find_violations(tab.page) == []


def test_the_page_of_a_group_is_marked_in_the_menu(tab: SimpleNamespace) -> None:
    page = tab.page
    open_page(page, "debrief")
    if tab.mode == "phone":
        page.get_by_role("button", name="Open menu").click()
        expect(page.get_by_role("link", name="Debrief")).to_have_attribute("aria-current", "page")
        expect(page.get_by_role("button", name="Close menu")).to_be_attached()
    else:
        expect(page.get_by_test_id("stTopNavSection").filter(has_text="Interviews")).to_have_attribute(
            "aria-current", "true"
        )
        expect(page.get_by_test_id("stTopNavSection").filter(has_text="More")).not_to_have_attribute(
            "aria-current", "true"
        )


@pytest.mark.parametrize("address", ["mock", "progress", "settings"])
def test_the_keyboard_meets_no_links_to_headings_and_shows_a_ring_wherever_it_is(
    tab: SimpleNamespace, address: str
) -> None:
    page = tab.page
    open_page(page, address)
    assert (
        page.locator("h1 a, h2 a, h3 a, h4 a").evaluate_all("all => all.filter(e => e.checkVisibility()).length") == 0
    )
    for _ in range(12):
        page.keyboard.press("Tab")
        where = page.evaluate(SHOWN_FOCUS)
        assert where["ring"], where["html"]


# Some fields of Streamlit's draw the ring on what surrounds them.
SHOWN_FOCUS = """() => {
  let on = document.activeElement;
  while (on?.shadowRoot?.activeElement) on = on.shadowRoot.activeElement;
  const has = (e) => {
    const style = getComputedStyle(e);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
  };
  let ring = on === document.body || has(on);
  for (let e = on, up = 0; !ring && e && up < 4; e = e.parentElement, up++) ring = has(e);
  return { ring, html: on.outerHTML.slice(0, 200) };
}"""


def test_who_wants_less_motion_gets_none(tab: SimpleNamespace) -> None:
    page = tab.page
    page.emulate_media(reduced_motion="reduce")
    open_page(page, "progress")
    moving = """() => [...document.querySelectorAll("*")].filter(e => {
      const style = getComputedStyle(e);
      return Math.max(...style.transitionDuration.split(",").map(parseFloat)) > 0.001;
    }).length"""
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
