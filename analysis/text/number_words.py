"""Spell whole numbers in words, American style: without "and", tens and units joined by a hyphen.

Not taken from a library because the one for it takes seconds to import, as long as the whole
analysis may take.
"""

from __future__ import annotations

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["_", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")
MAX_DIGITS = 3 * len(_SCALES)  # the longest number there are names for

_ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def spell_cardinal(number: int) -> tuple[str, ...]:
    """Return the words of a whole number: 150000 is one hundred fifty thousand.

    Args:
        number: From 0 to below 10 ** MAX_DIGITS.

    Raises:
        ValueError: The number is outside that range.
    """
    if not 0 <= number < 10**MAX_DIGITS:
        raise ValueError(f"there are names for numbers from 0 to below 1e{MAX_DIGITS}: {number}")
    words: list[str] = []
    for power in reversed(range(len(_SCALES))):
        group = number // 1000**power % 1000
        if group:
            words += (*_spell_below_thousand(group), *((_SCALES[power],) if power else ()))
    return tuple(words) or (_UNITS[0],)


def spell_ordinal(cardinal: str) -> str:
    """Return the ordinal of one cardinal word: twenty-first for twenty-one, thirtieth for thirty."""
    *tens, last = cardinal.split("-")
    if last in _ORDINALS:
        last = _ORDINALS[last]
    else:
        last = f"{last.removesuffix('y')}ieth" if last.endswith("y") else f"{last}th"
    return "-".join((*tens, last))


def _spell_below_thousand(number: int) -> tuple[str, ...]:
    hundreds, rest = divmod(number, 100)
    return (*((_UNITS[hundreds], "hundred") if hundreds else ()), *((_spell_below_hundred(rest),) if rest else ()))


def _spell_below_hundred(number: int) -> str:
    if number < len(_UNITS):
        return _UNITS[number]
    tens, units = divmod(number, 10)
    return f"{_TENS[tens]}-{_UNITS[units]}" if units else _TENS[tens]
