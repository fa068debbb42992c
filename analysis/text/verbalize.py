"""Written words to spoken ones: recognisers write "25%", people say two words.

Conventions: a number becomes the words most people say, American style without "and"; "twenty-five" and other
hyphenated words are one word; an acronym is one word; letters between digits are said one by one ("B2B" is three
words). Punctuation is not spoken. A token may be cut by the recogniser ("$150" and ",000"); `spoken_forms` mends it.

Functions: spoken_words (one token), spoken_forms (a row of words), word_count (the W of every formula).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from analysis.text.numerals import CURRENCIES, MAGNITUDES, clock, decade, fraction, money, number, ordinal
from speech.transcript import Word, WordKind

_AS_SAID = {
    "24/7": ("twenty-four", "seven"),
    "401k": ("four", "oh", "one", "K"),
    "c++": ("C", "plus", "plus"),
    "c#": ("C", "sharp"),
    "f#": ("F", "sharp"),
    "ph.d": ("PhD",),
}
_SYMBOLS = {"&": "and", "+": "plus", "%": "percent", "@": "at", "=": "equals", "°": "degrees", "#": "number"}
_SYMBOLS |= {sign: plural for sign, (_, plural, _) in CURRENCIES.items()}

_OPENING = " \"“”()[]…'’‘*_"
_CLOSING = _OPENING + ".,;:!?"
_NUMBER = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
_MAGNITUDE = rf"(?:{'|'.join(sorted(MAGNITUDES, key=len, reverse=True))})(?![A-Za-z])"
_SIGN = f"[{''.join(CURRENCIES)}]"
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
    """The words that are said for one written token; none for a token of punctuation alone."""
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
    """The spoken words of each word, in the same order; the pieces of a cut token are all said by its first piece."""
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
    """The words without filler sounds; filler words and repetitions are words that were spoken."""
    return tuple(word for word in words if word.kind is not WordKind.FILLER_SOUND)


def word_count(words: Iterable[Word]) -> int:
    """W: how many words were spoken, numbers as they are said, without filler sounds."""
    return sum(len(form) for form in spoken_forms(speech_only(words)))


def _say(piece: re.Match[str]) -> tuple[str, ...]:
    found, text = piece.lastgroup, piece[0]
    if piece["money"]:
        return money(piece["sign"], piece["sum"], piece["times"])
    if piece["amount"]:
        return (*number(piece["amount"]), *((MAGNITUDES[piece["magnitude"]],) if piece["magnitude"] else ()))
    if found == "dotted":
        return (text.replace(".", ""),)
    if found == "symbol":
        return _VULGAR.get(text) or (_SYMBOLS[text],)
    if found in _READERS:
        return _READERS[found](text)
    return (text,)


_READERS: Mapping[str | None, Callable[[str], tuple[str, ...]]] = {
    "clock": clock,
    "decade": decade,
    "ordinal": ordinal,
    "fraction": fraction,
    "to": lambda _text: ("to",),
    "dot": lambda _text: ("dot",),
    "code": number,
}
