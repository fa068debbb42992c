"""Verbalise written words: recognisers write "25%", people say two words.

Conventions: a number becomes the words most people say, American style without "and"; "twenty-five" and other
hyphenated words are one word; an acronym is one word; letters between digits are said one by one ("B2B" is three
words). Punctuation is not spoken. A token may be cut by the recogniser ("$150" and ",000"); `spoken_forms` mends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from analysis.text.number_words import DIGITS, cardinal_words, ordinal_word
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
_PLAIN_PARTS = {"2": ("half", "halves"), "4": ("quarter", "quarters")}
_AS_SAID = {
    "24/7": ("twenty-four", "seven"),
    "401k": ("four", "oh", "one", "K"),
    "c++": ("C", "plus", "plus"),
    "c#": ("C", "sharp"),
    "f#": ("F", "sharp"),
    "ph.d": ("PhD",),
}
_SYMBOLS = {"&": "and", "+": "plus", "%": "percent", "@": "at", "=": "equals", "°": "degrees", "#": "number"}
_SYMBOLS |= {sign: plural for sign, (_, plural, _) in _CURRENCIES.items()}

_OPENING = " \"“”()[]…'’‘*_"
_CLOSING = _OPENING + ".,;:!?"
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_MAGNITUDE = rf"(?:{'|'.join(sorted(_MAGNITUDES, key=len, reverse=True))})(?![A-Za-z])"
_SIGN = f"[{''.join(_CURRENCIES)}]"
_LETTERS = r"[^\W\d_]+"
_PIECE = re.compile(
    rf"""
    (?P<dotted>(?:[A-Za-z]\.){{2,}}[A-Za-z]?(?![A-Za-z]))
  | (?P<money>(?P<sign>{_SIGN})(?P<sum>{_NUMBER})(?P<times>{_MAGNITUDE})?)
  | (?P<clock>\d{{1,2}}:\d{{2}}(?!\d))
  | (?P<decade>\d*\d0s(?![A-Za-z]))
  | (?P<ordinal>\d[\d,]*(?:st|nd|rd|th)(?![A-Za-z]))
  | (?P<fraction>\d/\d(?![\d/]))
  | (?P<code>(?<=[A-Za-z])\d+)
  | (?P<amount>(?:{_NUMBER}))(?P<magnitude>{_MAGNITUDE})?
  | (?P<to>(?<=[\d%kKMB])[-–—](?={_SIGN}?\d))
  | (?P<dot>(?<=\w)\.(?=\w))
  | (?P<symbol>[{re.escape("".join(_SYMBOLS))}½¼¾])
  | (?P<letters>{_LETTERS}(?:['’-]{_LETTERS})*)
    """,
    re.VERBOSE,
)
_CONTINUES = re.compile(r"(?:[,.:/]\d|[-–](?:[a-z\d]|[$€£])|%)")
_VULGAR = {"½": ("one", "half"), "¼": ("one", "quarter"), "¾": ("three", "quarters")}


def spoken_words(text: str) -> tuple[str, ...]:
    """Return the words that are said for one written token; none for a token of punctuation alone."""
    core = text.lstrip(_OPENING).rstrip(_CLOSING)
    if core.lower() in _AS_SAID:
        return _AS_SAID[core.lower()]
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", core):
        return (core.replace(".", ""),)
    negative = re.match(rf"[-−–](?={_SIGN}?\.?\d)", core)
    said: list[str] = ["minus"] if negative else []
    for piece in _PIECE.finditer(core, negative.end() if negative else 0):
        said += _say(piece)
    return tuple(said)


def spoken_forms(words: Sequence[Word]) -> tuple[tuple[str, ...], ...]:
    """Return the spoken words of each word, in order; the pieces of a cut token are all said by its first piece."""
    tokens: list[str] = []
    heads: list[int] = []
    for index, word in enumerate(words):
        if tokens and _CONTINUES.match(word.text) and tokens[-1][-1].isalnum():
            tokens[-1] += word.text
        else:
            tokens.append(word.text)
            heads.append(index)
    forms: list[tuple[str, ...]] = [()] * len(words)
    for index, token in zip(heads, tokens, strict=True):
        forms[index] = spoken_words(token)
    return tuple(forms)


def speech_only(words: Iterable[Word]) -> tuple[Word, ...]:
    """Return the words without filler sounds; filler words and repetitions are words that were spoken."""
    return tuple(word for word in words if word.kind is not WordKind.FILLER_SOUND)


def word_count(words: Iterable[Word]) -> int:
    """Return W, how many words were spoken, numbers as they are said, without filler sounds."""
    return sum(len(form) for form in spoken_forms(speech_only(words)))


def _say(piece: re.Match[str]) -> tuple[str, ...]:
    found, text = piece.lastgroup, piece[0]
    if piece["money"]:
        return _say_money(piece["sign"], piece["sum"], piece["times"])
    if piece["amount"]:
        return (*_say_number(piece["amount"]), *((_MAGNITUDES[piece["magnitude"]],) if piece["magnitude"] else ()))
    if found == "dotted":
        return (text.replace(".", ""),)
    if found == "symbol":
        return _VULGAR.get(text) or (_SYMBOLS[text],)
    if found in _READERS:
        return _READERS[found](text)
    return (text,)


def _say_number(text: str) -> tuple[str, ...]:
    """Say an amount ("1,500", "3.5") or a year ("1998"); digit by digit after a leading zero, as codes are said."""
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
    return (*before, ordinal_word(last))


def _say_fraction(text: str) -> tuple[str, ...]:
    """Say a fraction: "1/2" is one half, "3/4" three quarters, "2/3" two thirds."""
    top, bottom = text.split("/")
    if bottom in _PLAIN_PARTS:
        part = _PLAIN_PARTS[bottom][top != "1"]
    else:
        part = ordinal_word(_say_cardinal(bottom)[-1]) + ("" if top == "1" else "s")
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
    return cardinal_words(int(digits)) if len(digits) <= DIGITS else _say_digits(digits)


_READERS: Mapping[str | None, Callable[[str], tuple[str, ...]]] = {
    "clock": _say_clock,
    "decade": _say_decade,
    "ordinal": _say_ordinal,
    "fraction": _say_fraction,
    "to": lambda _text: ("to",),
    "dot": lambda _text: ("dot",),
    "code": _say_number,
}
