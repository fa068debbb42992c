import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.lexical_diversity import compute_lexical_variety
from tests.support.synthetic_words import said


def test_fifty_different_words_are_full_variety_and_one_word_said_fifty_times_is_none():
    assert compute_lexical_variety(said(" ".join(f"w{n}" for n in range(50)))) == 1.0
    assert compute_lexical_variety(said("work " * 50)) == pytest.approx(1 / 50)


def test_the_windows_are_averaged():
    # 50 different words, then the first again: both windows hold 50 different ones; twice the last: the second 49.
    names = [f"w{n}" for n in range(50)]
    assert compute_lexical_variety(said(" ".join([*names, "w0"]))) == 1.0
    assert compute_lexical_variety(said(" ".join([*names, "w49"]))) == pytest.approx((50 + 49) / 100)


def test_it_does_not_fall_with_length_alone():
    cycle = " ".join(f"w{n}" for n in range(40))
    short, long = (compute_lexical_variety(said(f"{cycle} " * times)) for times in (2, 5))
    assert short == pytest.approx(long)


def test_below_fifty_words_it_is_not_known():
    assert compute_lexical_variety(said("word " * 49)) is None
    assert compute_lexical_variety(()) is None


def test_case_punctuation_and_fillers_make_no_difference():
    words = label_filler_words(said("Well, um " + "Word, word. " * 25))
    assert compute_lexical_variety(words) == pytest.approx(1 / 50)
