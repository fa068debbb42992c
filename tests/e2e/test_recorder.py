"""The recorder in a real Chromium whose microphone speaks: keys, states, losses, errors, and how it looks."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Dialog, Locator, Page, Playwright, expect, sync_playwright

from interview.mock.plan import MockPlan
from interview.mock.questions import ENDING_QUESTION
from interview.mock.run import MockRun, MockStep
from services.live.live_takes import LiveTakes
from store.store import open_store
from tests.support.app_server import MAX_WAIT_SECONDS, app_server, free_port, let_in, start_app
from tests.support.speaking_browser import (
    MICROPHONE,
    RECORD,
    STOP,
    speak_into,
    start_recording,
    stop_recording,
    wait_for_seconds,
)
from tools.system_packages import find_chromium

pytestmark = pytest.mark.browser

CUT_OFF = "Your recording was cut off, but it's saved."
SIZES = ((1280, 900), (390, 844))
# What the page opens is noted, so that a test can cut it off.
SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket {
  constructor(...parts) { super(...parts); if (String(parts[0]).includes("/live/")) window.sockets.push(this); }
};
"""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        expect.set_options(timeout=MAX_WAIT_SECONDS * 1000)
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    voice = tmp_path_factory.mktemp("voice") / "answer.wav"
    speak_into(voice)
    arguments = [*MICROPHONE, f"--use-file-for-fake-audio-capture={voice}"]
    started = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
    yield started
    started.close()


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SimpleNamespace]:
    data = tmp_path_factory.mktemp("data")
    with app_server(data, ANSWER_ALOUD_MODEL="tiny.en") as address:
        yield SimpleNamespace(address=address, data=data, takes=LiveTakes(data))


@contextmanager
def tab(browser: Browser, address: str, size: tuple[int, int] = SIZES[0], **more: object) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]}, base_url=address, **more)
    page = context.new_page()
    page.add_init_script(SOCKETS)
    let_in(page, address)
    page.set_default_timeout(MAX_WAIT_SECONDS * 1000)
    yield page
    context.close()


@pytest.fixture
def page(browser: Browser, app: SimpleNamespace) -> Iterator[Page]:
    with tab(browser, app.address) as opened:
        yield opened


@pytest.fixture(autouse=True)
def nothing_left(app: SimpleNamespace) -> Iterator[None]:
    yield
    for take in app.takes.files.all():
        app.takes.files.delete(take.id)


def button(page: Page, name: str = RECORD) -> Locator:
    return page.get_by_role("button", name=name)


def told(page: Page) -> Locator:
    return page.locator(".recorder .told")


def attempts(app: SimpleNamespace) -> int:
    with closing(open_store(folder=app.data)) as store:
        return len(store.load_history())


def durations(app: SimpleNamespace) -> list[float]:
    with closing(open_store(folder=app.data)) as store:
        return [attempt.duration for attempt in store.load_history()]


@pytest.mark.parametrize("size", SIZES)
def test_space_and_enter_start_and_stop_and_the_focus_stays(
    browser: Browser, app: SimpleNamespace, size: tuple[int, int]
) -> None:
    before = attempts(app)
    with tab(browser, app.address, size) as page:
        page.goto("/")
        button(page).focus()
        page.keyboard.press("Space")
        expect(button(page, STOP)).to_be_focused()
        expect(told(page)).to_have_text("Recording – we can hear you.")
        wait_for_seconds(page, 1.5)
        page.keyboard.press("Enter")
        expect(told(page)).to_have_text("Saved.")
        expect(button(page)).to_be_focused()
        assert attempts(app) == before + 1
        page.keyboard.press("Enter")
        expect(button(page, STOP)).to_be_focused()
        wait_for_seconds(page, 1.0)
        page.keyboard.press("Space")
        expect(told(page)).to_have_text("Saved.")
        wait_until(lambda: attempts(app) == before + 2)


def test_a_key_that_is_held_down_starts_once(page: Page) -> None:
    page.goto("/")
    button(page).focus()
    page.keyboard.down("Enter")
    for _ in range(5):
        page.keyboard.down("Enter")  # as the keyboard repeats it
    expect(button(page, STOP)).to_be_visible()
    page.keyboard.down("Enter")
    wait_for_seconds(page, 0.5)
    page.keyboard.up("Enter")
    expect(button(page, STOP)).to_be_visible()


def test_what_is_said_is_on_the_disk_while_it_is_said_and_the_meter_moves(page: Page, app: SimpleNamespace) -> None:
    page.goto("/")
    start_recording(page)
    levels = set()
    for _ in range(20):
        levels.add(page.locator(".recorder .meter").get_attribute("aria-valuenow"))
        page.wait_for_timeout(150)
    assert len(levels) > 5
    wait_for_seconds(page, 3.0)
    (take,) = app.takes.files.all()
    assert take.seconds(app.takes.files.size(take.id)) > 2.5
    assert (take.device != "", take.rate >= 16_000, take.stopped) == (True, True, False)


