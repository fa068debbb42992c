"""Nothing of what is said is lost: reloads, other pages, lost connections, killed servers, devices that go away."""

from __future__ import annotations

import os
import signal
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from services.live.live_takes import LiveTakes
from store.store import open_store
from tests.support.app_server import free_port, let_in, start_app
from tests.support.microphones.recorder_tab import CUT_OFF, attempts, button, durations, recorded, tab, told, wait_until
from tests.support.microphones.speaking_browser import start_recording, stop_recording, wait_for_seconds

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("nothing_left")]


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
    page.wait_for_url("**/?take=*")
    page.on("dialog", answer)
    page.reload()  # nothing is recorded any more, so nothing is asked
    expect(page.get_by_text("Answer again", exact=True)).to_be_visible()
    assert asked == ["beforeunload"]


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
    with closing(app.open()) as store:
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
            expect(page.get_by_role("heading", name="Your report")).to_be_visible()
            expect(page.get_by_text(CUT_OFF)).to_have_count(0)
            with closing(open_store(folder=tmp_path)) as store:
                assert [said <= attempt.duration < said + 1.5 for attempt in store.load_history()] == [True]
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(10)


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
