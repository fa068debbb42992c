import pytest

from samples.marks import FILLER_SECONDS, FillerSound, MarkError, SaidWord, Silence, Speech, parse
from speech.transcript import WordKind


def said(text: str, kind: WordKind = WordKind.WORD) -> tuple[SaidWord, ...]:
    return tuple(SaidWord(word, kind) for word in text.split())


def test_a_text_is_cut_where_the_voice_is_interrupted():
    text = "I led the migration {0.8} {um} {0.3} of our billing system."
    assert parse(text).pieces == (
        Speech(said("I led the migration")),
        Silence(0.8),
        FillerSound("um", FILLER_SECONDS),
        Silence(0.3),
        Speech(said("of our billing system.")),
    )


def test_filler_words_and_repetitions_stay_in_their_breath():
    marked = parse("[You know,] <the pro-> the project <I> I led")
    (speech,) = marked.pieces
    assert speech == Speech(
        said("You know,", WordKind.FILLER_WORD)
        + said("the pro-", WordKind.REPETITION)
        + said("the project")
        + said("I", WordKind.REPETITION)
        + said("I led")
    )


def test_a_phrase_counts_once_however_many_words_it_has():
    marked = parse("[you know,] it was [like] <we were> we were late")
    assert (marked.filler_phrases, marked.repetitions) == (2, 1)


def test_a_filler_sound_may_ask_for_its_length():
    assert parse("{uh 0.5} yes").pieces[0] == FillerSound("uh", 0.5)


def test_line_breaks_are_spaces():
    assert parse("we met\n  at noon") == parse("we met at noon")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "begins and ends"),
        ("{0.5} late", "begins and ends"),
        ("late {0.5}", "begins and ends"),
        ("one {0.5} {0.5} two", "side by side"),
        ("one {0.2} two", "at least 0.3 s"),
        ("one {5} two", "neither a silence"),
        ("one {hmph} two", "neither a silence"),
        ("one {0.5 two", "not closed"),
        ("one 0.5} two", "not closed"),
        ("one [like two", "not closed"),
        ("one <two", "not closed"),
        ("one [] two", "empty"),
        ("saved 25 percent", "as they are said"),
        ("one , two", "punctuation belongs"),
    ],
)
def test_marks_that_make_no_sense_are_refused(text, complaint):
    with pytest.raises(MarkError, match=complaint):
        parse(text)