def test_leaving_while_recording_is_asked_about_and_a_reload_offers_what_came_at_once(
    page: Page, app: SimpleNamespace
) -> None:
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 2.0)
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.once("dialog", answer)
    page.reload()
    assert asked == ["beforeunload"]
    expect(page.get_by_text(CUT_OFF)).to_be_visible()
    before = attempts(app)
    button(page, "Get the report").click()
    expect(page.get_by_text(CUT_OFF)).to_have_count(0)
    wait_until(lambda: attempts(app) == before + 1)
    assert 1.8 < durations(app)[-1] < 3.5
    page.reload()  # nothing is recorded any more, so nothing is asked
    expect(button(page)).to_be_visible()


def test_another_page_ends_the_recording_and_the_way_back_offers_all_of_it(page: Page, app: SimpleNamespace) -> None:
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 2.0)
    page.get_by_role("link", name="Questions").click()
    expect(page.get_by_role("heading", name="Questions")).to_be_visible()
    wait_until(lambda: any(take.stopped for take in app.takes.files.all()))
    page.get_by_role("link", name="Practise").click()
    expect(page.get_by_text(CUT_OFF)).to_be_visible()
    expect(button(page)).to_be_enabled()


def test_a_page_drawn_anew_does_not_disturb_the_recording(page: Page, app: SimpleNamespace) -> None:
    before = attempts(app)
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 1.0)
    page.get_by_role("button", name="Random question").click()
    expect(page.get_by_role("heading", name="Tell me about yourself.")).to_have_count(0)
    page.get_by_text("Points to make").click()
    page.get_by_role("tab", name="Upload").click()
    page.get_by_role("tab", name="Record").click()
    wait_for_seconds(page, 4.0)
    stop_recording(page)
    wait_until(lambda: attempts(app) == before + 1)
    with closing(open_store(folder=app.data)) as store:
        assert store.load_history()[-1].question.id == "tell_me_about_yourself"  # what was asked when it began
        assert store.load_history()[-1].duration > 3.9


def test_a_lost_connection_loses_nothing(page: Page, app: SimpleNamespace) -> None:
    before = attempts(app)
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 1.0)
    for _ in range(3):
        page.evaluate("window.sockets.at(-1).close()")
        page.wait_for_timeout(700)
    wait_for_seconds(page, 4.0)
    stop_recording(page)
    wait_until(lambda: attempts(app) == before + 1)
    assert durations(app)[-1] > 3.9
    assert page.evaluate("window.sockets.length") >= 4


def test_a_server_killed_and_started_anew_gets_the_rest_and_offers_all_of_it(browser: Browser, tmp_path: Path) -> None:
    takes, port = LiveTakes(tmp_path), free_port()
    address = f"http://127.0.0.1:{port}"
    server = start_app(tmp_path, port)
    with tab(browser, address) as page:
        try:
            page.goto("/")
            start_recording(page)
            wait_for_seconds(page, 2.0)
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()
        expect(told(page)).to_contain_text("The connection is lost, but your recording goes on.")
        expect(page.get_by_role("dialog")).to_have_count(0)  # Streamlit's own, which would keep Stop out of reach
        server = start_app(tmp_path, port, ANSWER_ALOUD_KEY="another key of the second start")
        try:
            expect(told(page)).to_have_text("Recording – we can hear you.")
            said = recorded(page)
            stop_recording(page)
            expect(told(page)).to_contain_text("open Answer Aloud again")
            (take,) = takes.files.all()
            assert take.stopped
            assert said <= take.seconds(takes.files.size(take.id)) < said + 1.5
            with tab(browser, address) as other:
                let_in(other, address, "another key of the second start")
                other.goto("/")
                expect(other.get_by_text(CUT_OFF)).to_be_visible()
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)


def test_a_server_started_anew_with_the_users_key_takes_the_recording_up_in_the_same_page(
    browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    server = start_app(tmp_path, port)
    with tab(browser, f"http://127.0.0.1:{port}") as page:
        page.goto("/")
        start_recording(page)
        wait_for_seconds(page, 2.0)
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()
        server = start_app(tmp_path, port)
        try:
            expect(told(page)).to_have_text("Recording – we can hear you.")
            said = recorded(page)
            stop_recording(page)
            expect(page.get_by_text("Take 2")).to_be_visible()
            expect(page.get_by_text(CUT_OFF)).to_have_count(0)
            with closing(open_store(folder=tmp_path)) as store:
                assert [said <= attempt.duration < said + 1.5 for attempt in store.load_history()] == [True]
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)


def recorded(page: Page) -> float:
    return float(page.locator(".recorder .time").get_attribute("data-seconds") or 0)


