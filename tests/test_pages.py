"""The pages, run without a browser: every state, with a scripted recogniser in the place of the real one."""

from __future__ import annotations

import io
import json
import threading
import time
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from app_pages.takes import Origin, shelf
from speech import microphone, whisper
from speech.errors import MicrophoneError
from speech.recording import SAMPLE_RATE, from_samples
from speech.span import Span
from speech.transcript import Transcript, Word, WordKind, no_progress

APP = str(Path(__file__).parent.parent / "streamlit_app.py")
PATIENCE = 30.0  # s
QUESTION = "tell_me_about_yourself"
SAID = tuple("I build [um] data tools and like I I test them with the people who use them every day".split())  # noqa: SIM905


def sound(seconds: float = 12.0, loudness: float = 0.3) -> bytes:
    """A WAV file with a tone; what is heard in it is up to the scripted recogniser."""
    moments = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    samples = np.round(loudness * 32767 * np.sin(2 * np.pi * 140 * moments)).astype("<i2")
    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(SAMPLE_RATE)
        writer.writeframes(samples.tobytes())
    return file.getvalue()


class ScriptedRecogniser:
    """Hears the same words in everything, counts how often it is asked, and waits before it answers while held."""

    def __init__(self) -> None:
        self.asked = 0
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.hears_voice = True

    def __call__(self, recording, on_progress=no_progress):
        self.asked += 1
        on_progress(0.4)
        assert self.may_answer.wait(20)
        words = [
            Word(
                text.strip("[]"),
                i * 0.5,
                i * 0.5 + 0.4,
                0.9,
                WordKind.FILLER_SOUND if text[0] == "[" else WordKind.WORD,
            )
            for i, text in enumerate(SAID)
        ]
        voice = (Span(0.0, 3.9), Span(6.5, 9.4))
        if not self.hears_voice:
            words, voice = [], ()
        return Transcript(tuple(words), (), voice, recording.duration, "en", "scripted", "")


@pytest.fixture
def recogniser(monkeypatch, tmp_path) -> Iterator[ScriptedRecogniser]:
    scripted = ScriptedRecogniser()
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(whisper, "load", lambda model=None: scripted)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield scripted
    scripted.may_answer.set()


@pytest.fixture
def page(recogniser) -> AppTest:
    return AppTest.from_file(APP, default_timeout=30).run()


