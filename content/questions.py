"""The questions to practise, each with what a good answer contains and the document it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import WrittenAs
from codec.refusals import Complaint
from content.fields import Key, SecondsRange, Text, different, entries, one_of
from content.loader import load, packaged
from content.placeholders import fill, gaps
from content.sources import Cited
from content.taxonomy import sorting

FILE = "questions.toml"


@dataclass(frozen=True)
class Slot:
    """A gap in a question's text for the user to fill, with what stands there until they do."""

    name: str  # "language", written {language} in the text
    example: str  # "Python"


Slots = Annotated[
    tuple[Slot, ...],
    WrittenAs(
        dict[str, Text],
        lambda examples: tuple(Slot(name, example) for name, example in examples.items()),
        lambda slots: {slot.name: slot.example for slot in slots},
    ),
]


@dataclass(frozen=True)
class Question(Cited):
    """One question; `kind`, `stage` and `competency` are keys of `content.taxonomy`."""

    id: Key
    text: Text  # with {name} where a slot is
    kind: Annotated[str, one_of(lambda: sorting().kinds)]
    competency: Annotated[str, one_of(lambda: sorting().competencies)]
    stage: Annotated[str, one_of(lambda: sorting().stages)]
    good_answer: Annotated[tuple[Text, ...], different(2, 4)]  # what it contains
    prompts: Annotated[tuple[Text, ...], different(2, 2)]  # shown before answering
    slots: Slots = ()
    own_seconds: SecondsRange | None = None  # answer length; None: what the kind calls for

    @property
    def target_seconds(self) -> tuple[float, float]:
        """Answer length, (shortest, longest)."""
        return self.own_seconds or sorting().kinds[self.kind].target_seconds

    def asked(self, fillings: Mapping[str, str] | None = None) -> str:
        """The text as it is asked: each slot holds the user's filling, or else its example."""
        given = fillings or {}
        return fill(self.text, {slot.name: given.get(slot.name) or slot.example for slot in self.slots})


@dataclass(frozen=True)
class _File:
    question: Annotated[tuple[Question, ...], entries("question")]

    def __post_init__(self) -> None:
        for at, each in enumerate(self.question):
            found, given = list(gaps(each.text)), [slot.name for slot in each.slots]
            if found != given or each.text.count("{") > len(found):
                raise Complaint(f"{given} are not the gaps of the text, {found}", "question", at, "slots")


def parse_questions(toml: str, file: str = FILE) -> tuple[Question, ...]:
    """Return the questions of a TOML text in its order; raises ContentError."""
    return load(_File, toml, file).question


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
