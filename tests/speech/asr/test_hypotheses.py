"""Merging a beam-search hypothesis with greedy filler probabilities: tokens are small numbers, 9 is a filler."""

import pytest

from speech.asr.hypotheses import ONE_SIDED_FILLER_PROBABILITY, merge_hypotheses, write_units_once
from speech.asr.whisper_model import Hypothesis
from speech.transcript import Word

UM = 9


def merge_probabilities(searched, greedy, beliefs):
    """Return the filler probabilities of the merged hypothesis."""
    found = merge_hypotheses(Hypothesis(searched, (), -0.2), Hypothesis(greedy, beliefs, -0.3), {UM})
    assert (found.tokens, found.mean_log_probability) == (searched, -0.2)
    return found.filler_probabilities


def test_equal_hypotheses_take_the_greedy_filler_probabilities():
    assert merge_probabilities((1, UM, 2), (1, UM, 2), (0.1, 0.9, 0.2)) == (0.1, 0.9, 0.2)


def test_a_filler_only_in_the_beam_search_has_probability_one_half():
    assert merge_probabilities((1, UM, 2), (1, 2), (0.1, 0.2)) == (0.1, ONE_SIDED_FILLER_PROBABILITY, 0.2)


def test_a_filler_only_in_the_greedy_decoding_is_expected_before_the_next_token():
    assert merge_probabilities((1, 2), (1, UM, 2), (0.1, 0.9, 0.2)) == (0.1, 0.9)


def test_words_only_in_the_beam_search_are_fillers_if_the_greedy_decoding_nearly_wrote_one():
    assert merge_probabilities((1, 5, 6, 2), (1, 2), (0.1, 0.2)) == (0.1, 0.0, 0.0, 0.2)
    assert merge_probabilities((1, 5, 6, 2), (1, 7, 2), (0.1, 0.4, 0.2)) == (0.1, 0.4, 0.0, 0.2)


@pytest.mark.parametrize("searched", [(1, 2), ()])
def test_a_final_filler_only_in_the_greedy_decoding_is_appended(searched):
    found = merge_hypotheses(
        Hypothesis(searched, (), -0.2), Hypothesis((*searched, UM), (*(0.1 for _ in searched), 0.9), -0.3), {UM}
    )
    assert found.tokens == (*searched, UM)
    assert found.filler_probabilities[-1] == 0.9


@pytest.mark.parametrize(("searched", "greedy"), [((), (1, 2)), ((1, UM), ()), ((), ())])
def test_an_empty_hypothesis_still_gives_each_token_a_filler_probability(searched, greedy):
    assert len(merge_probabilities(searched, greedy, (0.5,) * len(greedy))) == len(searched)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("was $3.5 million, dollars. and it", "was 3.5 million dollars. and it"),
        ("about $5 dollars", "about 5 dollars"),
        ("it grew 25% percent.", "it grew 25 percent."),
        ("£2 billion pounds", "2 billion pounds"),
        ("$3.5 million, and dollars", "$3.5 million, and dollars"),
        ("$3.5 million. Dollars matter", "$3.5 million. Dollars matter"),
        ("£5 dollars", "£5 dollars"),
        ("it was $5", "it was $5"),
        ("$5 million", "$5 million"),
        ("25% every year", "25% every year"),
    ],
)
def test_a_unit_written_as_a_sign_and_again_as_a_word_is_written_once(written, told):
    words = [Word(text, at * 0.5, at * 0.5 + 0.4, 0.9) for at, text in enumerate(written.split())]
    once = write_units_once(words)
    assert " ".join(word.text for word in once) == told
    assert [(word.start, word.end) for word in once] == [(word.start, word.end) for word in words]