def run_until(page: AppTest, holds: Callable[[AppTest], bool]) -> AppTest:
    """Poll as the page's own timer does, until something holds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert not page.exception, page.exception
        if holds(page):
            return page
        assert not page.error, texts(page)
        page.run()
    raise AssertionError("it never held; on the page: " + " | ".join(texts(page)))


def texts(page: AppTest) -> list[str]:
    elements = (*page.markdown, *page.caption, *page.header, *page.subheader, *page.error, *page.info, *page.warning)
    return [element.value for element in elements]


def shows(page: AppTest, text: str) -> bool:
    return any(text in shown.replace("\\", "") for shown in texts(page))


def has_report(page: AppTest) -> bool:
    return any(header.value == "Your report" for header in page.header)


def is_working(page: AppTest) -> bool:
    return bool(page.get("progress"))


def record(page: AppTest, data: bytes) -> AppTest:
    return page.audio_input(key="recorder").set_value(("2026-01-01T10-00_audio.wav", data, "audio/wav")).run()


def upload(page: AppTest, name: str, data: bytes) -> AppTest:
    return page.file_uploader(key="upload").set_value((name, data, "audio/wav")).run()


def address(page: AppTest) -> str:
    (named,) = np.atleast_1d(page.query_params["take"])
    return str(named)


def other_tab(page: AppTest, **parameters: str) -> AppTest:
    tab = AppTest.from_file(APP, default_timeout=30)
    for name, value in (parameters or {"take": address(page)}).items():
        tab.query_params[name] = value
    return tab.run()


def test_the_page_opens_with_a_question_its_target_length_and_two_prompts(page):
    assert not page.exception
    assert page.subheader[0].value.replace("\\", "") == "Tell me about yourself."
    assert shows(page, "Aim for 60 to 90 seconds")
    assert sum(line.startswith("- ") for text in texts(page) for line in text.splitlines()) == 2
    assert shows(page, "blocked the microphone")


def test_the_list_holds_only_questions_of_the_chosen_kind_and_competency(page):
    everything = len(page.selectbox(key="chosen_question").options)
    page.selectbox(key="filter_kind").select("behavioural").run()
    of_kind = len(page.selectbox(key="chosen_question").options)
    page.selectbox(key="filter_competency").select("teamwork").run()
    assert 0 < len(page.selectbox(key="chosen_question").options) < of_kind < everything


def test_a_question_chosen_from_the_list_is_shown(page):
    page.selectbox(key="chosen_question").select("why_this_company").run()
    assert not page.exception
    assert "why_this_company" in page.session_state["on_screen"].question


def test_a_random_question_is_another_one_of_the_chosen_kind(page):
    page.selectbox(key="filter_kind").select("technical").run()
    page.button[0].click().run()
    assert not page.exception
    assert shows(page, "Technical")
    assert page.session_state["on_screen"].question != QUESTION


def test_a_recording_is_on_disk_before_anything_is_heard_in_it(page, recogniser):
    recogniser.may_answer.clear()
    record(page, sound())
    run_until(page, lambda _: recogniser.asked == 1)
    assert is_working(page)
    kept = list(Path(shelf()._folder).rglob("sound"))
    assert [path.read_bytes() for path in kept] == [sound()]
    assert not list(Path(shelf()._folder).rglob("report-*"))


def test_everything_on_disk_is_private_to_its_owner(page):
    run_until(record(page, sound()), has_report)
    paths = [shelf()._folder.parent, *shelf()._folder.parent.rglob("*")]
    assert len(paths) == 7
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in paths if path.is_dir()} == {0o700}


def test_a_recorded_answer_becomes_a_report(page):
    run_until(record(page, sound()), has_report)
    assert shows(page, "Keep")
    assert shows(page, "Next")
    assert shows(page, "Target:")
    assert shows(page, "Concise")
    assert shows(page, "Calm")
    assert shows(page, "95 % interval")
    assert shows(page, "Evidence: Laske")
    assert not page.error


def test_the_component_gets_every_word_pause_and_filler_but_no_markup(page):
    run_until(record(page, sound()), has_report)
    (component,) = page.get("bidi_component")
    data = json.loads(component.proto.json)
    assert " ".join(word["text"] for word in data["words"]) == " ".join(text.strip("[]") for text in SAID)
    assert [word["kind"] for word in data["words"]].count("filler_sound") == 1
    assert data["pauses"] == [{"start": 3.9, "end": 6.5, "length": "long"}]
    assert len(data["envelope"]) == 1200
    assert max(data["envelope"]) == 100
    assert data["url"].endswith(".wav")


def test_the_report_stays_when_other_widgets_are_touched(page):
    run_until(record(page, sound()), has_report)
    page.selectbox(key="filter_kind").select("technical").run()
    page.selectbox(key="sample").select("too_fast").run()
    page.button[0].click().run()
    assert has_report(page)
    assert shows(page, "“Tell me about yourself.”")


def test_the_same_bytes_are_never_transcribed_twice(page, recogniser):
    run_until(record(page, sound()), has_report)
    page.selectbox(key="chosen_question").select("why_this_company").run()
    upload(page, "copy.wav", sound())
    run_until(page, lambda page: has_report(page) and "why_this_company" in address(page))
    assert recogniser.asked == 1
    run_until(record(page, sound(seconds=9)), lambda _: recogniser.asked == 2)


def test_a_take_is_found_again_by_its_address_in_another_tab(page, recogniser):
    run_until(record(page, sound()), has_report)
    assert has_report(other_tab(page))
    assert recogniser.asked == 1


def test_another_page_and_back_loses_nothing(page):
    run_until(record(page, sound()), has_report)
    page.switch_page("app_pages/measures.py").run()
    assert shows(page, "Speaking rate")
    assert not has_report(page)
    page.switch_page("app_pages/practice.py").run()
    assert has_report(page)
    assert "take" in page.query_params


def test_a_take_interrupted_half_way_is_finished_when_its_address_is_opened(recogniser):
    take = shelf().keep(sound(), Origin("Browser recording"), QUESTION)
    tab = AppTest.from_file(APP, default_timeout=30)
    tab.query_params["take"] = take.address
    run_until(tab.run(), has_report)
    assert recogniser.asked == 1


def test_a_take_that_waits_for_another_says_so(page, recogniser):
    recogniser.may_answer.clear()
    record(page, sound())
    second = record(AppTest.from_file(APP, default_timeout=30).run(), sound(seconds=9))
    assert "Waiting for another answer" in second.get("progress")[0].proto.text
    recogniser.may_answer.set()
    run_until(second, has_report)
    run_until(page, has_report)


@pytest.mark.parametrize("address", ["nonsense", "../../etc/passwd", f"{'0' * 24}.no_such_question"])
def test_an_address_that_names_no_take_is_told_in_a_sentence(recogniser, address):
    tab = other_tab(None, take=address)
    assert len(tab.error) == 1
    assert not tab.exception
    assert "ecord" in tab.error[0].value


def test_a_take_that_is_not_on_this_machine_is_told_in_a_sentence(recogniser):
    tab = other_tab(None, take=f"{'0' * 24}.{QUESTION}")
    assert shows(tab, "not on this machine")
    assert not is_working(tab)


def test_silence_is_told_kindly_and_without_numbers(page, recogniser):
    recogniser.hears_voice = False
    run_until(record(page, sound(loudness=0.0)), has_report)
    assert shows(page, "No voice was heard")
    assert not shows(page, "words/min")
    assert not page.error


def test_a_file_that_is_no_sound_is_told_in_a_sentence(page, recogniser):
    upload(page, "notes.wav", b"these are only notes")
    run_until(page, lambda page: bool(page.error))
    assert shows(page, "notes.wav is not a sound file that can be read")
    assert not has_report(page)
    assert recogniser.asked == 0


def test_a_name_is_shown_as_it_is_and_never_as_markup(page):
    name = "my *own* [take](http://x.test) $1 <b>.wav"
    run_until(upload(page, name, sound()), has_report)
    (told,) = [text for text in texts(page) if "heard by" in text]
    assert r"my \*own\* \[take\]\(http\:" in told
    assert name in told.replace("\\", "")


def test_a_fault_inside_the_app_is_a_sentence_and_the_take_can_be_tried_again(page, recogniser, monkeypatch):
    monkeypatch.setattr(whisper, "load", lambda model=None: 1 / 0)
    record(page, sound())
    run_until(page, lambda page: bool(page.error))
    assert shows(page, "The recording is safe")
    assert not shows(page, "ZeroDivisionError")
    monkeypatch.setattr(whisper, "load", lambda model=None: recogniser)
    (again,) = [button for button in page.button if button.label == "Try again"]
    run_until(again.click().run(), has_report)


def test_a_sample_is_measured_as_the_answer_to_its_own_question(page):
    page.selectbox(key="sample").select("too_fast").run()
    run_until(page.button(key="use_sample").click().run(), has_report)
    assert address(page).endswith(".why_this_company")


def test_this_machine_without_portaudio_is_told_in_a_sentence(page, monkeypatch):
    def devices():
        raise MicrophoneError("This machine's microphone cannot be used because PortAudio is not installed.")

    monkeypatch.setattr(microphone, "devices", devices)
    page.session_state["way_in"] = "This machine"
    page.run()
    assert shows(page, "PortAudio is not installed")
    assert not page.exception


class ScriptedTake:
    """A recording in progress that never changes."""

    failed: MicrophoneError | None = None

    def level(self) -> float:
        return -30.0

    def elapsed(self) -> float:
        return 61.0

    def stop(self):
        return from_samples(np.full(SAMPLE_RATE * 12, 0.1, np.float32), "microphone")


@pytest.fixture
def machine(page, monkeypatch) -> AppTest:
    monkeypatch.setattr(microphone, "devices", lambda: (microphone.Device(3, "Desk microphone", 1, 48000.0),))
    monkeypatch.setattr(microphone.Take, "start", lambda device: ScriptedTake() if device == 3 else 1 / 0)
    page.session_state["way_in"] = "This machine"
    return page.run()


def test_this_machines_microphone_records_shows_its_level_and_gives_a_report(machine):
    machine.button(key="machine_record").click().run()
    meter = machine.get("progress")[0].proto
    assert (meter.value, meter.text) == (50, "Recording 1:01 · level -30 dBFS")
    run_until(machine.button(key="machine_stop").click().run(), has_report)
    assert shows(machine, "This machine's microphone, 0:12")


def test_a_recording_of_this_machine_goes_on_when_the_page_is_opened_anew(machine):
    machine.button(key="machine_record").click().run()
    other = AppTest.from_file(APP, default_timeout=30).run()
    run_until(other.button(key="machine_stop").click().run(), has_report)
    machine.run()
    assert [button.label for button in machine.button if button.key == "machine_record"] == ["● Record"]


def test_a_take_too_short_to_measure_is_told_after_stopping(machine, monkeypatch):
    machine.button(key="machine_record").click().run()
    monkeypatch.setattr(ScriptedTake, "stop", lambda take: from_samples(np.zeros(100, np.float32), "The take"))
    machine.button(key="machine_stop").click().run()
    assert shows(machine, "The take lasts 0.0 s, too short to measure")


def test_a_microphone_that_is_unplugged_is_told_and_what_was_heard_can_be_kept(machine, monkeypatch):
    machine.button(key="machine_record").click().run()
    monkeypatch.setattr(ScriptedTake, "failed", MicrophoneError("The microphone stopped sending sound."))
    machine.run()
    assert shows(machine, "stopped sending sound")
    run_until(machine.button(key="machine_stop").click().run(), has_report)


def test_a_machine_without_a_microphone_says_so(page, monkeypatch):
    monkeypatch.setattr(microphone, "devices", lambda: ())
    page.session_state["way_in"] = "This machine"
    assert shows(page.run(), "has no microphone")
