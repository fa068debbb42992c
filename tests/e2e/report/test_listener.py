"""A listener in a real Chromium: mark and comment on the exported page, save the file, see it beside the answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from app_pages.report.html_report import render_html_report
from services.listener_comments import load_listener_comments
from store.store import open_store
from tests.app_pages.ui.test_accessibility import find_violations
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, let_in
from tests.support.listeners import export_answer

pytestmark = pytest.mark.browser

HOSTILE = "</textarea><img src=x onerror=document.title='broken'> “**b**” \\ 語\u2028\U0001f600"
FOLD = "For the listener: comment on this answer"
SAVE, MARK = "Save comments as a file", "Mark this moment"
# A promise, because the policy of the page lets no text be evaluated as a script, which waiting for a function needs.
PLAYED_TO = """(audio, seconds) => new Promise((done) => {
  const look = () => (audio.currentTime >= seconds ? done(audio.currentTime) : requestAnimationFrame(look));
  look();
})"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    """Store an answer; export its page, which is opened as a file."""
    data, folder = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("sent")
    store = open_store(folder=data)
    exported = export_answer(store, folder / "answer.html")
    other = replace(exported.report, digest="e" * 64)
    (folder / "other.html").write_text(render_html_report(other, exported.flac), encoding="utf-8")
    yield SimpleNamespace(data=data, folder=folder, attempt=exported.attempt, store=store)
    store.close()


def open_exported(
    browser: Browser, folder: Path, name: str = "answer.html", size: tuple[int, int] = (1280, 800), **options: Any
) -> Page:
    page = browser.new_context(viewport={"width": size[0], "height": size[1]}, **options).new_page()
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    page.goto((folder / name).as_uri())
    return page


def find_word(page: Page, text: str) -> Locator:
    return page.locator(".transcript [data-start]", has_text=re.compile(rf"^{re.escape(text)}$")).first


def read_start(word: Locator) -> float:
    start = word.get_attribute("data-start")
    assert start is not None
    return float(start)


def mark_word(page: Page, text: str, comment: str) -> float:
    """Mark a word of the transcript by mouse and write a comment to it; return when the word begins, in s."""
    word = find_word(page, text)
    word.click()
    page.get_by_role("button", name=f"Mark “{text}”").click()
    expect(page.locator(".marks textarea:focus")).to_be_focused()
    page.keyboard.insert_text(comment)
    return read_start(word)


def save_file(page: Page) -> tuple[str, bytes]:
    with page.expect_download() as download:
        page.get_by_role("button", name=SAVE).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def read_moments(data: bytes) -> list[tuple[float, str]]:
    return [(each["at"], each["comment"]) for each in json.loads(data)["moments"]]


def test_what_a_listener_marks_and_writes_comes_back_beside_the_answer_and_can_be_played(
    browser: Browser, answer: SimpleNamespace
) -> None:
    page = open_exported(browser, answer.folder)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    page.get_by_text(FOLD).click()
    page.get_by_label("Your name").fill("  Sam \t B.  ")
    at_word = mark_word(page, "changed", HOSTILE)
    page.locator(".bar").get_by_role("button", name="Play").click()
    played = page.locator("audio").evaluate(PLAYED_TO, at_word + 3)
    page.get_by_role("button", name=MARK).click()
    assert page.locator("audio").evaluate("audio => audio.paused")
    page.keyboard.insert_text("Clear result.")
    page.get_by_label("Overall comment").fill("Good story.\nSpeak up.")
    name, data = save_file(page)
    assert name == "comments-2026-03-01-take-1-tell-me-about-yourself.json"
    assert page.title() != "broken"
    assert [url for url in fetched if not url.startswith(("data:", "blob:"))] == []
    written = json.loads(data)
    assert written["name"] == "Sam B."
    first, second = read_moments(data)
    assert first == (pytest.approx(at_word, abs=0.01), HOSTILE)
    assert second[0] == pytest.approx(played - 1.5, abs=1)  # what was heard lies before the press
    page.context.close()

    with app_server(answer.data) as address:
        page = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=address).new_page()
        page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
        let_in(page, address)
        page.goto(f"/?take={answer.attempt.id}")
        page.get_by_text("Your notes and a listener's comments").click()
        field = page.get_by_test_id("stFileUploaderDropzoneInput").last
        field.set_input_files({"name": name, "mimeType": "application/json", "buffer": data})
        expect(page.get_by_text("Added: comments on 2 moments from Sam B.")).to_be_visible()
        listener = page.locator(".st-key-listeners")
        expect(listener.get_by_text("Good story.")).to_be_visible()
        expect(listener.locator(".moments .comment")).to_have_count(2)
        assert listener.locator(".moments .comment").first.text_content() == HOSTILE
        assert listener.locator("img").count() == 0
        play = listener.get_by_role("button", name=re.compile("^Comment at .*: play"))
        expect(play).to_have_count(2)
        play.first.click()
        expect(play.first).to_have_attribute("aria-pressed", "true")
        playing = page.locator(".listening audio").evaluate(PLAYED_TO, first[0])
        assert playing < first[0] + 5
        page.context.close()
    (kept,) = load_listener_comments(answer.store, answer.attempt.id)
    assert {(each.at, each.comment) for each in kept.moments} == set(read_moments(data))
    assert kept.overall == "Good story.\nSpeak up."


def test_comments_can_be_made_moved_deleted_and_brought_back_by_keyboard(
    browser: Browser, answer: SimpleNamespace
) -> None:
    page = open_exported(browser, answer.folder)
    find_word(page, "I").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("m")
    expect(page.get_by_text(FOLD).locator("xpath=ancestor::details")).to_have_attribute("open", "")
    comment = page.get_by_role("textbox", name=re.compile("^Your comment at"))
    expect(comment).to_be_focused()
    page.keyboard.type("Stronger.")
    start = read_start(find_word(page, "led"))
    later = page.get_by_role("button", name=re.compile("1 s later$"))
    later.focus()
    page.keyboard.press("Enter")
    expect(later).to_be_focused()
    assert read_moments(save_file(page)[1]) == [(pytest.approx(start + 1, abs=0.02), "Stronger.")]
    page.get_by_role("button", name=re.compile("^Delete the mark at")).focus()
    page.keyboard.press("Enter")
    expect(comment).to_have_count(0)
    undo = page.get_by_role("button", name="Undo delete")
    expect(undo).to_be_focused()
    page.keyboard.press("Enter")
    expect(comment).to_have_value("Stronger.")
    expect(comment).to_be_focused()
    expect(undo).to_be_hidden()
    page.context.close()


def test_on_a_phone_moments_and_words_are_marked_with_a_finger_and_nothing_is_in_the_way(
    browser: Browser, answer: SimpleNamespace
) -> None:
    page = open_exported(browser, answer.folder, size=(390, 844), has_touch=True, is_mobile=True, device_scale_factor=2)
    page.get_by_text(FOLD).tap()
    page.locator(".bar").get_by_role("button", name="Play").tap()
    page.locator("audio").evaluate(PLAYED_TO, 2)
    page.get_by_role("button", name=MARK).tap()
    comment = page.locator(".marks textarea").last
    expect(comment).to_be_focused()
    page.keyboard.insert_text("Good start.")
    word = find_word(page, "shorter")
    word.scroll_into_view_if_needed()
    word.tap()
    mark = page.get_by_role("button", name="Mark “shorter”")
    mark.tap()
    page.keyboard.insert_text("Say it slower.")
    bar, written = page.locator(".bar").bounding_box(), page.locator(".marks textarea:focus").bounding_box()
    assert bar is not None
    assert written is not None
    assert written["y"] + written["height"] <= bar["y"]  # what is typed is not under the bar
    for button in page.locator(".bar button, .marks button, .actions button").all():
        box = button.bounding_box()
        assert box is None or box["height"] >= 24  # px; a finger hits it
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert [comment for _, comment in read_moments(save_file(page)[1])] == ["Good start.", "Say it slower."]
    page.context.close()


def test_comments_survive_a_reload_and_the_browser_asks_before_unsaved_ones_are_left(
    browser: Browser, answer: SimpleNamespace
) -> None:
    page = open_exported(browser, answer.folder)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    page.get_by_text(FOLD).click()
    page.get_by_role("button", name=SAVE).click()
    expect(page.locator(".listener [role=status]")).to_have_text("Mark a moment or write a comment first.")
    assert asked == []  # nothing is written yet
    mark_word(page, "plan.", "Which plan?")
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.get_by_role("textbox", name=re.compile("^Your comment at"))).to_have_value("Which plan?")
    listener = json.loads(save_file(page)[1])["listener"]
    page.reload()
    assert asked == ["beforeunload"]  # it is saved
    assert json.loads(save_file(page)[1])["listener"] == listener
    page.goto((answer.folder / "other.html").as_uri())
    expect(page.locator(".marks li")).to_have_count(0)  # of another answer
    page.context.close()


@pytest.mark.parametrize(
    "stored", ["{", "[1]", '{"moments": [{"at": "x"}, null, {"at": 1e99, "comment": "kept"}], "name": 7}']
)
def test_what_another_page_left_in_the_browser_does_no_harm(
    browser: Browser, answer: SimpleNamespace, stored: str
) -> None:
    page = open_exported(browser, answer.folder)
    trouble: list[str] = []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.evaluate(
        "([key, value]) => localStorage.setItem(key, value)",
        [f"answer-aloud-comments:{answer.attempt.digest}", stored],
    )
    page.reload()
    expect(page.get_by_text(FOLD)).to_be_visible()
    expect(page.locator(".marks li")).to_have_count(stored.count("kept"))
    assert trouble == []
    page.context.close()


def test_where_nothing_can_be_remembered_the_page_says_so(browser: Browser, answer: SimpleNamespace) -> None:
    page = open_exported(browser, answer.folder)
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('no', 'QuotaExceededError'); };")
    page.reload()
    page.get_by_text(FOLD).click()
    page.get_by_label("Overall comment").fill("Good.")
    expect(page.locator(".listener [role=status]")).to_contain_text("Your browser won't remember these comments.")
    assert json.loads(save_file(page)[1])["overall"] == "Good."
    page.context.close()


@pytest.mark.parametrize(("size", "scheme"), [((1280, 800), "light"), ((1280, 800), "dark"), ((390, 844), "light")])
def test_axe_finds_nothing_on_the_exported_page_with_comments_and_nothing_is_too_wide(
    browser: Browser, answer: SimpleNamespace, size: tuple[int, int], scheme: str
) -> None:
    page = open_exported(browser, answer.folder, size=size, color_scheme=scheme, bypass_csp=True)
    assert find_violations(page) == []
    page.get_by_text(FOLD).click()
    mark_word(page, "machines.", "x" * 80)
    for fold in page.locator("details").all():
        fold.evaluate("each => { each.open = true; }")
    assert find_violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.context.close()


def test_a_printed_page_has_the_comments_and_no_buttons(browser: Browser, answer: SimpleNamespace) -> None:
    page = open_exported(browser, answer.folder)
    page.emulate_media(media="print")
    expect(page.locator(".listener")).to_be_hidden()  # without comments there is nothing of it on paper
    page.emulate_media(media="screen")
    page.get_by_text(FOLD).click()
    page.get_by_label("Your name").fill("Sam")
    mark_word(page, "plan.", "Which plan?\n" * 12)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    shown = page.locator(".listener").inner_text()
    assert "Comments from Sam" in shown
    assert shown.count("Which plan?") == 12
    for control in page.locator(".listener :is(button, input, textarea)").all():
        expect(control).to_be_hidden()
    page.context.close()
