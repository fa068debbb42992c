"""Questions a candidate had better not ask: rules over a text, each with its reason and examples both ways."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse
from content.sources import Citation, citation

FILE = "questions_to_avoid.toml"
FIELDS = ("id", "label", "reason", "instead", "source", "section", "patterns", "examples", "counterexamples")
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


@dataclass(frozen=True)
class Against:
    """What the documents advise against, and what to ask instead."""

    id: str
    label: str
    reason: str
    instead: str
    citation: Citation
    patterns: tuple[re.Pattern[str], ...]
    examples: tuple[str, ...]  # texts that the rule is for
    counterexamples: tuple[str, ...]  # texts much like them that are fine

    def applies(self, text: str, company: str = "") -> bool:
        """Whether a text is of this kind; the company may be called by its name in it."""
        read = _read(text, company)
        return any(pattern.search(read) for pattern in self.patterns)


def parse_against(toml: str, file: str = FILE) -> dict[str, Against]:
    """The rules of a TOML text by id; raises ContentError."""
    top = parse(toml, file)
    top.expect(("rule",))
    return top.by_id("rule", _rule)


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


def _rule(entry: Entry) -> Against:
    entry.expect(FIELDS)
    return Against(
        id=entry.key("id"),
        label=entry.text("label"),
        reason=entry.text("reason"),
        instead=entry.text("instead"),
        citation=citation(entry),
        patterns=tuple(_pattern(entry, pattern) for pattern in entry.texts("patterns", 1, 40)),
        examples=entry.texts("examples", 8, 40),
        counterexamples=entry.texts("counterexamples", 8, 40),
    )


def _pattern(entry: Entry, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as mistake:
        raise entry.error("patterns", f"{pattern!r} is no regular expression: {mistake}") from mistake
