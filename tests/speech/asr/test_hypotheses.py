"""The words of a search with the beliefs of a greedy decoding: tokens are small numbers, 9 is a filler sound."""

import pytest

from speech.asr.hypotheses import WRITTEN_ONCE, with_beliefs
from speech.asr.whisper_model import Decoded

UM = 9


def believed(searched, greedy, beliefs):
    """The beliefs that go with what the search wrote."""
    found = with_beliefs(Decoded(searched, (), -0.2), Decoded(greedy, beliefs, -0.3), {UM})
    assert (found.tokens, found.mean_log_probability) == (searched, -0.2)
    return found.filler_beliefs


def test_where_both_wrote_the_same_the_beliefs_are_the_greedy_ones():
    assert believed((1, UM, 2), (1, UM, 2), (0.1, 0.9, 0.2)) == (0.1, 0.9, 0.2)


def test_a_filler_that_only_the_search_wrote_is_as_likely_as_not():
    assert believed((1, UM, 2), (1, 2), (0.1, 0.2)) == (0.1, WRITTEN_ONCE, 0.2)


def test_a_filler_that_only_the_greedy_decoding_wrote_stands_before_the_next_token():
    assert believed((1, 2), (1, UM, 2), (0.1, 0.9, 0.2)) == (0.1, 0.9)


def test_words_that_only_the_search_wrote_are_no_fillers_but_where_the_greedy_decoding_nearly_wrote_one():
    assert believed((1, 5, 6, 2), (1, 2), (0.1, 0.2)) == (0.1, 0.0, 0.0, 0.2)
    assert believed((1, 5, 6, 2), (1, 7, 2), (0.1, 0.4, 0.2)) == (0.1, 0.4, 0.0, 0.2)


@pytest.mark.parametrize("searched", [(1, 2), ()])
def test_a_filler_at_the_end_that_only_the_greedy_decoding_wrote_is_taken_over(searched):
    found = with_beliefs(
        Decoded(searched, (), -0.2), Decoded((*searched, UM), (*(0.1 for _ in searched), 0.9), -0.3), {UM}
    )
    assert found.tokens == (*searched, UM)
    assert found.filler_beliefs[-1] == 0.9


@pytest.mark.parametrize(("searched", "greedy"), [((), (1, 2)), ((1, UM), ()), ((), ())])
def test_where_one_wrote_nothing_there_is_a_belief_for_each_token_of_the_search(searched, greedy):
    assert len(believed(searched, greedy, (0.5,) * len(greedy))) == len(searched)
