"""Questions a candidate had better not ask: rules over a text, each with its reason and examples both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import WrittenAs
from codec.refusals import Complaint
from content.fields import Key, Text, different, entries
from content.loader import load, packaged
from content.sources import Cited

FILE = "questions_to_avoid.toml"
LONGEST = 2000  # characters of a text that are looked at
NAMELESS = "your company"  # what a company's own name is read as

_CONTRACTIONS = (
    (re.compile(r"\b(what|where|who|when|that|there|it|how)'s\b"), r"\1 is"),
    (re.compile(r"\bi'm\b"), "i am"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
)


def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(_pattern, patterns))


def _pattern(text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as mistake:
        raise Complaint(f"{text!r} is no regular expression: {mistake}") from mistake


Patterns = Annotated[
    tuple[re.Pattern[str], ...],
    WrittenAs(
        Annotated[tuple[Text, ...], different(1, 40)],
        _compiled,
        lambda patterns: [pattern.pattern for pattern in patterns],
    ),
]


@dataclass(frozen=True)
class Against(Cited):
    """What the documents advise against, and what to ask instead."""

    id: Key
    label: Text
    reason: Text
    instead: Text
    patterns: Patterns
    examples: Annotated[tuple[Text, ...], different(8, 40)]  # texts that the rule is for
    counterexamples: Annotated[tuple[Text, ...], different(8, 40)]  # texts much like them that are fine

    def applies(self, text: str, company: str = "") -> bool:
        """Whether a text is of this kind; the company may be called by its name in it."""
        read = _read(text, company)
        return any(pattern.search(read) for pattern in self.patterns)


@dataclass(frozen=True)
class _File:
    rule: Annotated[tuple[Against, ...], entries("rule")]


def parse_against(toml: str, file: str = FILE) -> dict[str, Against]:
    """Return the rules of a TOML text by id; raises ContentError."""
    return {rule.id: rule for rule in load(_File, toml, file).rule}


@cache
def all_against() -> dict[str, Against]:
    """Every rule by id, in the order they are tried."""
    return parse_against(packaged(FILE))


def advised_against(text: str, company: str = "") -> Against | None:
    """The first rule that a question is against; None where the documents have nothing against it."""
    return next((found for found in all_against().values() if found.applies(text, company)), None)


def _read(text: str, company: str) -> str:
    """A text as the patterns read it: lower case, single spaces, contractions written out."""
    read = " ".join(text[:LONGEST].casefold().replace("’", "'").split())
    name = " ".join(company.casefold().split())
    if name:
        read = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", NAMELESS, read)
    for contraction, whole in _CONTRACTIONS:
        read = contraction.sub(whole, read)
    return read.replace("'", "")