def test_a_device_that_goes_away_leaves_what_came_to_go_on_with(page: Page) -> None:
    page.add_init_script(
        "const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);"
        "navigator.mediaDevices.getUserMedia = async (wanted) => { window.wanted = wanted;"
        " window.opened = await open(wanted); return window.opened; };"
    )
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 1.5)
    processing = {"echoCancellation": False, "noiseSuppression": False, "autoGainControl": False}
    assert page.evaluate("window.wanted.audio") == processing
    in_force = page.evaluate("window.opened.getAudioTracks()[0].getSettings()")
    assert {name: in_force.get(name) for name in processing} == processing
    page.evaluate("window.opened.getAudioTracks()[0].dispatchEvent(new Event('ended'))")
    expect(page.get_by_text("Your microphone was disconnected. Everything up to then is saved.")).to_be_visible()
    expect(page.get_by_text(CUT_OFF)).to_be_visible()
    expect(button(page)).to_be_visible()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("NotAllowedError", "Your browser is blocking the microphone."),
        ("NotFoundError", "We can't find a microphone."),
        ("NotReadableError", "Close any other program that's using it"),
        ("TypeError", "Your microphone didn't start."),
    ],
)
def test_a_microphone_that_does_not_open_is_told_in_a_sentence(page: Page, error: str, sentence: str) -> None:
    page.add_init_script(
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('no', '{error}'); }};"
    )
    page.goto("/")
    button(page).click()
    expect(page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    expect(button(page)).to_be_focused()
    expect(page.get_by_role("tab", name="Upload")).to_be_visible()


def test_where_the_browser_lacks_a_part_the_simple_recorder_stands_with_a_word(page: Page) -> None:
    page.add_init_script("delete window.AudioWorkletNode;")
    page.goto("/")
    expect(page.get_by_text("Your browser is too old to save your answer while you speak")).to_be_visible()
    expect(page.get_by_test_id("stAudioInput")).to_be_visible()
    expect(page.locator(".recorder")).to_be_hidden()


def test_where_the_browser_has_no_sound_system_the_simple_recorder_comes_instead(page: Page) -> None:
    page.add_init_script(
        "window.AudioContext = class extends AudioContext { get state() { return 'suspended'; }"
        " resume() { return new Promise(() => {}); } };"
    )
    page.goto("/")
    button(page).click()
    expect(page.get_by_text("because it can't play sound")).to_be_visible()
    expect(page.get_by_test_id("stAudioInput")).to_be_visible()


def test_the_check_plays_two_seconds_back_and_judges_them_in_words(page: Page, app: SimpleNamespace) -> None:
    page.goto("/")
    button(page, "Check your microphone").click()
    expect(told(page)).to_have_text("Say a few words…")
    expect(told(page)).to_have_text("Playing it back…")
    expect(told(page)).to_have_text(re.compile("sounds fine|Too (quiet|loud)"))
    assert list(app.takes.files.all()) == []  # nothing of it leaves the page


def test_the_chosen_microphone_is_remembered(page: Page) -> None:
    page.goto("/")
    chooser = page.get_by_label("Microphone", exact=True)
    chooser.select_option("Fake Audio Input 2")
    page.reload()
    expect(chooser.locator("option:checked")).to_have_text("Fake Audio Input 2")
    start_recording(page)


def test_a_full_disk_is_told_and_the_recording_goes_on(page: Page, app: SimpleNamespace) -> None:
    page.goto("/")
    start_recording(page)
    wait_for_seconds(page, 1.0)
    page.evaluate(
        "const socket = window.sockets.at(-1);"
        "socket.onmessage({ data: JSON.stringify({ error: 'Nothing could be saved: the disk is full.' }) });"
    )
    # The next answer takes the sentence away again, so it is enough that it was there.
    wait_for_seconds(page, 3.0)
    stop_recording(page)
    expect(told(page)).to_have_text("Saved.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("where", ["practice", "mock"])
def test_nothing_is_wider_than_the_screen_while_recording(
    browser: Browser, app: SimpleNamespace, size: tuple[int, int], scheme: str, where: str
) -> None:
    pictures = os.environ.get("RECORDER_PICTURES")
    with tab(browser, app.address, size, color_scheme=scheme) as page:
        page.goto("/" if where == "practice" else f"/mock?run={begun(app.data)}")
        start_recording(page)
        wait_for_seconds(page, 1.2)
        parts = "[...document.querySelectorAll('.stMain, .stMainBlockContainer')]"
        assert page.evaluate(f"{parts}.filter(e => e.scrollWidth > e.clientWidth).length") == 0
        box = button(page, STOP).bounding_box()
        assert box is not None
        assert box["height"] >= 44
        if pictures:
            page.screenshot(path=Path(pictures) / f"{where}-{size[0]}-{scheme}.png")


def begun(data: Path) -> str:
    """A mock interview of one question."""
    plan, run = "a" * 32, "b" * 32
    with closing(open_store(folder=data)) as store:
        if not store.load_documents(MockRun):
            store.save(MockPlan(plan, "first", thinking=30))
            step = MockStep(ENDING_QUESTION, "Do you have any other questions for us?", "closing")
            store.save(MockRun(run, plan, (step,), datetime.now().astimezone()))
    return run


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)
