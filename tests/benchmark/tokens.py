"""Which written words are filled pauses, and when two written words are equal.

Deliberately independent of the product's own lists: a benchmark that borrows the judgement it
judges proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# um uhm ehm, uh, er erm, ah, hm hmm, mm mmm, and elongations. One "m" is a cut-off word ("m- myself").
HESITATION = re.compile(r"u+h*m+|e+h+m+|u+h+|e+r+|e+r+m+|a+h+|h+m+|m{2,}")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
INSIDE = re.compile(r"[\W_]+")


def is_hesitation(text: str) -> bool:
    """Return whether a word is um, uh, er, erm, ah, hm, mm or an elongation, ignoring case and punctuation.

    Back-channels ("mm-hmm", "uh-huh", "mhm") answer another speaker and are words: a hyphen inside
    rules a token out.
    """
    return HESITATION.fullmatch(EDGES.sub("", text).lower()) is not None


def normalize_word(text: str) -> str:
    """Return letters and digits in lower case, as in the reference ("all-time" is "alltime"); may be empty."""
    return INSIDE.sub("", text).lower()


def spoken_words(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the words to compare, normalised, without filled pauses and lone punctuation."""
    return tuple(normalize_word(text) for text in texts if normalize_word(text) and not is_hesitation(text))
