"""Which words and transcripts are invalid."""

import pytest

from speech.segment import Segment
from speech.transcript import Transcript, Word, WordKind, ignore_progress


def make_transcript(words=(), possible=(), voice=()):
    return Transcript(tuple(words), tuple(possible), tuple(voice), 10.0, "en", "base", "none")


def test_a_word_is_a_plain_word_by_default():
    word = Word("well,", 1.0, 1.5, 0.9)
    assert word.kind is WordKind.WORD
    assert word.span == Segment(1.0, 1.5)


@pytest.mark.parametrize("text", ["", " ", " well", "well ", "well\n"])
def test_a_word_has_text_without_surrounding_space(text):
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


def test_words_must_be_in_time_order():
    late, early = Word("late", 2, 3, 0.5), Word("early", 1, 4, 0.5)
    assert make_transcript([early, late]).words == (early, late)
    with pytest.raises(ValueError, match="time order"):
        make_transcript([late, early])
    with pytest.raises(ValueError, match="time order"):
        make_transcript(possible=[late, early])


def test_speech_segments_must_be_in_time_order():
    with pytest.raises(ValueError, match="time order"):
        make_transcript(voice=[Segment(2, 3), Segment(0, 1)])


def test_an_empty_transcript_is_valid():
    assert make_transcript().words == ()


def test_progress_can_be_ignored():
    ignore_progress(0.5)
