"""Filler words that the user named: counted wherever they are said, and told in the settings of the report.

Conventions: a phrase is written in plain words (`clauses.plain`). The settings carry the phrases in alphabetical order,
so that answers counted with others belong to another cohort, and a report can be made anew with the phrases it was made
with.
"""

from __future__ import annotations

from collections.abc import Iterable

from analysis.measures.fillers.discourse_markers import Phrase
from analysis.text.clauses import plain
from speech.transcript import Word

_MARK = "; own filler words: "
_BETWEEN = "; "  # no plain word ends in a semicolon


def phrases(named: Iterable[str]) -> tuple[Phrase, ...]:
    """What the user named as phrases of plain words, each once, in alphabetical order; what holds no word is left out.

    >>> phrases(["At the end of the day,", "Basically"])
    (('at', 'the', 'end', 'of', 'the', 'day'), ('basically',))
    """
    found = {tuple(text for token in name.split() if (text := _plain(token))) for name in named}
    return tuple(sorted(found - {()}))


def settings_with(settings: str, named: Iterable[str]) -> str:
    """The settings of a transcript as a report says them that counted these filler words too."""
    texts = [" ".join(phrase) for phrase in phrases(named)]
    return settings + _MARK + _BETWEEN.join(texts) if texts else settings


def named_in(settings: str) -> tuple[str, ...]:
    """The filler words of the user's own that a report counted, from its settings."""
    _, mark, texts = settings.partition(_MARK)
    return tuple(texts.split(_BETWEEN)) if mark else ()


def _plain(token: str) -> str:
    return plain(Word(token, 0.0, 0.0, 1.0))
