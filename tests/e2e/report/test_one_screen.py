"""A report in a real Chromium: what is on its first screen, how long the page is, and the way on by keyboard."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from analysis.analyze import analyze
from services.asked_questions import find_asked_question
from speech.transcript import Transcript
from store.store import Store, open_store
from tests.support.answers import make_answer, synthesise
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.microphones.speaking_browser import RECORD, STOP, wait_for_seconds

pytestmark = pytest.mark.browser

WIDE, PHONE = (1280, 800), (390, 844)
MAX_HEIGHTS = {WIDE: 1600, PHONE: 2954}  # px; 2 screens, 3.5 screens
QUESTION = "tell_me_about_yourself"
STORY_QUESTION = "spotted_a_problem"
MANY_UMS = make_answer(
    "I led {um} the move of a large service to new machines, (0.6) and {um} it took half a year. (1.4) Last spring I "
    "{uh} talked to twelve people who use it, you know, and (2.6) we changed the the plan. {um} (0.8) "
    * 3
    + "In the end the queue was shorter by 40 percent. {um} I want to do that here."
)
LONG = make_answer(
    "Last year our shop had a long queue at noon. (0.8) I counted the people for a week. {um} I wrote down what each "
    "of them asked for, and {uh} I talked to my manager about it. (1.2) "
    * 14
    + "In the end the queue was four minutes shorter."
)
FINE = make_answer(
    "Last year I led the move of our shop to a new till. (0.8) I asked everybody what they needed and I wrote a "
    "plan. (0.7) I trained twelve colleagues in two weeks. (0.9) In the end nobody had to wait longer than four "
    "minutes, and we saved 25 percent of the hours. (0.6) That is why I would like to lead the same work for you. " * 2
)

UNWAITED = """
import sys
from app_pages import launch
from app_pages.components import recorder
recorder.REPORT_SECONDS = 0.0
sys.exit(launch.main())
"""


def add(store: Store, heard: Transcript, question_id: str) -> str:
    question = find_asked_question(question_id)
    attempt = store.add_recording(synthesise(heard), question)
    store.finish(attempt.id, heard, analyze(synthesise(heard), heard, question))
    return attempt.id


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    data = tmp_path_factory.mktemp("data")
    store = open_store(folder=data)
    takes = {
        "first": add(store, MANY_UMS, QUESTION),
        "fine": add(store, FINE, QUESTION),
        "long": add(store, LONG, STORY_QUESTION),
    }
    store.close()
    with app_server(data, ANSWER_ALOUD_MODEL="tiny.en") as address:
        yield SimpleNamespace(address=address, data=data, takes=takes)


def open_report(
    browser: Browser, app: SimpleNamespace, take: str, size: tuple[int, int], scheme: str = "light"
) -> Page:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme=scheme, base_url=app.address
    )
    page = context.new_page()
    let_in(page, app.address)
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    page.goto(f"/?take={app.takes[take]}")
    expect(page.locator(".listening .transcript")).not_to_be_empty()
    expect(page.get_by_role("button", name="Download as JSON")).to_be_visible()
    return page


def read_height(page: Page) -> float:
    """Return the height of everything on the page, in px."""
    return float(page.evaluate("document.querySelector('.stMain').scrollHeight"))


def find_top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def find_bottom(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


@pytest.mark.parametrize("take", ["first", "fine", "long"])
def test_a_page_with_a_report_is_as_short_as_promised_while_folded(browser, app, take):
    page = open_report(browser, app, take, WIDE)
    for size in (WIDE, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        expect(page.locator(".listening .transcript")).to_be_visible()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            take_pictures(page, f"{take}-{size[0]}-{scheme}", size)
            assert read_height(page) <= MAX_HEIGHTS[size]
            assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= size[0]
    page.context.close()


def take_pictures(page: Page, name: str, size: tuple[int, int]) -> None:
    """Keep pictures of the first screen and of the whole page, where a folder is named for them."""
    pictures = os.environ.get("REPORT_PICTURES")  # what is measured is to be looked at too
    if pictures:
        page.screenshot(path=Path(pictures) / f"{name}.png")
        height = int(read_height(page))
        page.set_viewport_size({"width": size[0], "height": height})
        page.screenshot(path=Path(pictures) / f"{name}-whole.png")
        page.set_viewport_size({"width": size[0], "height": size[1]})


@pytest.mark.parametrize("take", ["first", "fine", "long"])
def test_the_first_screen_says_what_to_do_and_holds_player_and_transcript(browser, app, take):
    page = open_report(browser, app, take, WIDE)
    folded = page.get_by_text("Answer again", exact=True)
    todo, keep = page.locator(".st-key-next_step"), page.locator(".st-key-keep")
    timeline, transcript = page.locator(".listening svg").first, page.locator(".listening .transcript")
    assert find_top(folded) < find_top(todo) == pytest.approx(find_top(keep), abs=4)
    assert find_bottom(todo) < find_top(timeline)
    assert find_bottom(timeline) < find_top(transcript)
    line = float(transcript.evaluate("each => parseFloat(getComputedStyle(each).lineHeight)"))
    assert find_top(transcript) + 2 * line <= WIDE[1]
    heading = todo.get_by_role("heading")
    assert heading.evaluate("each => parseFloat(getComputedStyle(each).fontSize)") > keep.get_by_role(
        "heading"
    ).evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    page.context.close()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_coming_back_the_recorder_is_on_the_first_screen_with_the_goal_of_the_last_take(browser, app, size):
    page = open_report(browser, app, "fine", size)
    page.goto(f"/?question={QUESTION}")
    record = page.get_by_role("button", name=RECORD)
    expect(record).to_be_visible()
    expect(page.get_by_text(re.compile("^Take 3:"))).to_be_visible()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning")
    expect(record).to_be_in_viewport(ratio=1)  # once all that stands above has its height
    page.context.close()


def move_to(page: Page, part: Locator, key: str = "Tab") -> None:
    """Press a key until the focus is where it should be, 20 times at most."""
    for _ in range(20):
        page.keyboard.press(key)
        if part.evaluate("each => each === document.activeElement"):
            break
    expect(part).to_be_focused()


def answer_again_by_keyboard(page: Page, key: str = "Tab") -> None:
    """Open the recorder over a report, record two seconds and stop, without a mouse."""
    move_to(page, page.locator(".st-key-again summary").first, key)
    page.keyboard.press("Enter")
    answer_by_keyboard(page)


def answer_by_keyboard(page: Page) -> None:
    """Record two seconds and stop, where the focus is on the recorder."""
    expect(page.get_by_role("button", name=RECORD)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=STOP)).to_be_focused()
    wait_for_seconds(page, 2.0)
    before = page.url
    page.keyboard.press("Enter")
    expect(page).not_to_have_url(before)


def test_by_keyboard_one_key_opens_the_recorder_the_next_records_and_the_focus_goes_to_the_new_report(browser, app):
    page = open_report(browser, app, "fine", WIDE)
    answer_again_by_keyboard(page)
    expect(page.get_by_role("status").filter(has_text="Your report is ready.")).to_have_count(1)
    expect(page.get_by_role("heading", name="Your report")).to_be_focused()
    page.context.close()


def test_from_the_first_page_to_a_report_and_to_the_next_take_no_mouse_is_needed(browser, tmp_path):
    with app_server(tmp_path, ANSWER_ALOUD_MODEL="tiny.en") as address:
        page = browser.new_context(viewport={"width": WIDE[0], "height": WIDE[1]}, base_url=address).new_page()
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        let_in(page, address)
        page.goto("/")
        first = page.get_by_role("button", name="Answer your first question")
        expect(first).to_be_visible()
        move_to(page, first)
        page.keyboard.press("Enter")
        answer_by_keyboard(page)
        patience = 3000 * MAX_WAIT_SECONDS  # ms; the recogniser is loaded first
        expect(page.get_by_role("heading", name="Your report")).to_be_focused(timeout=patience)
        answer_again_by_keyboard(page, "Shift+Tab")
        expect(page.get_by_role("heading", name="Your report")).to_be_focused()
        page.context.close()


def test_the_focus_goes_to_a_report_that_the_page_did_not_wait_for_too(browser, app):
    with app_server(app.data, command=(sys.executable, "-c", UNWAITED), ANSWER_ALOUD_MODEL="tiny.en") as address:
        page = open_report(browser, SimpleNamespace(address=address, takes=app.takes), "fine", WIDE)
        answer_again_by_keyboard(page)
        expect(page.get_by_role("heading", name="Your report")).to_be_focused()
        page.context.close()


def test_pitch_and_loudness_are_drawn_on_request_and_taken_away_again(browser, app):
    page = open_report(browser, app, "first", WIDE)
    lines = page.locator(".listening svg :is(.pitch, .loudness)")
    choice = page.get_by_role("button", name="Pitch and loudness")
    expect(lines).to_have_count(0)
    choice.click()
    expect(choice).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".listening svg .loudness")).to_have_count(1)
    assert page.locator(".listening svg .pitch").count() >= 1
    choice.click()
    expect(lines).to_have_count(0)
    page.context.close()


def test_the_whole_transcript_is_shown_on_request(browser, app):
    page = open_report(browser, app, "long", WIDE)
    transcript, whole = (
        page.locator(".listening .transcript"),
        page.get_by_role("button", name="Show the whole transcript"),
    )
    folded = find_bottom(transcript) - find_top(transcript)
    whole.click()
    page.get_by_role("button", name="Show less").wait_for()
    assert find_bottom(transcript) - find_top(transcript) > 2 * folded
    page.context.close()


def test_the_drill_plays_three_ums_and_counts_those_that_are_noticed_in_a_clip(browser, app):
    page = open_report(browser, app, "first", WIDE)
    page.get_by_role("button", name="Two-minute um drill").click()
    expect(page.get_by_role("heading", name="Two-minute um drill")).to_be_visible()
    sound = page.locator(".drill audio")
    expect(page.locator(".drill .moments button")).to_have_count(3)
    page.get_by_role("button", name="Um 1").click()
    page.wait_for_function("each => each.currentTime > 0.5", arg=sound.element_handle())
    page.get_by_role("button", name="Play the clip").click()
    page.wait_for_function("each => !each.paused", arg=sound.element_handle())
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.locator(".drill .count")).to_have_text("You noticed 2.")
    sound.evaluate("each => { each.playbackRate = 10; }")
    expect(page.get_by_text("The more you notice, the fewer you say.")).to_be_visible()
    expect(page.get_by_role("button", name=RECORD)).to_be_visible()
    page.get_by_role("button", name="Back to the report").click()
    expect(page.get_by_role("heading", name="Your report")).to_be_visible()
    page.context.close()
