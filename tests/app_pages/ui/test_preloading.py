"""The recogniser is loaded in the background when the app starts, so that the first report is as fast as the next."""

import pytest

from app_pages.ui import store_access
from speech import whisper
from speech.errors import WeightsError
from store.settings import Settings


@pytest.fixture(autouse=True)
def anew(monkeypatch):
    monkeypatch.setattr(store_access, "read_computer_settings", lambda: Settings(model="tiny.en", language="en"))
    store_access.preload_recogniser.cache_clear()
    yield
    store_access.preload_recogniser.cache_clear()


def test_the_recogniser_of_the_settings_is_loaded_and_used_once(monkeypatch):
    loaded, used = [], []
    monkeypatch.setattr(store_access, "get_transcriber", lambda *asked: loaded.append(asked) or "recogniser")
    monkeypatch.setattr(whisper, "warm_up", used.append)
    for _ in range(2):
        store_access.preload_recogniser().join()
    assert (loaded, used) == ([("tiny.en", "en")], ["recogniser"])


def test_weights_that_are_missing_keep_the_app_from_nothing(monkeypatch):
    def refuse(*_asked):
        raise WeightsError("no weights")

    monkeypatch.setattr(store_access, "get_transcriber", refuse)
    store_access.preload_recogniser().join()
