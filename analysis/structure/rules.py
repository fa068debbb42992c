"""Rules that hear something by its wording, each with sentences it must hear and sentences it must not.

Conventions: a pattern looks at the plain words of a sentence, lower case without punctuation, fillers and repetitions
left out. What stands in `unless` inside what was found, or right before it in its clause, takes it back ("I would have
called").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from analysis.text.clauses import clauses, plain, sentences
from speech.transcript import Word, WordKind

BEFORE = 4  # words before a wording that can take it back


@dataclass(frozen=True)
class Rule:
    """What is listened for, by which wording, with examples both ways (kept as tests)."""

    key: str  # "problem"
    label: str  # "Problem"
    wording: re.Pattern[str]
    hears: tuple[str, ...]
    ignores: tuple[str, ...]
    unless: re.Pattern[str] | None = None


def wording(*patterns: str) -> re.Pattern[str]:
    """Any of these, at the borders of words."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})(?!\w|'t\b)")


_NOT = "not(?! (?:a single|one|only)\\b)"
UNREAL = wording("would", "could", "should", "will", "i'd", "we'd", _NOT, "never", r"\w+n't", "if", "want", "wish")


def heard_in(rule: Rule, words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """The clauses, or runs of neighbouring ones, in which a rule hears what it listens for, in order."""
    said = [word for word in words if word.kind is WordKind.WORD]
    return tuple(found for row in sentences(said) for found in _in_sentence(rule, row))


def _in_sentence(rule: Rule, row: tuple[Word, ...]) -> Iterator[tuple[Word, ...]]:
    texts = [plain(word) for word in row]
    text = " ".join(texts)
    reach = 0
    for match in rule.wording.finditer(text):
        first, last = text.count(" ", 0, match.start()), text.count(" ", 0, match.end() - 1)
        start, end = _clauses_around(row, first, last)
        near = " ".join(texts[max(start, first - BEFORE) : last + 1])
        if first >= reach and not (rule.unless and rule.unless.search(near)):
            yield row[start:end]
            reach = end


def _clauses_around(row: tuple[Word, ...], first: int, last: int) -> tuple[int, int]:
    """Where the clause of the first word starts, and where that of the last word ends."""
    start = end = 0
    for clause in clauses(row):
        if end <= first:
            start = end
        end += len(clause)
        if end > last:
            return start, end
    return start, len(row)
