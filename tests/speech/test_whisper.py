"""Loading real models: which model detects the language."""

import pytest

from speech.whisper import load


@pytest.mark.model
@pytest.mark.parametrize(("language", "listens"), [(None, True), ("en", False)])
def test_an_english_only_model_has_a_listener_unless_english_is_known(language, listens):
    loaded = load("tiny.en", language=language)
    assert loaded.language == language
    assert (loaded.listener is not None) is listens
