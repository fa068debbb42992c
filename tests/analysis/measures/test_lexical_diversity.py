import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.lexical_diversity import compute_lexical_variety
from tests.support.synthetic_words import make_words


def test_fifty_distinct_words_score_one_and_one_word_repeated_scores_one_fiftieth():
    assert compute_lexical_variety(make_words(" ".join(f"w{n}" for n in range(50)))) == 1.0
    assert compute_lexical_variety(make_words("work " * 50)) == pytest.approx(1 / 50)


def test_the_share_is_averaged_over_all_windows():
    # 50 different words, then the first again: both windows hold 50 different ones; twice the last: the second 49.
    names = [f"w{n}" for n in range(50)]
    assert compute_lexical_variety(make_words(" ".join([*names, "w0"]))) == 1.0
    assert compute_lexical_variety(make_words(" ".join([*names, "w49"]))) == pytest.approx((50 + 49) / 100)


def test_diversity_does_not_fall_with_length_alone():
    cycle = " ".join(f"w{n}" for n in range(40))
    short, long = (compute_lexical_variety(make_words(f"{cycle} " * times)) for times in (2, 5))
    assert short == pytest.approx(long)


def test_diversity_is_undefined_below_fifty_words():
    assert compute_lexical_variety(make_words("word " * 49)) is None
    assert compute_lexical_variety(()) is None


def test_case_punctuation_and_fillers_make_no_difference():
    words = label_filler_words(make_words("Well, um " + "Word, word. " * 25))
    assert compute_lexical_variety(words) == pytest.approx(1 / 50)
