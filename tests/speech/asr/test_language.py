"""When an answer is refused because of its language, with made-up language probabilities."""

import pytest

from speech.asr.language import (
    DECISION_SECONDS,
    MIN_CHANGE_SECONDS,
    MIN_CHUNK_SECONDS,
    MIN_REFUSAL_PROBABILITY,
    LanguageGuard,
    find_language_change,
)
from speech.errors import AnswerAloudError, LanguageError
from speech.transcript import LanguageChange

SPANISH = {"es": 0.9, "en": 0.06, "pt": 0.04}
ENGLISH = {"en": 0.95, "de": 0.05}
UNSURE = {"es": 0.5, "en": 0.4, "pt": 0.1}


def decide(*pieces):
    """Add chunks of (seconds, languages) to a guard and decide."""
    guard = LanguageGuard()
    for seconds, languages in pieces:
        guard.add_chunk(seconds, languages)
    guard.decide()


def read_refusal(*pieces):
    with pytest.raises(LanguageError) as caught:
        decide(*pieces)
    return str(caught.value)


def test_a_refusal_of_spanish_names_it_and_says_what_to_do():
    text = read_refusal((10, SPANISH))
    assert text == "This sounds like Spanish (90% sure). " + (
        "We can only analyse answers in English, so please record it in English. If it is English, choose "
        "“Assume English” in Settings, or add --language en on the command line."
    )
    assert issubclass(LanguageError, AnswerAloudError)


def test_a_refusal_of_an_unnamed_language_shows_its_code():
    assert "another language (yo)" in read_refusal((10, {"yo": 1.0}))


def test_english_is_accepted():
    decide((10, ENGLISH), (10, ENGLISH), (10, ENGLISH))


def test_an_uncertain_language_is_accepted():
    decide((10, UNSURE))


@pytest.mark.parametrize(
    ("share", "refused"), [(MIN_REFUSAL_PROBABILITY - 0.01, False), (MIN_REFUSAL_PROBABILITY + 0.01, True)]
)
def test_a_language_is_refused_from_its_minimum_probability(share, refused):
    languages = {"fr": share, "en": 1 - share}
    if refused:
        assert "French" in read_refusal((10, languages))
    else:
        decide((10, languages))


def test_chunks_are_weighted_by_their_length():
    decide((3, SPANISH), (20, ENGLISH))
    assert "Spanish" in read_refusal((20, SPANISH), (3, ENGLISH))


def test_short_chunks_are_ignored():
    decide(*[(MIN_CHUNK_SECONDS - 0.1, SPANISH)] * 10)


def test_a_spanish_answer_with_an_english_greeting_is_refused():
    assert "Spanish" in read_refusal((MIN_CHUNK_SECONDS - 0.1, ENGLISH), (10, SPANISH))


def test_without_speech_no_language_is_refused():
    decide()
    decide((10, {}))


def test_the_language_is_decided_once_after_enough_speech():
    guard = LanguageGuard()
    guard.add_chunk(DECISION_SECONDS - 1, SPANISH)
    assert guard.wants_more
    with pytest.raises(LanguageError):
        guard.add_chunk(MIN_CHUNK_SECONDS, SPANISH)
    english = LanguageGuard()
    english.add_chunk(DECISION_SECONDS, ENGLISH)
    assert not english.wants_more
    english.add_chunk(600, SPANISH)
    english.decide()


def test_known_english_is_neither_checked_nor_refused():
    guard = LanguageGuard(known="en")
    assert not guard.wants_more
    guard.add_chunk(600, SPANISH)
    guard.decide()


def test_another_language_after_an_english_beginning_is_told_with_its_first_moment():
    pieces = ((0.0, 20.0, ENGLISH), (20.0, 8.0, SPANISH), (28.0, 9.0, SPANISH))
    assert find_language_change(pieces) == LanguageChange(20.0, "es")


@pytest.mark.parametrize(
    "pieces",
    [
        ((0.0, 20.0, ENGLISH), (20.0, 15.0, ENGLISH)),
        ((0.0, 20.0, ENGLISH), (20.0, MIN_CHANGE_SECONDS - 1, SPANISH)),  # a name, a quotation
        ((0.0, 20.0, ENGLISH), (20.0, 15.0, UNSURE)),
        ((0.0, 20.0, {}), (20.0, 15.0, {})),  # an English-only recogniser asks no more
        (),
    ],
)
def test_english_a_quotation_and_an_unsure_language_are_no_change(pieces):
    assert find_language_change(pieces) is None
