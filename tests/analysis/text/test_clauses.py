import pytest

from analysis.text.clauses import has_sentence_end, split_clauses, split_sentences
from speech.transcript import Word
from tests.support.synthetic_words import make_words


def join_groups(found):
    return [" ".join(word.text for word in group) for group in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I led the team, and we shipped.", ["I led the team,", "and we shipped."]),
        ("I stayed because it mattered", ["I stayed", "because it mattered"]),
        ("I knew that we had time", ["I knew", "that we had time"]),
        ("I knew that project well", ["I knew that project well"]),
        ("I built the, um, project.", ["I built the, project."]),
        ("I built it, um, and sold it.", ["I built it,", "and sold it."]),
        ("I built it. Um, We sold it.", ["I built it.", "We sold it."]),
        ("I built a. small shop", ["I built a. small shop"]),
        ("I built it. and sold it", ["I built it.", "and sold it"]),
        ("we tried it The team liked it", ["we tried it", "The team liked it"]),
        ("I worked at Google for years", ["I worked at Google for years"]),
        ("the the... project", ["the the... project"]),
        ("um uh", []),
        ("", []),
    ],
)
def test_a_clause_ends_at_punctuation_or_before_its_opening_word(text, expected):
    assert join_groups(split_clauses(make_words(text))) == expected


def test_sentences_end_at_full_stops_but_not_at_abbreviations():
    assert join_groups(split_sentences(make_words("Dr. Lee hired me. Was it, um, fun? Yes"))) == [
        "Dr. Lee hired me.",
        "Was it, fun?",
        "Yes",
    ]


def test_a_full_stop_before_a_lower_case_letter_does_not_end_a_sentence():
    assert join_groups(split_sentences(make_words("I chose a simple. queue. It worked."))) == [
        "I chose a simple. queue.",
        "It worked.",
    ]


def test_words_without_punctuation_are_one_sentence():
    assert len(split_sentences(make_words("I did this then that"))) == 1


@pytest.mark.parametrize(("text", "end"), [("done.", True), ('done."', True), ("done...", False), ("e.g.", False)])
def test_an_ellipsis_does_not_end_a_sentence(text, end):
    assert has_sentence_end(Word(text, 0, 1, 1)) is end
