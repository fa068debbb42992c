"""The real recogniser through its public functions: chunks, words with times, languages, and refusals."""

import shutil

import numpy as np
import pytest

import samples
from speech.asr import models
from speech.asr.whisper_model import MAX_WINDOW_SECONDS, TOKEN_STEP_SECONDS, WhisperRecogniser
from speech.audio.recording import SAMPLE_RATE, from_file
from speech.errors import WeightsError
from speech.segment import Segment
from tests.support.models import load_default_model
from tests.support.sounds import make_silence

pytestmark = pytest.mark.model

SENTENCE = Segment(0.0, 10.0)


@pytest.fixture(scope="module")
def recogniser():
    return load_default_model().recogniser


@pytest.fixture(scope="module")
def sound():
    sample = next(sample for sample in samples.load() if sample.name == "calm_and_concise")
    return from_file(sample.path).cut(SENTENCE)


@pytest.fixture(scope="module")
def window(recogniser, sound):
    return recogniser.encode(sound)


def test_a_chunk_longer_than_30_seconds_is_refused(recogniser):
    with pytest.raises(ValueError, match="at most 30"):
        recogniser.encode(make_silence(MAX_WINDOW_SECONDS + 0.1))


@pytest.mark.parametrize("seconds", [0.1, 1.0, 30.0])
def test_a_chunk_of_any_length_can_be_decoded_and_aligned(recogniser, seconds):
    window = recogniser.encode(make_silence(seconds))
    decoded = recogniser.decode(window)
    assert len(decoded.filler_probabilities) == len(decoded.tokens)
    recogniser.align(window, decoded.tokens)


def test_words_are_in_order_inside_their_chunk(recogniser, window, sound):
    words = recogniser.align(window, recogniser.decode(window).tokens)
    assert len(words) > 15
    moments = [moment for word in words for moment in (word.start, word.end)]
    assert moments == sorted(moments)
    assert moments[0] >= 0
    assert moments[-1] <= len(sound) / SAMPLE_RATE + TOKEN_STEP_SECONDS
    assert all(0 <= word.probability <= 1 for word in words)
    assert all(word.text.strip() for word in words)


def test_words_have_their_tokens_and_the_index_of_the_first(recogniser, window):
    tokens = recogniser.decode(window).tokens
    words = recogniser.align(window, tokens)
    assert sum((word.tokens for word in words), ()) == tokens
    for word in words:
        assert tokens[word.first_token] == word.tokens[0]


def test_decoding_is_repeatable(recogniser, window, sound):
    assert recogniser.decode(window) == recogniser.decode(window)
    assert recogniser.decode(recogniser.encode(sound)).tokens == recogniser.decode(window).tokens


def test_filler_probabilities_lie_between_0_and_1(recogniser, window):
    beliefs = np.array(recogniser.decode(window).filler_probabilities)
    assert ((beliefs >= 0) & (beliefs <= 1)).all()


def test_a_token_of_only_spaces_is_not_a_word(recogniser, window):
    (space,) = recogniser.tokenizer.encode(" ")
    tokens = recogniser.decode(window).tokens
    assert len(recogniser.align(window, (*tokens, space))) == len(recogniser.align(window, tokens))
    assert recogniser.align(window, (space, space)) == ()


@pytest.mark.parametrize("mark", [".", " .", "...", " -"])
def test_a_lone_punctuation_mark_is_not_a_word(recogniser, window, mark):
    assert recogniser.align(window, tuple(recogniser.tokenizer.encode(mark))) == ()


def test_punctuation_is_attached_to_the_word_before_or_after_it(recogniser, window):
    tokens = tuple(recogniser.tokenizer.encode(' I said, "well - yes."'))
    assert [word.text.strip() for word in recogniser.align(window, tokens)] == ["I", "said,", '"well', '- yes."']


def test_aligning_no_tokens_gives_no_words(recogniser, window):
    assert recogniser.align(window, ()) == ()


def test_language_probabilities_sum_to_one_and_english_is_detected(recogniser, window):
    languages = recogniser.detect_languages(window)
    assert sum(languages.values()) == pytest.approx(1, abs=1e-3)
    assert max(languages, key=lambda code: languages[code]) == "en"
    assert languages["en"] > 0.9


@pytest.mark.parametrize("damage", ["cut", "not a model", "no vocabulary", "no tokenizer inside"])
def test_a_broken_model_is_explained_in_a_sentence(tmp_path, damage):
    folder = tmp_path / "broken"
    shutil.copytree(models.find_weights("tiny.en"), folder)
    if damage == "cut":
        (folder / "model.bin").write_bytes((folder / "model.bin").read_bytes()[:100_000])
    elif damage == "not a model":
        (folder / "model.bin").write_text("This is a text.")
    elif damage == "no vocabulary":
        (folder / "vocabulary.txt").unlink()
    else:
        (folder / "tokenizer.json").write_text("{}")
    with pytest.raises(WeightsError, match="We can't load the model") as caught:
        WhisperRecogniser(folder, "broken")
    assert str(caught.value).endswith("Name a folder with a faster-whisper model.")
