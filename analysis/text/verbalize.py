"""Verbalise written words: a recogniser writes "25%", people say two words.

Conventions: a number becomes the words most people say, American style without "and"; "twenty-five"
and other hyphenated words are one word; an acronym is one word; letters between digits are said one
by one ("B2B" is three words). Punctuation is not spoken. The recogniser may split a token ("$150"
and ",000"); `verbalise_words` joins it again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from analysis.text.number_words import MAX_DIGITS, spell_cardinal, spell_ordinal
from speech.transcript import Word, WordKind

# sign: one of it, several of it, its hundredth
_CURRENCIES = {
    "$": ("dollar", "dollars", "cents"),
    "€": ("euro", "euros", "cents"),
    "£": ("pound", "pounds", "pence"),
}
_MAGNITUDES = {
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
_FRACTION_NAMES = {"2": ("half", "halves"), "4": ("quarter", "quarters")}
_FIXED_FORMS = {
    "24/7": ("twenty-four", "seven"),
    "401k": ("four", "oh", "one", "K"),
    "c++": ("C", "plus", "plus"),
    "c#": ("C", "sharp"),
    "f#": ("F", "sharp"),
    "ph.d": ("PhD",),
}
_SYMBOLS = {"&": "and", "+": "plus", "%": "percent", "@": "at", "=": "equals", "°": "degrees", "#": "number"}
_SYMBOLS |= {sign: plural for sign, (_, plural, _) in _CURRENCIES.items()}

_OPENING_MARKS = " \"“”()[]…'’‘*_"
_CLOSING_MARKS = _OPENING_MARKS + ".,;:!?"
_NUMBER_REGEX = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_MAGNITUDE_REGEX = rf"(?:{'|'.join(sorted(_MAGNITUDES, key=len, reverse=True))})(?![A-Za-z])"
_SIGN_REGEX = f"[{''.join(_CURRENCIES)}]"
_LETTERS_REGEX = r"[^\W\d_]+"
_PART_PATTERN = re.compile(
    rf"""
    (?P<dotted>(?:[A-Za-z]\.){{2,}}[A-Za-z]?(?![A-Za-z]))
  | (?P<money>(?P<sign>{_SIGN_REGEX})(?P<sum>{_NUMBER_REGEX})(?P<times>{_MAGNITUDE_REGEX})?)
  | (?P<clock>\d{{1,2}}:\d{{2}}(?!\d))
  | (?P<decade>\d*\d0s(?![A-Za-z]))
  | (?P<ordinal>\d[\d,]*(?:st|nd|rd|th)(?![A-Za-z]))
  | (?P<fraction>\d/\d(?![\d/]))
  | (?P<code>(?<=[A-Za-z])\d+)
  | (?P<amount>(?:{_NUMBER_REGEX}))(?P<magnitude>{_MAGNITUDE_REGEX})?
  | (?P<to>(?<=[\d%kKMB])[-–—](?={_SIGN_REGEX}?\d))
  | (?P<dot>(?<=\w)\.(?=\w))
  | (?P<symbol>[{re.escape("".join(_SYMBOLS))}½¼¾])
  | (?P<letters>{_LETTERS_REGEX}(?:['’-]{_LETTERS_REGEX})*)
    """,
    re.VERBOSE,
)
_CONTINUATION_PATTERN = re.compile(r"(?:[,.:/]\d|[-–](?:[a-z\d]|[$€£])|%)")
_VULGAR_FRACTIONS = {"½": ("one", "half"), "¼": ("one", "quarter"), "¾": ("three", "quarters")}


def verbalise_token(text: str) -> tuple[str, ...]:
    """Return the words that are said for one written token; empty if it is only punctuation."""
    core = text.lstrip(_OPENING_MARKS).rstrip(_CLOSING_MARKS)
    if core.lower() in _FIXED_FORMS:
        return _FIXED_FORMS[core.lower()]
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", core):
        return (core.replace(".", ""),)
    negative = re.match(rf"[-−–](?={_SIGN_REGEX}?\.?\d)", core)
    said: list[str] = ["minus"] if negative else []
    for piece in _PART_PATTERN.finditer(core, negative.end() if negative else 0):
        said += _say(piece)
    return tuple(said)


def verbalise_words(words: Sequence[Word]) -> tuple[tuple[str, ...], ...]:
    """Return for each word the words that are said for it, in order.

    Of a token that the recogniser split, the first part gets all the words and the others get none.
    """
    tokens: list[str] = []
    heads: list[int] = []
    for index, word in enumerate(words):
        if tokens and _CONTINUATION_PATTERN.match(word.text) and tokens[-1][-1].isalnum():
            tokens[-1] += word.text
        else:
            tokens.append(word.text)
            heads.append(index)
    forms: list[tuple[str, ...]] = [()] * len(words)
    for index, token in zip(heads, tokens, strict=True):
        forms[index] = verbalise_token(token)
    return tuple(forms)


def drop_filler_sounds(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words without filler sounds; filler words and repetitions stay, for they are words."""
    return tuple(word for word in words if word.kind is not WordKind.FILLED_PAUSE)


def count_words(words: Iterable[Word]) -> int:
    """Return W, the number of spoken words without filler sounds, numbers as they are said."""
    return sum(len(form) for form in verbalise_words(drop_filler_sounds(words)))


def _say(piece: re.Match[str]) -> tuple[str, ...]:
    found, text = piece.lastgroup, piece[0]
    if piece["money"]:
        return _say_money(piece["sign"], piece["sum"], piece["times"])
    if piece["amount"]:
        return (*_say_number(piece["amount"]), *((_MAGNITUDES[piece["magnitude"]],) if piece["magnitude"] else ()))
    if found == "dotted":
        return (text.replace(".", ""),)
    if found == "symbol":
        return _VULGAR_FRACTIONS.get(text) or (_SYMBOLS[text],)
    if found in _READERS:
        return _READERS[found](text)
    return (text,)


def _say_number(text: str) -> tuple[str, ...]:
    """Say an amount ("1,500", "3.5") or a year ("1998"); a number with a leading zero digit by digit."""
    digits = text.replace(",", "")
    whole, _, decimals = digits.partition(".")
    if decimals:
        return (*(_say_cardinal(whole) if whole else ()), "point", *_say_digits(decimals))
    if "," not in text and len(digits) == 4 and 1100 <= int(digits) <= 2099:
        return _say_year(int(digits))
    if digits.startswith("0") and len(digits) > 1:
        return _say_digits(digits)
    return _say_cardinal(digits)


def _say_money(sign: str, amount: str, magnitude: str | None) -> tuple[str, ...]:
    """Say a sum of money: "$150,000" is one hundred fifty thousand dollars, "£2.50" two pounds fifty pence."""
    one, several, hundredth = _CURRENCIES[sign]
    if magnitude:
        return (*_say_number(amount), _MAGNITUDES[magnitude], several)
    whole, _, decimals = amount.partition(".")
    if len(decimals) == 2:
        minor = (*_say_cardinal(decimals), hundredth) if int(decimals) else ()
        return (*_say_money(sign, whole, None), *minor) if int(whole.replace(",", "") or 0) else minor
    said = _say_number(amount) if decimals else _say_cardinal(amount.replace(",", ""))
    return (*said, one if amount == "1" else several)


def _say_clock(text: str) -> tuple[str, ...]:
    """Say a time of day or a score: "9:30" is nine thirty, "9:05" nine oh five, "9:00" nine o'clock."""
    hour, minute = text.split(":")
    if minute == "00":
        return (*_say_cardinal(hour), "o'clock")
    return (*_say_cardinal(hour), *_say_two_digits(minute))


def _say_decade(text: str) -> tuple[str, ...]:
    """Say a decade: "1990s" is nineteen nineties, "90s" nineties, "2000s" two thousands."""
    *before, last = _say_number(text.removesuffix("s"))
    return (*before, last.removesuffix("y") + "ies" if last.endswith("y") else f"{last}s")


def _say_ordinal(text: str) -> tuple[str, ...]:
    """Say an ordinal: "21st" is twenty-first, which is one word."""
    *before, last = _say_cardinal(re.sub(r"\D", "", text))
    return (*before, spell_ordinal(last))


def _say_fraction(text: str) -> tuple[str, ...]:
    """Say a fraction: "1/2" is one half, "3/4" three quarters, "2/3" two thirds."""
    top, bottom = text.split("/")
    if bottom in _FRACTION_NAMES:
        part = _FRACTION_NAMES[bottom][top != "1"]
    else:
        part = spell_ordinal(_say_cardinal(bottom)[-1]) + ("" if top == "1" else "s")
    return (*_say_cardinal(top), part)


def _say_year(year: int) -> tuple[str, ...]:
    if 2000 <= year <= 2009:
        return _say_cardinal(str(year))
    century, rest = divmod(year, 100)
    return (*_say_cardinal(str(century)), *(_say_two_digits(f"{rest:02}") if rest else ("hundred",)))


def _say_two_digits(text: str) -> tuple[str, ...]:
    return ("oh", *_say_cardinal(text[1])) if text.startswith("0") else _say_cardinal(text)


def _say_digits(text: str) -> tuple[str, ...]:
    return tuple(word for digit in text for word in _say_cardinal(digit))


def _say_cardinal(digits: str) -> tuple[str, ...]:
    return spell_cardinal(int(digits)) if len(digits) <= MAX_DIGITS else _say_digits(digits)


_READERS: Mapping[str | None, Callable[[str], tuple[str, ...]]] = {
    "clock": _say_clock,
    "decade": _say_decade,
    "ordinal": _say_ordinal,
    "fraction": _say_fraction,
    "to": lambda _text: ("to",),
    "dot": lambda _text: ("dot",),
    "code": _say_number,
}
