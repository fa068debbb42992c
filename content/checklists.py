"""What to prepare for an interview: a list for each time before it, and for the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse
from content.questions import questions
from content.sources import Citation, citation

FILE = "checklists.toml"


@dataclass(frozen=True)
class Item:
    """One thing to prepare."""

    id: str
    list: str  # key of its list: "day_before"
    text: str  # what to do
    why: str
    citation: Citation
    practise: tuple[str, ...] = ()  # identifiers of questions that prepare the same thing


@dataclass(frozen=True)
class Checklist:
    """What to prepare at one time, in the order to show it."""

    key: str
    label: str
    items: tuple[Item, ...]


def parse_checklists(toml: str, file: str = FILE) -> tuple[Checklist, ...]:
    """The lists of a TOML text in its order; raises ContentError."""
    top = parse(toml, file)
    top.expect(("list", "item"))
    labels = top.labels("list")
    items = top.by_id("item", lambda entry: _item(entry, labels))
    return tuple(
        Checklist(key, label, tuple(found for found in items.values() if found.list == key))
        for key, label in labels.items()
    )


@cache
def checklists() -> tuple[Checklist, ...]:
    """Every list, in the order of time."""
    return parse_checklists(packaged(FILE))


def item(id: str) -> Item:  # noqa: A002 - the field has this name
    """The item with this id; raises KeyError."""
    for checklist in checklists():
        for found in checklist.items:
            if found.id == id:
                return found
    raise KeyError(id)


def _item(entry: Entry, labels: dict[str, str]) -> Item:
    entry.expect(("id", "list", "text", "why", "source", "section"), optional=("practise",))
    return Item(
        id=entry.key("id"),
        list=entry.choice("list", labels),
        text=entry.text("text"),
        why=entry.text("why"),
        citation=citation(entry),
        practise=_practise(entry) if "practise" in entry.values else (),
    )


def _practise(entry: Entry) -> tuple[str, ...]:
    named = entry.texts("practise", 1, 8)
    known = {question.id for question in questions()}
    for id_ in named:
        if id_ not in known:
            raise entry.error("practise", f"there is no question {id_!r}")
    return named
