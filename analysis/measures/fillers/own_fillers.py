"""The user's own filler words: counted wherever they are said, and recorded in the report's settings.

Conventions: a phrase consists of normalised words (`clauses.normalise_word`). The settings list the
phrases in alphabetical order, so that answers counted with different phrases fall into different
cohorts, and so that a report can be recomputed with its own phrases.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.measures.fillers.discourse_markers import Phrase
from analysis.text.clauses import normalise_word
from speech.transcript import Word

_SETTINGS_PREFIX = "; own filler words: "
_SEPARATOR = "; "  # no plain word ends in a semicolon


def normalise_phrases(named: Iterable[str]) -> tuple[Phrase, ...]:
    """Return the user's phrases as normalised words, without duplicates, in alphabetical order.

    Entries without a word are dropped.

    >>> normalise_phrases(["At the end of the day,", "Basically"])
    (('at', 'the', 'end', 'of', 'the', 'day'), ('basically',))
    """
    found = {tuple(text for token in name.split() if (text := _normalise_token(token))) for name in named}
    return tuple(sorted(found - {()}))


def add_own_fillers(settings: str, named: Iterable[str]) -> str:
    """Return a transcript's settings with the user's own filler words appended, as a report stores them."""
    texts = [" ".join(phrase) for phrase in normalise_phrases(named)]
    return settings + _SETTINGS_PREFIX + _SEPARATOR.join(texts) if texts else settings


def read_own_fillers(settings: str) -> tuple[str, ...]:
    """Return the user's own filler words that a report's settings list."""
    _, mark, texts = settings.partition(_SETTINGS_PREFIX)
    return tuple(texts.split(_SEPARATOR)) if mark else ()


def _normalise_token(token: str) -> str:
    return normalise_word(Word(token, 0.0, 0.0, 1.0))
