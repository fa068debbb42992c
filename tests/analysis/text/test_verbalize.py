import pytest

from analysis.text.verbalize import count_words, verbalise_token, verbalise_words
from speech.transcript import Word, WordKind

SAID = {
    "25%": "twenty-five percent",
    "100%.": "one hundred percent",
    "$150,000": "one hundred fifty thousand dollars",
    "$1": "one dollar",
    "$3.50": "three dollars fifty cents",
    "$0.99": "ninety-nine cents",
    "$5.00": "five dollars",
    "$1.5": "one point five dollars",
    "$2M": "two million dollars",
    "€20": "twenty euros",
    "£2.50": "two pounds fifty pence",
    "1998": "nineteen ninety-eight",
    "2024": "twenty twenty-four",
    "2007": "two thousand seven",
    "1900": "nineteen hundred",
    "1905": "nineteen oh five",
    "1990s": "nineteen nineties",
    "'90s": "nineties",
    "21st": "twenty-first",
    "1,000th": "one thousandth",
    "3.5": "three point five",
    ".5": "point five",
    "1,250,000": "one million two hundred fifty thousand",
    "1,500": "one thousand five hundred",
    "007": "zero zero seven",
    "-5": "minus five",
    "10-15": "ten to fifteen",
    "10–15%": "ten to fifteen percent",
    "2019-2021": "twenty nineteen to twenty twenty-one",
    "24/7": "twenty-four seven",
    "9/11": "nine eleven",
    "1/2": "one half",
    "3/4": "three quarters",
    "2/3": "two thirds",
    "½": "one half",
    "5x": "five times",
    "10k": "ten thousand",
    "2M": "two million",
    "9:30": "nine thirty",
    "9:05": "nine oh five",
    "9:00": "nine o'clock",
    "9am": "nine am",
    "COVID-19": "COVID nineteen",
    "GPT-4": "GPT four",
    "B2B": "B two B",
    "Q3": "Q three",
    "H2O": "H two O",
    "MP3": "MP three",
    "SQL,": "SQL",
    "U.S.": "US",
    "e.g.,": "eg",
    "Ph.D.": "PhD",
    "R&D": "R and D",
    "A/B": "A B",
    "and/or": "and or",
    "C++": "C plus plus",
    "C#": "C sharp",
    "#1": "number one",
    "Node.js": "Node dot js",
    "don't": "don't",
    "well-known.": "well-known",
    "pro-": "pro",
    '"Hello,"': "Hello",
    "—": "",
    "...": "",
}


@pytest.mark.parametrize(("written", "said"), SAID.items())
def test_a_token_is_verbalised_as_people_say_it(written, said):
    assert verbalise_token(written) == tuple(said.split())


@pytest.mark.parametrize(("written", "count"), [("25%", 2), ("$150,000", 5), ("twenty-five", 1), ("1998", 2)])
def test_numbers_count_as_many_words_as_are_said(written, count):
    assert count_words([Word(written, 0, 1, 1)]) == count


def make_row(*texts: str) -> list[Word]:
    return [Word(text, index, index + 1, 1) for index, text in enumerate(texts)]


@pytest.mark.parametrize(
    ("tokens", "forms"),
    [
        (("$150", ",000", "a", "year"), ("one hundred fifty thousand dollars", "", "a", "year")),
        (("3", ".5", "years"), ("three point five", "", "years")),
        (("25", "%", "more"), ("twenty-five percent", "", "more")),
        (("well", "-known"), ("well-known", "")),
        (("10", "-15", "people"), ("ten to fifteen", "", "people")),
        (("we", "-", "I", "went"), ("we", "", "I", "went")),
        (("it", "was", "5,", "12", "of", "them"), ("it", "was", "five", "twelve", "of", "them")),
    ],
)
def test_a_token_split_by_the_recogniser_is_verbalised_as_one(tokens, forms):
    assert verbalise_words(make_row(*tokens)) == tuple(tuple(form.split()) for form in forms)


def test_filler_sounds_are_not_words_but_filler_words_and_repetitions_are():
    words = [
        Word("um,", 0, 1, 1, WordKind.FILLED_PAUSE),
        Word("like", 1, 2, 1, WordKind.DISCOURSE_MARKER),
        Word("I", 2, 3, 1, WordKind.REPETITION),
        Word("I", 3, 4, 1),
    ]
    assert count_words(words) == 3
    assert count_words(()) == 0


def test_any_text_of_digits_and_symbols_is_verbalised_without_an_error():
    for text in (
        "9" * 50,
        "9" * 50 + "th",
        "$" + "9" * 50,
        "1,2,3",
        "//",
        "$",
        "$$5",
        "5:7",
        "12:345",
        "1.2.3",
        "%%",
        "€",
        "0/0",
        "1/0",
        "٣",
        "²",
    ):
        assert all(verbalise_token(text)) or verbalise_token(text) == ()
