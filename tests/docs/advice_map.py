"""Show where the app gives each piece of advice of the five documents: reads tests/data/advice_map.toml.

`python -m tests.docs.advice_map` writes docs/advice.md.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path

from analysis.measures.registry import MEASURES
from content.advice import load_advice
from content.checklists import load_checklists
from content.follow_up_rules import get_rule, list_rules
from content.questions import load_questions
from content.questions_to_ask import load_question_templates
from content.questions_to_avoid import load_avoidance_rules
from content.sources import load_sources
from interview.document_kinds import DOCUMENT_KINDS
from tests.docs.moments import MOMENTS, Moment

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
    """How many lines a document has, and which of its non-empty lines hold no advice, with the reason."""

    lines: int
    not_advice: dict[int, str]


def read_pieces() -> tuple[Piece, ...]:
    """Return every piece of advice, in the order of the file."""
    return tuple(
        Piece(section["source"], section["section"], each["line"], each["says"], tuple(each["by"]))
        for section in _read()["section"]
        for each in section["advice"]
    )


def read_documents() -> dict[str, Document]:
    """Return the five documents by key."""
    return {
        key: Document(found["lines"], {line: part["why"] for part in found["not_advice"] for line in part["lines"]})
        for key, found in _read()["document"].items()
    }


def describe_carrier(carrier: str) -> str | None:
    """Return a readable description of what a carrier refers to; None if it does not exist.

    `carrier` is a kind and a name, such as "question:money_mix".
    """
    kind, _, name = carrier.partition(":")
    return CARRIER_DESCRIPTIONS[kind](name) if kind in CARRIER_DESCRIPTIONS else None


def make_page() -> str:
    """Return the text of docs/advice.md."""
    found = read_pieces()
    lines = [
        "# What the documents advise, and where it is in the app",
        "",
        f"{len(found)} pieces of advice from five documents, in our own words, each with what carries it.",
        "Written by `python -m tests.docs.advice_map` from `tests/data/advice_map.toml`;",
        "`tests/docs/test_advice_map.py` holds that nothing is left out and that everything named here exists.",
    ]
    for key, of_document in groupby(found, lambda piece: piece.source):
        source = load_sources()[key]
        lines += ["", f"## {source.title}", "", source.description]
        for section, of_section in groupby(of_document, lambda piece: piece.section):
            lines += ["", f"### {section}", "", "| advice | carried by |", "| --- | --- |"]
            lines += [f"| {piece.says} | {'<br>'.join(map(_format_cell, piece.by))} |" for piece in of_section]
    lines += ["", "## When each line is shown", ""]
    lines += ["`tests/docs/test_advice_shown.py` opens the page in each of these moments and finds the lines on it."]
    lines += ["", "| moment | page | lines |", "| --- | --- | --- |"]
    lines += [
        f"| {name} | {moment.page.replace('_', ' ')} | {_list_lines(moment)} |" for name, moment in MOMENTS.items()
    ]
    return "\n".join(lines) + "\n"


def _list_lines(moment: Moment) -> str:
    labels = {each.key: f"List: {each.label}, whole" for each in load_checklists()}
    told = [*(get_rule(rule).title for rule in moment.rules), *(labels[key] for key in moment.lists), *moment.others]
    return "<br>".join(told).replace("|", "\\|")


def _format_cell(carrier: str) -> str:
    kind, _, name = carrier.partition(":")
    return f"{CARRIER_LABELS[kind]}: {describe_carrier(carrier) or name.replace('_', ' ')}".replace("|", "\\|")


def _read() -> dict:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _describe_stored_field(name: str) -> str | None:
    kind, _, field = name.partition(".")
    known = {each.name for each in fields(DOCUMENT_KINDS[kind])} if kind in DOCUMENT_KINDS else set()
    if kind not in DOCUMENT_KINDS or (field and field not in known):
        return None
    return f"{kind}, {field}".replace("_", " ") if field else kind.replace("_", " ")


def _make_rule_finder(*stems: str) -> Callable[[str], str | None]:
    """Return a function that looks a name up in the modules analysis/structure/<stem>*.py."""

    def find(name: str) -> str | None:
        paths = [path for stem in stems for path in (ROOT / "analysis" / "structure").glob(f"{stem}*.py")]
        sources_ = [path.read_text(encoding="utf-8") for path in paths]
        named = any(re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE) for text in sources_)
        return name.replace("_", " ") if named else None

    return find


def _describe_page(name: str) -> str | None:
    return name.replace("_", " ") if (ROOT / "app_pages" / name / "page.py").is_file() else None


CARRIER_DESCRIPTIONS: dict[str, Callable[[str], str | None]] = {
    "question": {each.id: f"“{each.fill_slots()}”" for each in load_questions()}.get,
    "checklist": {item.id: f"{each.label}: {item.text}" for each in load_checklists() for item in each.items}.get,
    "followup": {each.id: each.title for each in list_rules()}.get,
    "asking": {each.id: f"“{each.text}”" for each in load_question_templates().templates.values()}.get,
    "against": {each.id: each.label for each in load_avoidance_rules().values()}.get,
    "advice": {f"{key}.{side}": each.text for (key, side), each in load_advice().items()}.get,
    "measure": {key: each.label for key, each in MEASURES.items()}.get,
    "kept": _describe_stored_field,
    "heard": _make_rule_finder("answer_elements", "expected_structure", "project", "star"),
    "closing": _make_rule_finder("closing"),
    "page": _describe_page,
}
CARRIER_LABELS = {
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
    PAGE.write_text(make_page(), encoding="utf-8")
    print(PAGE, len(read_pieces()), "pieces of advice")
