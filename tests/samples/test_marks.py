import pytest

from samples.marks import DEFAULT_FILLER_SECONDS, FillerSound, MarkError, SaidWord, Silence, Speech, parse_marks
from speech.transcript import WordKind


def make_words(text: str, kind: WordKind = WordKind.WORD) -> tuple[SaidWord, ...]:
    return tuple(SaidWord(word, kind) for word in text.split())


def test_a_text_is_split_at_silences_and_filler_sounds():
    text = "I led the migration {0.8} {um} {0.3} of our billing system."
    assert parse_marks(text).pieces == (
        Speech(make_words("I led the migration")),
        Silence(0.8),
        FillerSound("um", DEFAULT_FILLER_SECONDS),
        Silence(0.3),
        Speech(make_words("of our billing system.")),
    )


def test_filler_words_and_repetitions_do_not_split_speech():
    marked = parse_marks("[You know,] <the pro-> the project <I> I led")
    (speech,) = marked.pieces
    assert speech == Speech(
        make_words("You know,", WordKind.DISCOURSE_MARKER)
        + make_words("the pro-", WordKind.REPETITION)
        + make_words("the project")
        + make_words("I", WordKind.REPETITION)
        + make_words("I led")
    )


def test_a_phrase_counts_once_however_many_words_it_has():
    marked = parse_marks("[you know,] it was [like] <we were> we were late")
    assert (marked.filler_phrases, marked.repetitions) == (2, 1)


def test_a_filler_sound_may_state_its_length():
    assert parse_marks("{uh 0.5} yes").pieces[0] == FillerSound("uh", 0.5)


def test_line_breaks_are_spaces():
    assert parse_marks("we met\n  at noon") == parse_marks("we met at noon")


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
def test_inconsistent_marks_are_refused(text, complaint):
    with pytest.raises(MarkError, match=complaint):
        parse_marks(text)
