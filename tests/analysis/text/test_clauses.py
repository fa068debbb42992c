import pytest

from analysis.text.clauses import clauses, ends_sentence, sentences
from speech.transcript import Word
from tests.support.synthetic_words import said


def groups(found):
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
    assert groups(clauses(said(text))) == expected


def test_sentences_end_at_full_stops_but_not_at_abbreviations():
    assert groups(sentences(said("Dr. Lee hired me. Was it, um, fun? Yes"))) == [
        "Dr. Lee hired me.",
        "Was it, fun?",
        "Yes",
    ]


def test_a_full_stop_before_a_small_letter_is_a_pause_that_the_recogniser_heard():
    assert groups(sentences(said("I chose a simple. queue. It worked."))) == ["I chose a simple. queue.", "It worked."]


def test_words_without_punctuation_are_one_sentence():
    assert len(sentences(said("I did this then that"))) == 1


@pytest.mark.parametrize(("text", "end"), [("done.", True), ('done."', True), ("done...", False), ("e.g.", False)])
def test_three_dots_are_a_hesitation_and_not_the_end_of_a_sentence(text, end):
    assert ends_sentence(Word(text, 0, 1, 1)) is end
