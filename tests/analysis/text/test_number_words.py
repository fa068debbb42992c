import pytest

from analysis.text.number_words import MAX_DIGITS, spell_cardinal, spell_ordinal


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (99, "ninety-nine"),
        (100, "one hundred"),
        (1000, "one thousand"),
        (10_010, "ten thousand ten"),
        (150_000, "one hundred fifty thousand"),
        (2_000_345, "two million three hundred forty-five"),
        (7 * 10**15, "seven quadrillion"),
    ],
)
def test_a_whole_number_is_spelled_in_words(number, words):
    assert spell_cardinal(number) == tuple(words.split())


@pytest.mark.parametrize("number", [-1, 10**MAX_DIGITS])
def test_a_number_outside_the_range_raises_an_error(number):
    with pytest.raises(ValueError, match=str(number)):
        spell_cardinal(number)


@pytest.mark.parametrize(
    ("cardinal", "ordinal"),
    [
        ("one", "first"),
        ("twenty-one", "twenty-first"),
        ("twelve", "twelfth"),
        ("thirty", "thirtieth"),
        ("fourteen", "fourteenth"),
        ("hundred", "hundredth"),
        ("ninety-nine", "ninety-ninth"),
    ],
)
def test_an_ordinal_is_formed_from_its_last_part(cardinal, ordinal):
    assert spell_ordinal(cardinal) == ordinal
