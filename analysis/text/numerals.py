"""Numerals to the words people say for them: amounts, years, money, times, ordinals, fractions."""

from __future__ import annotations

import re

from analysis.text.number_words import DIGITS, cardinal_words, ordinal_word

# sign: one of it, several of it, its hundredth
CURRENCIES = {
    "$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
    "£": ("pound", "pounds", "pence"),
}
MAGNITUDES = {
    "%": "percent",
    "k": "thousand",
    "K": "thousand",
    "M": "million",
    "m": "million",
    "mm": "million",
    "B": "billion",
    "bn": "billion",
    "T": "trillion",
    "x": "times",
    "X": "times",
}
_PLAIN_PARTS = {"2": ("half", "halves"), "4": ("quarter", "quarters")}


def number(text: str) -> tuple[str, ...]:
    """An amount ("1,500", "3.5") or a year ("1998"); digit by digit after a leading zero, as codes are said."""
    digits = text.replace(",", "")
    whole, _, decimals = digits.partition(".")
    if decimals:
        return (*(_cardinal(whole) if whole else ()), "point", *_digits(decimals))
    if "," not in text and len(digits) == 4 and 1100 <= int(digits) <= 2099:
        return _year(int(digits))
    if digits.startswith("0") and len(digits) > 1:
        return _digits(digits)
    return _cardinal(digits)


def money(sign: str, amount: str, magnitude: str | None) -> tuple[str, ...]:
    """A sum of money: "$150,000" is one hundred fifty thousand dollars, "£2.50" two pounds fifty pence."""
    one, several, hundredth = CURRENCIES[sign]
    if magnitude:
        return (*number(amount), MAGNITUDES[magnitude], several)
    whole, _, decimals = amount.partition(".")
    if len(decimals) == 2:
        minor = (*_cardinal(decimals), hundredth) if int(decimals) else ()
        return (*money(sign, whole, None), *minor) if int(whole.replace(",", "") or 0) else minor
    return (*(number(amount) if decimals else _cardinal(amount.replace(",", ""))), one if amount == "1" else several)


def clock(text: str) -> tuple[str, ...]:
    """A time of day or a score: "9:30" is nine thirty, "9:05" nine oh five, "9:00" nine o'clock."""
    hour, minute = text.split(":")
    if minute == "00":
        return (*_cardinal(hour), "o'clock")
    return (*_cardinal(hour), *_two_digits(minute))


def decade(text: str) -> tuple[str, ...]:
    """A decade: "1990s" is nineteen nineties, "90s" nineties, "2000s" two thousands."""
    *before, last = number(text.removesuffix("s"))
    return (*before, last.removesuffix("y") + "ies" if last.endswith("y") else f"{last}s")


def ordinal(text: str) -> tuple[str, ...]:
    """An ordinal: "21st" is twenty-first, which is one word."""
    *before, last = _cardinal(re.sub(r"\D", "", text))
    return (*before, ordinal_word(last))


def fraction(text: str) -> tuple[str, ...]:
    """A fraction: "1/2" is one half, "3/4" three quarters, "2/3" two thirds."""
    top, bottom = text.split("/")
    if bottom in _PLAIN_PARTS:
        part = _PLAIN_PARTS[bottom][top != "1"]
    else:
        part = ordinal_word(_cardinal(bottom)[-1]) + ("" if top == "1" else "s")
    return (*_cardinal(top), part)


def _year(year: int) -> tuple[str, ...]:
    if 2000 <= year <= 2009:
        return _cardinal(str(year))
    century, rest = divmod(year, 100)
    return (*_cardinal(str(century)), *(_two_digits(f"{rest:02}") if rest else ("hundred",)))


def _two_digits(text: str) -> tuple[str, ...]:
    return ("oh", *_cardinal(text[1])) if text.startswith("0") else _cardinal(text)


def _digits(text: str) -> tuple[str, ...]:
    return tuple(word for digit in text for word in _cardinal(digit))


def _cardinal(digits: str) -> tuple[str, ...]:
    return cardinal_words(int(digits)) if len(digits) <= DIGITS else _digits(digits)
