"""Whether two notes are the same letter with another name on it."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

ALIKE = 0.8  # share of words in the same order; notes composed from other moments stay well below, copies above
_WORD = re.compile(r"[\w']+")


def likeness(body: str, other: str, names: tuple[str, ...]) -> float:
    """The share of words that two notes have in the same order, greeting, names and the line after it left out."""
    first, second = _words(body, names), _words(other, names)
    if not first or not second:
        return 0.0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _words(body: str, names: tuple[str, ...]) -> list[str]:
    left_out = {word for name in names for word in _WORD.findall(name.casefold())}
    _greeting, _, letter = body.strip().partition("\n")
    return [word for word in _WORD.findall(letter.casefold().replace("’", "'")) if word not in left_out]
