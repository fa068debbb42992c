import pytest

from analysis.measures.fillers.labelling import label_filler_words
from analysis.measures.repetition import find_repeated_phrases, find_repetitions, label_repetitions
from speech.transcript import WordKind
from tests.support.synthetic_words import make_words

# The words given up stand in (round brackets), each bracket is one repetition.
SENTENCES = [
    "(I) I went home.",
    "(I,) I went home.",
    "(I) um I went home.",
    "(I,) you know, I went home.",
    "(we were) we were late",
    "(the) (the) the team",
    "(I was going) I was going to say",
    "(I was going to) I was going to say",
    "(pro-) project",
    "the (pro-) project",
    "(the pro-) the project",
    "(the pro) the project",
    "(I wor) I worked there",
    "(m) um myself",
    "we (sta-) began anew",
    "(as) as much as it takes, (the) the same",
    "I had (to) to go",
    "(and I) and I went",
    "I said that that works",
    "He had had enough.",
    "It was very very good.",
    "No, no, I did not.",
    "five five two one",
    "10 10 20",
    "I like it. It works.",
    "We won. We won again.",
    "more and more and more people",
    "over and over and over",
    "step by step by step",
    "pre- and post-launch work",
    "plan B B for short",
    "I can see what you see",
    "they then went",
    "a man, a manager",
    "one by one",
    "one by one by one",
    "We tried and tried and tried.",
    "I gave her her badge.",
    "with (her) her manager",
    "We worked with different different teams.",
    "a big big problem",
    "That is what it is is a mess.",
    "The problem (is) is that it broke.",
    "the state I was in in March",
    "I worked (in) in Berlin.",
    "I told you you were right.",
    "New York, New York is where I live.",
    "Thank you, thank you.",
    "Location, location, location.",
    "A A A battery",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_abandoned_words_are_labelled_and_the_others_are_not(marked):
    words = label_repetitions(label_filler_words(make_words(marked.replace("(", "").replace(")", ""))))
    expected, inside = [], False
    for token in marked.split():
        inside = inside or token.startswith("(")
        expected.append(inside)
        inside = inside and not token.endswith(")")
    assert [word.kind is WordKind.REPETITION for word in words] == expected
    assert len(find_repetitions(words)) == marked.count("(")


def test_the_span_of_a_repetition_is_that_of_the_abandoned_words():
    (span,) = find_repetitions(label_repetitions(make_words("Then we were we were late", each=1.0)))
    assert (span.start, span.end) == (1.0, 3.0)


def test_labelling_is_idempotent():
    once = label_repetitions(make_words("I I was I was the pro- the project"))
    assert label_repetitions(once) == once


def test_a_word_already_labelled_as_a_repetition_is_counted():
    words = list(make_words("we sold we made it"))
    words[1] = type(words[1])(words[1].text, words[1].start, words[1].end, 1.0, WordKind.REPETITION)
    assert len(find_repetitions(words)) == 1


def test_a_phrase_of_three_words_said_three_times_is_found_with_its_spans():
    words = make_words("I led the project. Then I led the project again. So I led the project.", each=1.0)
    (phrase,) = find_repeated_phrases(words)
    assert phrase.text == "i led the project"
    assert [span.start for span in phrase.spans] == [0.0, 5.0, 11.0]


@pytest.mark.parametrize(
    "text",
    [
        "one of the first. one of the last. one of the others.",
        "I led teams. I led teams.",
        "",
    ],
)
def test_common_words_and_phrases_said_twice_are_not_listed(text):
    assert find_repeated_phrases(make_words(text)) == ()
