"""What to prepare for an interview: checklists for the time before it and for the conversation itself."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import Checked
from codec.refusals import Complaint
from content.fields import Key, Labels, Text, check_choice, require_different_texts, require_entries
from content.loader import load_content, read_packaged
from content.questions import load_questions
from content.sources import Cited

FILE = "checklists.toml"


def _check_practise(named: tuple[str, ...]) -> tuple[str, ...]:
    known = {question.id for question in load_questions()}
    for id_ in named:
        if id_ not in known:
            raise Complaint(f"there is no question {id_!r}")
    return named


@dataclass(frozen=True)
class ChecklistItem(Cited):
    """One thing to prepare."""

    id: Key
    list: Text  # key of its list: "day_before"
    text: Text  # what to do
    why: Text
    say: Text | None = None  # words to say it in
    # Identifiers of questions that prepare the same thing.
    practise: Annotated[tuple[Text, ...], require_different_texts(1, 8), Checked(_check_practise)] = ()


@dataclass(frozen=True)
class Checklist:
    """What to prepare at one time, in display order."""

    key: str
    label: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True)
class _File:
    list: Labels
    item: Annotated[tuple[ChecklistItem, ...], require_entries("item")]

    def __post_init__(self) -> None:
        for at, item in enumerate(self.item):
            check_choice(item.list, self.list, "item", at, "list")


def parse_checklists(toml: str, file: str = FILE) -> tuple[Checklist, ...]:
    """Parse checklists from TOML, in its order; raises ContentError."""
    found = load_content(_File, toml, file)
    return tuple(
        Checklist(key, label, tuple(item for item in found.item if item.list == key))
        for key, label in found.list.items()
    )


@cache
def load_checklists() -> tuple[Checklist, ...]:
    """Return all checklists in chronological order."""
    return parse_checklists(read_packaged(FILE))


def list_closing_lines() -> tuple[str, ...]:
    """Return what to say before one leaves, in order."""
    return tuple(item.say for checklist in load_checklists() for item in checklist.items if item.say)


def get_item(id: str) -> ChecklistItem:  # noqa: A002 - the field has this name
    """Return the item with this id; raises KeyError."""
    for checklist in load_checklists():
        for found in checklist.items:
            if found.id == id:
                return found
    raise KeyError(id)
