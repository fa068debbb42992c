"""Lists of words as they are written in the rules: one text, split at its spaces."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(text.split())
