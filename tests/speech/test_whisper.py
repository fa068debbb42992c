"""Loading real models: what is there to tell the language."""

import pytest

from speech.whisper import load


@pytest.mark.model
@pytest.mark.parametrize(("language", "listens"), [(None, True), ("en", False)])
def test_a_model_that_knows_only_english_comes_with_a_listener_unless_the_answers_are_english(language, listens):
    loaded = load("tiny.en", language=language)
    assert loaded.language == language
    assert (loaded.listener is not None) is listens
