"""Rules that recognise an element by its wording, each with sentences to match and to ignore.

Conventions: a pattern is searched in the plain words of a sentence: lower case, no punctuation, no
fillers or repetitions. A match of `unless`, inside the match or in the few words before it in its
clause, cancels the match ("I would have called").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.text.clauses import normalise_word, split_clauses, split_sentences
from speech.transcript import Word, WordKind

WORDS_BEFORE = 4  # words before a wording that can take it back


@dataclass(frozen=True)
class WordingRule:
    """An element and the wordings that express it, with examples to match and to ignore (run as tests)."""

    key: str  # "problem"
    label: str  # "Problem"
    wording: re.Pattern[str]
    hears: tuple[str, ...]
    ignores: tuple[str, ...]
    unless: re.Pattern[str] | None = None


def compile_wording(*patterns: str) -> re.Pattern[str]:
    """Compile a pattern that matches any of the patterns as whole words."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w|'t\b)")


_NOT = "not(?! (?:a single|one|only)\\b)"
UNREAL = compile_wording(
    "would", "could", "should", "will", "i'd", "we'd", _NOT, "never", r"\w+n't", "if", "want", "wish"
)


def find_wording(rule: WordingRule, words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """Return the clauses, or runs of neighbouring clauses, that match a rule, in order.

    Args:
        rule: what to look for.
        words: all words of the answer, labelled with their kinds.
    """
    said = [word for word in words if word.kind is WordKind.WORD]
    return tuple(found for row in split_sentences(said) for found in _search_sentence(rule, row))


def _search_sentence(rule: WordingRule, row: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    texts = [normalise_word(word) for word in row]
    text = " ".join(texts)
    reach = 0
    for match in rule.wording.finditer(text):
        first, last = text.count(" ", 0, match.start()), text.count(" ", 0, match.end() - 1)
        start, end = _find_clause_bounds(row, first, last)
        near = " ".join(texts[max(start, first - WORDS_BEFORE) : last + 1])
        if first >= reach and not (rule.unless and rule.unless.search(near)):
            yield row[start:end]
            reach = end


def _find_clause_bounds(row: tuple[Word, ...], first: int, last: int) -> tuple[int, int]:
    """Return where the clause of word `first` starts and where that of word `last` ends, as indices."""
    start = end = 0
    for clause in split_clauses(row):
        if end <= first:
            start = end
        end += len(clause)
        if end > last:
            return start, end
    return start, len(row)
