"""What words and transcripts refuse to be."""

import pytest

from speech.segment import Span
from speech.transcript import Transcript, Word, WordKind, no_progress


def transcript(words=(), possible=(), voice=()):
    return Transcript(tuple(words), tuple(possible), tuple(voice), 10.0, "en", "base", "none")


def test_a_word_is_a_plain_word_unless_it_is_said_otherwise():
    word = Word("well,", 1.0, 1.5, 0.9)
    assert word.kind is WordKind.WORD
    assert word.span == Span(1.0, 1.5)


@pytest.mark.parametrize("text", ["", " ", " well", "well ", "well\n"])
def test_a_word_has_text_and_no_space_around_it(text):
    with pytest.raises(ValueError, match="no space around it"):
        Word(text, 0, 1, 0.5)


@pytest.mark.parametrize(("start", "end"), [(2, 1), (-1, 1), (float("nan"), 1), (0, float("nan"))])
def test_a_word_does_not_end_before_it_starts(start, end):
    with pytest.raises(ValueError, match="does not end before it starts"):
        Word("well", start, end, 0.5)


@pytest.mark.parametrize("probability", [-0.01, 1.01, float("nan")])
def test_a_probability_lies_between_0_and_1(probability):
    with pytest.raises(ValueError, match="between 0 and 1"):
        Word("well", 0, 1, probability)


def test_words_stand_in_time_order():
    late, early = Word("late", 2, 3, 0.5), Word("early", 1, 4, 0.5)
    assert transcript([early, late]).words == (early, late)
    with pytest.raises(ValueError, match="time order"):
        transcript([late, early])
    with pytest.raises(ValueError, match="time order"):
        transcript(possible=[late, early])


def test_voiced_stretches_stand_in_time_order():
    with pytest.raises(ValueError, match="time order"):
        transcript(voice=[Span(2, 3), Span(0, 1)])


def test_an_empty_transcript_is_one():
    assert transcript().words == ()


def test_whoever_does_not_listen_may_be_told_of_progress():
    no_progress(0.5)
