"""The real recogniser through its public functions: windows, words with times, languages, and what it refuses."""

import shutil

import numpy as np
import pytest

import samples
from speech.asr import models
from speech.asr.whisper_model import LONGEST_WINDOW, TOKEN_STEP, Recogniser
from speech.audio.recording import SAMPLE_RATE, from_file
from speech.errors import WeightsError
from speech.segment import Span
from tests.support.models import default_model
from tests.support.sounds import silence

pytestmark = pytest.mark.model

SENTENCE = Span(0.0, 10.0)


@pytest.fixture(scope="module")
def recogniser():
    return default_model().recogniser


@pytest.fixture(scope="module")
def sound():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    return from_file(sample.path).cut(SENTENCE)


@pytest.fixture(scope="module")
def window(recogniser, sound):
    return recogniser.encode(sound)


def test_a_window_longer_than_whisper_was_trained_on_is_refused(recogniser):
    with pytest.raises(ValueError, match="at most 30"):
        recogniser.encode(silence(LONGEST_WINDOW + 0.1))


@pytest.mark.parametrize("seconds", [0.1, 1.0, 30.0])
def test_a_window_of_any_length_can_be_decoded_and_aligned(recogniser, seconds):
    window = recogniser.encode(silence(seconds))
    decoded = recogniser.decode(window)
    assert len(decoded.filler_beliefs) == len(decoded.tokens)
    recogniser.align(window, decoded.tokens)


def test_words_come_in_order_inside_their_window(recogniser, window, sound):
    words = recogniser.align(window, recogniser.decode(window).tokens)
    assert len(words) > 15
    moments = [moment for word in words for moment in (word.start, word.end)]
    assert moments == sorted(moments)
    assert moments[0] >= 0
    assert moments[-1] <= len(sound) / SAMPLE_RATE + TOKEN_STEP
    assert all(0 <= word.probability <= 1 for word in words)
    assert all(word.text.strip() for word in words)


def test_words_know_their_tokens_and_where_they_stand_in_what_was_decoded(recogniser, window):
    tokens = recogniser.decode(window).tokens
    words = recogniser.align(window, tokens)
    assert sum((word.tokens for word in words), ()) == tokens
    for word in words:
        assert tokens[word.first_token] == word.tokens[0]


def test_decoding_is_repeatable(recogniser, window, sound):
    assert recogniser.decode(window) == recogniser.decode(window)
    assert recogniser.decode(recogniser.encode(sound)).tokens == recogniser.decode(window).tokens


def test_beliefs_in_filler_sounds_are_probabilities(recogniser, window):
    beliefs = np.array(recogniser.decode(window).filler_beliefs)
    assert ((beliefs >= 0) & (beliefs <= 1)).all()


def test_a_token_of_nothing_but_spaces_is_no_word(recogniser, window):
    (space,) = recogniser.tokenizer.encode(" ")
    tokens = recogniser.decode(window).tokens
    assert len(recogniser.align(window, (*tokens, space))) == len(recogniser.align(window, tokens))
    assert recogniser.align(window, (space, space)) == ()


@pytest.mark.parametrize("mark", [".", " .", "...", " -"])
def test_a_mark_alone_is_no_word(recogniser, window, mark):
    assert recogniser.align(window, tuple(recogniser.tokenizer.encode(mark))) == ()


def test_marks_belong_to_the_word_before_or_after_them(recogniser, window):
    tokens = tuple(recogniser.tokenizer.encode(' I said, "well - yes."'))
    assert [word.text.strip() for word in recogniser.align(window, tokens)] == ["I", "said,", '"well', '- yes."']


def test_no_words_have_no_times(recogniser, window):
    assert recogniser.align(window, ()) == ()


def test_the_languages_of_a_window_sum_to_one_and_english_is_heard(recogniser, window):
    languages = recogniser.languages(window)
    assert sum(languages.values()) == pytest.approx(1, abs=1e-3)
    assert max(languages, key=lambda code: languages[code]) == "en"
    assert languages["en"] > 0.9


@pytest.mark.parametrize("damage", ["cut", "not a model", "no vocabulary", "no tokenizer inside"])
def test_a_folder_with_a_broken_model_is_a_sentence(tmp_path, damage):
    folder = tmp_path / "broken"
    shutil.copytree(models.find("tiny.en"), folder)
    if damage == "cut":
        (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:100_000])
    elif damage == "not a model":
        (folder / "model.bin").write_text("This is a text.")
    elif damage == "no vocabulary":
        (folder / "vocabulary.txt").unlink()
    else:
        (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(WeightsError, match="cannot be loaded") as caught:
        Recogniser(folder, "broken")
    assert str(caught.value).endswith("Name a folder with a faster-whisper model.")
