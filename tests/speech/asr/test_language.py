"""When an answer is refused for its language; probabilities of languages are made up, the decision is real."""

import pytest

from speech.asr.language import ENOUGH, LONG_ENOUGH, SURE, LanguageGuard
from speech.errors import AnswerAloudError, LanguageError

SPANISH = {"es": 0.9, "en": 0.06, "pt": 0.04}
ENGLISH = {"en": 0.95, "de": 0.05}
UNSURE = {"es": 0.5, "en": 0.4, "pt": 0.1}


def decide(*pieces):
    """Let a guard hear pieces of (seconds, languages) and decide."""
    guard = LanguageGuard()
    for seconds, languages in pieces:
        guard.hear(seconds, languages)
    guard.decide()


def refusal(*pieces):
    with pytest.raises(LanguageError) as caught:
        decide(*pieces)
    return str(caught.value)


def test_spanish_is_refused_by_its_name_and_with_what_to_do():
    text = refusal((10, SPANISH))
    assert text == "This sounds like Spanish (90% sure). " + (
        "Only answers in English can be measured: record the answer in English. If it is English after all, set the "
        "language to English: in the app under Settings, on the command line with --language en."
    )
    assert issubclass(LanguageError, AnswerAloudError)


def test_a_language_without_a_name_is_refused_by_its_code():
    assert "another language (yo)" in refusal((10, {"yo": 1.0}))


def test_english_passes():
    decide((10, ENGLISH), (10, ENGLISH), (10, ENGLISH))


def test_a_doubt_passes():
    decide((10, UNSURE))


@pytest.mark.parametrize(("share", "refused"), [(SURE - 0.01, False), (SURE + 0.01, True)])
def test_a_language_is_refused_from_the_given_probability(share, refused):
    languages = {"fr": share, "en": 1 - share}
    if refused:
        assert "French" in refusal((10, languages))
    else:
        decide((10, languages))


def test_pieces_weigh_by_their_length():
    decide((3, SPANISH), (20, ENGLISH))
    assert "Spanish" in refusal((20, SPANISH), (3, ENGLISH))


def test_short_pieces_say_nothing():
    decide(*[(LONG_ENOUGH - 0.1, SPANISH)] * 10)


def test_an_english_word_of_greeting_does_not_save_a_spanish_answer():
    assert "Spanish" in refusal((LONG_ENOUGH - 0.1, ENGLISH), (10, SPANISH))


def test_a_guard_that_heard_nothing_decides_nothing():
    decide()
    decide((10, {}))


def test_the_decision_comes_as_soon_as_enough_was_heard_and_stands():
    guard = LanguageGuard()
    guard.hear(ENOUGH - 1, SPANISH)
    assert guard.wants_more
    with pytest.raises(LanguageError):
        guard.hear(LONG_ENOUGH, SPANISH)
    english = LanguageGuard()
    english.hear(ENOUGH, ENGLISH)
    assert not english.wants_more
    english.hear(600, SPANISH)
    english.decide()


def test_a_guard_that_knows_the_answer_to_be_english_asks_for_nothing_and_refuses_nothing():
    guard = LanguageGuard(known="en")
    assert not guard.wants_more
    guard.hear(600, SPANISH)
    guard.decide()
