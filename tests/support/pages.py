"""The pages run without a browser, with a scripted recogniser in the place of the real one: `page` and its helpers.

A test module that wants the fixtures says `pytest_plugins = ("tests.support.pages",)`.
"""

from __future__ import annotations

import io
import json
import threading
import time
import wave
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from codec.adapters import read_plain
from services.live.live_takes import live_takes
from services.live.take import LiveTake, Purpose
from speech import whisper
from speech.audio.recording import SAMPLE_RATE
from speech.audio.signal import to_int16
from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind, ignore_progress
from store.locations import get_data_folder
from store.store import Store, open_store

APP = str(Path(__file__).parents[2] / "streamlit_app.py")
MAX_WAIT_SECONDS = 30.0  # s
QUESTION = "tell_me_about_yourself"
SAID = tuple("I build [um] data tools and like I I test them with the people who use them every day".split())  # noqa: SIM905


def make_sound(seconds: float = 12.0, loudness: float = 0.3) -> bytes:
    """Make a WAV file with a tone; its words are up to the scripted recogniser."""
    moments = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    samples = to_int16(loudness * np.sin(2 * np.pi * 140 * moments))
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
        self.error: Exception | None = None
        self.hears: Transcript | None = None  # instead of the words in SAID

    def __call__(self, recording, on_progress=ignore_progress):
        self.asked += 1
        on_progress(0.4)
        assert self.may_answer.wait(20)
        if self.error is not None:
            raise self.error
        if self.hears is not None and self.hears_voice:
            return self.hears
        words = [
            Word(
                text.strip("[]"),
                i * 0.5,
                i * 0.5 + 0.4,
                0.9,
                WordKind.FILLED_PAUSE if text[0] == "[" else WordKind.WORD,
            )
            for i, text in enumerate(SAID)
        ]
        voice = (Segment(0.0, 3.9), Segment(6.5, 9.4))
        if not self.hears_voice:
            words, voice = [], ()
        return Transcript(tuple(words), (), voice, recording.duration, "en", whisper.DEFAULT_MODEL, "")


@pytest.fixture
def recogniser(monkeypatch, tmp_path) -> Iterator[ScriptedRecogniser]:
    scripted = ScriptedRecogniser()
    monkeypatch.setenv("ANSWER_ALOUD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("ANSWER_ALOUD_SETTINGS", str(tmp_path / "settings.toml"))
    for variable in ("ANSWER_ALOUD_MODEL", "ANSWER_ALOUD_DATABASE"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(whisper, "warm_up", lambda transcriber: None)
    monkeypatch.setattr(whisper, "load", lambda model=None, language=None: scripted)
    st.cache_resource.clear()
    st.cache_data.clear()
    yield scripted
    scripted.may_answer.set()


@pytest.fixture
def data(recogniser, tmp_path) -> Path:
    """The data folder of the page."""
    return tmp_path / "data"


@pytest.fixture
def kept(data) -> Iterator[Store]:
    """The store that the page writes to, opened as another process would."""
    opened = open_store(folder=data)
    yield opened
    opened.close()


@pytest.fixture
def page(recogniser) -> AppTest:
    return open_tab()


def open_tab(**parameters: str) -> AppTest:
    """Open the page with these URL parameters."""
    tab = AppTest.from_file(APP, default_timeout=30)
    for name, value in parameters.items():
        tab.query_params[name] = value
    return tab.run()


def run_until(page: AppTest, holds: Callable[[AppTest], bool]) -> AppTest:
    """Rerun the page, as its own timer does, until a condition is true."""
    deadline = time.monotonic() + MAX_WAIT_SECONDS
    while time.monotonic() < deadline:
        assert not page.exception, page.exception
        if holds(page):
            return page
        assert not page.error, list_texts(page)
        page.run()
    raise AssertionError("it never held; on the page: " + " | ".join(list_texts(page)))


def assert_fine(page: AppTest) -> AppTest:
    """Check that the page shows no error, and return it."""
    assert not page.exception, page.exception
    assert not page.error, [error.value for error in page.error]
    return page


def list_texts(page: AppTest) -> list[str]:
    elements = (*page.markdown, *page.caption, *page.header, *page.subheader, *page.error, *page.info, *page.warning)
    return [element.value for element in elements]


def is_shown(page: AppTest, text: str) -> bool:
    return any(text in shown.replace("\\", "") for shown in list_texts(page))


def press(page: AppTest, label: str) -> AppTest:
    """Click the button with these words, the first where several have them."""
    next(each for each in page.button if each.label.replace("\\", "") == label).click().run()
    assert not page.exception, page.exception
    return page


def find_field(widgets: Iterable[Any], name: str) -> Any:
    """Return the field of the open form whose key starts with this name."""
    (found,) = [each for each in widgets if each.key and each.key.startswith(f"{name}_")]
    return found


def list_button_labels(page: AppTest) -> list[str]:
    """Return the labels of the buttons."""
    return [button.label.replace("\\", "") for button in page.button]


def list_drawn(page: AppTest, component: str, key: str | None = None) -> list[dict]:
    """Return the data that the components of a name were given, in page order; with a key, only what it names."""
    named = [each.proto for each in page.get("bidi_component") if each.proto.component_name == component]
    return [json.loads(proto.json)[0] for proto in named if key is None or proto.id.endswith(f"-{key}")]


def has_report(page: AppTest) -> bool:
    return any(header.value == "Your report" for header in page.header)


def is_working(page: AppTest) -> bool:
    return bool(page.get("progress"))


def record(page: AppTest, data: bytes, part: str = "") -> AppTest:
    """Record a sound with the recorder of a part, as the browser does, and stop."""
    take = speak(page, data, part)
    page.session_state[f"recorder{part}"] = {"stopped": take, "interrupted": None, "lacking": None}
    return page.run()


def speak(page: AppTest, data: bytes, part: str = "", *, stop: bool = True) -> str:
    """Send a sound as the recorder of a part does; returns its take. Without `stop` the browser dies then."""
    (recorder,) = [each for each in list_drawn(page, "recorder") if each["place"] == part]
    with wave.open(io.BytesIO(data)) as reader:
        rate, samples = reader.getframerate(), reader.readframes(reader.getnframes())
    takes, started = live_takes(get_data_folder()), datetime.now().astimezone()
    purpose = read_plain(Purpose, recorder["purpose"])
    _, spool = takes.begin(LiveTake(recorder["take"], purpose, rate, "Desk microphone", started))
    spool.append(0, samples)
    if stop:
        takes.stop(recorder["take"])
    takes.release(recorder["take"])
    take: str = recorder["take"]
    return take


def upload(page: AppTest, name: str, data: bytes) -> AppTest:
    return page.file_uploader(key="upload").set_value((name, data, "audio/wav")).run()


def list_choices(page: AppTest) -> list[str]:
    """Return the ids of the questions to choose from, all of them."""
    page.session_state["choices_shown"] = 1000
    page.run()
    return [key.removeprefix("choose_") for button in page.button if (key := str(button.key)).startswith("choose_")]


def choose(page: AppTest, question: str) -> AppTest:
    """Choose a question from the list."""
    assert question in list_choices(page)
    return page.button(key=f"choose_{question}").click().run()


def get_take(page: AppTest) -> str:
    (named,) = np.atleast_1d(page.query_params["take"])
    return str(named)
