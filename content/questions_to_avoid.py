"""Questions that a candidate should avoid: rules over texts, each with a reason and examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import WrittenAs
from codec.refusals import Complaint
from content.fields import Key, Text, require_different_texts, require_entries
from content.loader import load_content, read_packaged
from content.sources import Cited

FILE = "questions_to_avoid.toml"
MAX_TEXT_CHARACTERS = 2000  # characters of a text that are looked at
COMPANY_STAND_IN = "your company"  # what a company's own name is read as

_CONTRACTIONS = (
    (re.compile(r"\b(what|where|who|when|that|there|it|how)'s\b"), r"\1 is"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
)


def _compile_patterns(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_compile_pattern, patterns))


def _compile_pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as mistake:
        raise Complaint(f"{text!r} is no regular expression: {mistake}") from mistake


Patterns = Annotated[
    tuple[re.Pattern[str], ...],
    WrittenAs(
        Annotated[tuple[Text, ...], require_different_texts(1, 40)],
        _compile_patterns,
        lambda patterns: [pattern.pattern for pattern in patterns],
    ),
]


@dataclass(frozen=True)
class AvoidanceRule(Cited):
    """A kind of question that the documents advise against, and what to ask instead."""

    id: Key
    label: Text
    reason: Text
    instead: Text
    patterns: Patterns
    examples: Annotated[tuple[Text, ...], require_different_texts(8, 40)]  # texts that the rule is for
    counterexamples: Annotated[tuple[Text, ...], require_different_texts(8, 40)]  # texts much like them that are fine

    def is_broken_by(self, text: str, company: str = "") -> bool:
        """Return whether a text is of this kind.

        Args:
            text: what the candidate would say.
            company: the company's name, which may be used in the text; empty if unknown.
        """
        read = _normalize_text(text, company)
        return any(pattern.search(read) for pattern in self.patterns)


@dataclass(frozen=True)
class _File:
    rule: Annotated[tuple[AvoidanceRule, ...], require_entries("rule")]


def parse_avoidance_rules(toml: str, file: str = FILE) -> dict[str, AvoidanceRule]:
    """Parse the rules of a TOML text, by id; raises ContentError."""
    return {rule.id: rule for rule in load_content(_File, toml, file).rule}


@cache
def load_avoidance_rules() -> dict[str, AvoidanceRule]:
    """Return all rules by id, in the order in which they are tried."""
    return parse_avoidance_rules(read_packaged(FILE))


def find_broken_rule(text: str, company: str = "") -> AvoidanceRule | None:
    """Return the first rule that a question breaks; None if it breaks none."""
    return next((found for found in load_avoidance_rules().values() if found.is_broken_by(text, company)), None)


def _normalize_text(text: str, company: str) -> str:
    """Normalise a text for the patterns: lower case, single spaces, contractions written out."""
    read = " ".join(text[:MAX_TEXT_CHARACTERS].casefold().replace("’", "'").split())
    name = " ".join(company.casefold().split())
    if name:
        read = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", COMPANY_STAND_IN, read)
    for contraction, whole in _CONTRACTIONS:
        read = contraction.sub(whole, read)
    return read.replace("'", "")
