"""Which written word is a hesitation sound, and when two written words are the same.

Deliberately apart from the product's own lists: a benchmark that borrows the judgement it judges proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# um uhm ehm, uh, er erm, ah, hm hmm, mm mmm, and elongations. One "m" is a cut-off word ("m- myself").
HESITATION = re.compile(r"u+h*m+|e+h+m+|u+h+|e+r+|e+r+m+|a+h+|h+m+|m{2,}")
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
INSIDE = re.compile(r"[\W_]+")


def is_hesitation(text: str) -> bool:
    """True for um, uh, er, erm, ah, hm, mm and their elongations, whatever the case and punctuation.

    Back-channels ("mm-hmm", "uh-huh", "mhm") answer another speaker and are words: a hyphen inside rules a token out.
    """
    return HESITATION.fullmatch(EDGES.sub("", text).lower()) is not None


def plain(text: str) -> str:
    """Letters and digits only, lower case, as the truth files write them ("all-time" is "alltime"); may be empty."""
    return INSIDE.sub("", text).lower()


def spoken_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words to compare: plain form, hesitations and lone punctuation left out."""
    return tuple(plain(text) for text in texts if plain(text) and not is_hesitation(text))
