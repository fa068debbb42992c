"""What carries each piece of advice of the five documents: reads tests/data/advice_map.toml.

`python -m tests.docs.advice_map` writes it as docs/advice.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path

from analysis.measures.registry import MEASURES
from content.advice import all_advice
from content.checklists import checklists
from content.follow_up_rules import rules
from content.questions import questions
from content.questions_to_ask import asking
from content.questions_to_avoid import all_against
from content.sources import sources
from interview.document_kinds import KINDS

ROOT = Path(__file__).parents[2]
FILE = Path(__file__).parents[1] / "data" / "advice_map.toml"
PAGE = ROOT / "docs" / "advice.md"


@dataclass(frozen=True)
class Piece:
    """One piece of advice."""

    source: str
    section: str
    line: int  # of the document
    says: str  # in our own words
    by: tuple[str, ...]  # what carries it: "question:money_mix"


@dataclass(frozen=True)
class Document:
    """How long a document is, and which of its lines that are not empty hold no advice, with the reason."""

    lines: int
    not_advice: dict[int, str]


def pieces() -> tuple[Piece, ...]:
    """Every piece, in the order of the file."""
    return tuple(
        Piece(section["source"], section["section"], each["line"], each["says"], tuple(each["by"]))
        for section in _read()["section"]
        for each in section["advice"]
    )


def documents() -> dict[str, Document]:
    """The five documents by key."""
    return {
        key: Document(found["lines"], {line: part["why"] for part in found["not_advice"] for line in part["lines"]})
        for key, found in _read()["document"].items()
    }


def told(carrier: str) -> str | None:
    """What stands behind a carrier, to be read; None where there is no such thing."""
    kind, _, name = carrier.partition(":")
    return TOLD[kind](name) if kind in TOLD else None


def markdown() -> str:
    """The page docs/advice.md."""
    found = pieces()
    lines = [
        "# What the documents advise, and where it is in the app",
        "",
        f"{len(found)} pieces of advice from five documents, in our own words, each with what carries it.",
        "Written by `python -m tests.docs.advice_map` from `tests/data/advice_map.toml`;",
        "`tests/docs/test_advice_map.py` holds that nothing is left out and that everything named here exists.",
    ]
    for key, of_document in groupby(found, lambda piece: piece.source):
        source = sources()[key]
        lines += ["", f"## {source.title}", "", source.description]
        for section, of_section in groupby(of_document, lambda piece: piece.section):
            lines += ["", f"### {section}", "", "| advice | carried by |", "| --- | --- |"]
            lines += [f"| {piece.says} | {'<br>'.join(map(_cell, piece.by))} |" for piece in of_section]
    return "\n".join(lines) + "\n"


def _cell(carrier: str) -> str:
    kind, _, name = carrier.partition(":")
    return f"{NAMES[kind]}: {told(carrier) or name.replace('_', ' ')}".replace("|", "\\|")


def _read() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _kept(name: str) -> str | None:
    kind, _, field = name.partition(".")
    known = {each.name for each in fields(KINDS[kind])} if kind in KINDS else set()
    if kind not in KINDS or (field and field not in known):
        return None
    return f"{kind}, {field}".replace("_", " ") if field else kind.replace("_", " ")


def _searched_for(*stems: str) -> Callable[[str], str | None]:
    """A rule of the modules analysis/structure/<stem>*.py; what they do not name does not exist."""

    def find(name: str) -> str | None:
        paths = [path for stem in stems for path in (ROOT / "analysis" / "structure").glob(f"{stem}*.py")]
        sources_ = [path.read_text(encoding="utf-8") for path in paths]
        named = any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for text in sources_)
        return name.replace("_", " ") if named else None

    return find


def _page(name: str) -> str | None:
    return name.replace("_", " ") if (ROOT / "app_pages" / name / "page.py").is_file() else None


TOLD: dict[str, Callable[[str], str | None]] = {
    "question": {each.id: f"“{each.asked()}”" for each in questions()}.get,
    "checklist": {item.id: f"{each.label}: {item.text}" for each in checklists() for item in each.items}.get,
    "followup": {each.id: each.title for each in rules()}.get,
    "asking": {each.id: f"“{each.text}”" for each in asking().templates.values()}.get,
    "against": {each.id: each.label for each in all_against().values()}.get,
    "advice": {f"{key}.{side}": each.text for (key, side), each in all_advice().items()}.get,
    "measure": {key: each.label for key, each in MEASURES.items()}.get,
    "kept": _kept,
    "heard": _searched_for("answer_elements", "expected_structure", "project", "star"),
    "closing": _searched_for("closing"),
    "page": _page,
}
NAMES = {
    "question": "Question",
    "checklist": "List",
    "followup": "Afterwards",
    "asking": "To ask",
    "against": "Warns",
    "advice": "Report",
    "measure": "Measured",
    "kept": "Kept",
    "heard": "Listened for",
    "closing": "Listened for at the end",
    "page": "Page",
}


if __name__ == "__main__":
    PAGE.write_text(markdown(), encoding="utf-8")
    print(PAGE, len(pieces()), "pieces of advice")
