"""Test recording with this machine's own microphone on the page, with a scripted device."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from app_pages.components import machine_microphone
from services.live.live_takes import LiveTakes
from speech.audio import microphone
from speech.errors import MicrophoneError
from store import files
from tests.support.pages import choose, has_report, is_shown, list_button_labels, open_tab, press, run_until
from tests.support.scripted_microphone import ScriptedTake

pytest_plugins = ("tests.support.pages",)


def test_missing_portaudio_is_reported_in_a_sentence(page, monkeypatch):
    def devices():
        raise MicrophoneError("This machine's microphone can't be used because PortAudio isn't installed.")

    monkeypatch.setattr(microphone, "list_devices", devices)
    page.session_state["way_in"] = "Other ways"
    page.run()
    assert is_shown(page, "PortAudio isn't installed")
    assert not page.exception


@pytest.fixture
def machine(page, monkeypatch) -> AppTest:
    monkeypatch.setattr(microphone, "list_devices", lambda: (microphone.Device(3, "Desk microphone", 1, 48000.0),))
    monkeypatch.setattr(
        microphone.MicrophoneRecording, "start", lambda _device, open_sink: ScriptedTake.start(open_sink)
    )
    page.session_state["way_in"] = "Other ways"
    return page.run()


def test_a_recording_shows_its_level_and_becomes_a_report(machine):
    machine.button(key="machine_record").click().run()
    meter = machine.get("progress")[0].proto
    assert (meter.value, meter.text) == (50, "Recording 1:01")
    run_until(machine.button(key="machine_stop").click().run(), has_report)
    assert is_shown(machine, "This computer's microphone, 0:12")


def test_a_recording_continues_when_the_page_is_reopened(machine):
    machine.button(key="machine_record").click().run()
    other = open_tab()
    run_until(other.button(key="machine_stop").click().run(), has_report)
    machine.run()
    assert "● Record" in list_button_labels(machine)


def test_a_recording_that_is_too_short_is_reported_after_stopping(machine, monkeypatch):
    short = np.zeros(100, np.float32)
    monkeypatch.setattr(
        microphone.MicrophoneRecording, "start", lambda _device, open_sink: ScriptedTake.start(open_sink, short)
    )
    machine.button(key="machine_record").click().run()
    machine.button(key="machine_stop").click().run()
    assert is_shown(machine, "This computer's microphone lasts 0.0 s, too short to analyse")


def test_an_unplugged_microphone_is_reported_and_its_recording_can_be_saved(machine, monkeypatch):
    machine.button(key="machine_record").click().run()
    machine_microphone.get_desk().recording.microphone.failure = MicrophoneError(
        "The microphone stopped sending sound."
    )
    machine.run()
    assert is_shown(machine, "stopped sending sound")
    run_until(machine.button(key="machine_stop").click().run(), has_report)


def test_a_missing_microphone_is_reported(page, monkeypatch):
    monkeypatch.setattr(microphone, "list_devices", lambda: ())
    page.session_state["way_in"] = "Other ways"
    assert is_shown(page.run(), "We can't find a microphone")


def test_a_recording_survives_a_full_disk_and_can_be_stopped_again(machine, monkeypatch, kept):
    machine.button(key="machine_record").click().run()
    with monkeypatch.context() as full:
        full.setattr(files.os, "fsync", _raise_disk_full)
        machine.button(key="machine_stop").click().run()
        assert is_shown(machine, "We couldn't save anything in")
        assert kept.load_history() == ()
    run_until(machine.button(key="machine_stop").click().run(), has_report)
    assert len(kept.load_history()) == 1


def _raise_disk_full(_handle):
    raise OSError(28, "No space left on device")


def test_what_this_machine_hears_is_on_the_disk_at_once_and_offered_again_after_the_server_was_killed(machine, data):
    machine.button(key="machine_record").click().run()
    recording = machine_microphone.get_desk().recording
    recording.writer.flush()
    dead = LiveTakes(data)
    assert dead.files.size(recording.id) == 12 * 16_000 * 2
    assert dead.files.load(recording.id).device == "Desk microphone"
    recording.takes.release(recording.id)  # as the system does for a process that was killed
    machine_microphone.get_desk().recording = None
    tab = open_tab()
    assert is_shown(tab, "Your recording was cut off")
    run_until(press(tab, "Get the report"), has_report)


def test_a_recording_of_this_machine_answers_the_question_that_was_asked_when_it_began(machine, kept):
    machine.button(key="machine_record").click().run()
    choose(machine, "why_this_company")
    run_until(machine.button(key="machine_stop").click().run(), has_report)
    assert [attempt.question.id for attempt in kept.load_history()] == ["tell_me_about_yourself"]
