"""The questions to practise, each with what a good answer contains and the document it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse
from content.placeholders import fill, gaps
from content.sources import Citation, citation
from content.taxonomy import sorting

FILE = "questions.toml"
REQUIRED = ("id", "text", "kind", "competency", "stage", "source", "section", "good_answer", "prompts")


@dataclass(frozen=True)
class Slot:
    """A gap in a question's text for the user to fill, with what stands there until they do."""

    name: str  # "language", written {language} in the text
    example: str  # "Python"


@dataclass(frozen=True)
class Question:
    """One question; `kind`, `stage` and `competency` are keys of `content.taxonomy`."""

    id: str
    text: str  # with {name} where a slot is
    kind: str
    competency: str
    stage: str
    citation: Citation
    target_seconds: tuple[float, float]  # answer length, (shortest, longest)
    good_answer: tuple[str, ...]  # what it contains, two to four items
    prompts: tuple[str, ...]  # shown before answering, two
    slots: tuple[Slot, ...] = ()

    def asked(self, fillings: Mapping[str, str] | None = None) -> str:
        """The text as it is asked: each slot holds the user's filling, or else its example."""
        given = fillings or {}
        return fill(self.text, {slot.name: given.get(slot.name) or slot.example for slot in self.slots})


def parse_questions(toml: str, file: str = FILE) -> tuple[Question, ...]:
    """The questions of a TOML text in its order; raises ContentError."""
    top = parse(toml, file)
    top.expect(("question",))
    return tuple(top.by_id("question", _question).values())


@cache
def questions() -> tuple[Question, ...]:
    """Every question, in the order to show them."""
    return parse_questions(packaged(FILE))


def question(id: str) -> Question:  # noqa: A002 - the field has this name
    """The question with this id; raises KeyError."""
    for found in questions():
        if found.id == id:
            return found
    raise KeyError(id)


def _question(entry: Entry) -> Question:
    entry.expect(REQUIRED, optional=("slots",))
    kind = sorting().kinds[entry.choice("kind", sorting().kinds)]
    return Question(
        id=entry.key("id"),
        text=entry.text("text"),
        kind=kind.key,
        competency=entry.choice("competency", sorting().competencies),
        stage=entry.choice("stage", sorting().stages),
        citation=citation(entry),
        target_seconds=kind.target_seconds,
        good_answer=entry.texts("good_answer", 2, 4),
        prompts=entry.texts("prompts", 2, 2),
        slots=_slots(entry),
    )


def _slots(entry: Entry) -> tuple[Slot, ...]:
    slots = entry.values.get("slots", {})
    if not isinstance(slots, dict):
        raise entry.error("slots", f"should be a table from name to example, not {slots!r}")
    inner = Entry(entry.file, entry.name, slots)
    found = gaps(entry.text("text"))
    if sorted(found) != sorted(slots) or entry.text("text").count("{") > len(found):
        raise entry.error("slots", f"{sorted(slots)} are not the gaps of the text, {list(found)}")
    return tuple(Slot(name, inner.text(name)) for name in found)
