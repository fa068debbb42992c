"""The questions to practise, each with what a good answer contains and the document it comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import WrittenAs
from codec.refusals import Complaint
from content.fields import Key, SecondsRange, Text, require_different_texts, require_entries, require_one_of
from content.loader import load_content, read_packaged
from content.placeholders import fill_placeholders, find_placeholders
from content.sources import Cited
from content.taxonomy import load_taxonomy

FILE = "questions.toml"
Field = Annotated[str, require_one_of(lambda: load_taxonomy().fields)]


@dataclass(frozen=True)
class Slot:
    """A placeholder in a question for the user to fill, with an example used until they do."""

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
class ExampleAnswer:
    """How somebody might answer a question, in our own words."""

    voice: Text  # who is speaking: "A ward nurse"
    text: Text


@dataclass(frozen=True)
class Question(Cited):
    """One question; `kind`, `stage`, `competency` and `fields` are keys of `content.taxonomy`."""

    id: Key
    text: Text  # with {name} where a slot is
    kind: Annotated[str, require_one_of(lambda: load_taxonomy().kinds)]
    competency: Annotated[str, require_one_of(lambda: load_taxonomy().competencies)]
    stage: Annotated[str, require_one_of(lambda: load_taxonomy().stages)]
    good_answer: Annotated[tuple[Text, ...], require_different_texts(2, 4)]  # what it contains
    prompts: Annotated[tuple[Text, ...], require_different_texts(2, 2)]  # shown before answering
    slots: Slots = ()
    own_seconds: SecondsRange | None = None  # answer length; None: what the kind calls for
    # For each part of a good answer what an answer is searched for to find it ("result"), or "" where nobody can tell.
    elements: tuple[str, ...] = ()
    fields: Annotated[tuple[Field, ...], require_different_texts(0, 9)] = ()  # of work; none: it is asked everywhere
    also: Annotated[tuple[Text, ...], require_different_texts(0, 4)] = ()  # what people call it, for the search
    retired: bool = False  # not offered any more; older answers still lead to it
    example: ExampleAnswer | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.elements and len(self.elements) != len(self.good_answer):
            raise Complaint(f"should have as many entries as good_answer, {len(self.good_answer)}", "elements")

    @property
    def target_seconds(self) -> tuple[float, float]:
        """Target length of the answer in seconds, (shortest, longest)."""
        return self.own_seconds or load_taxonomy().kinds[self.kind].target_seconds

    def suits(self, field: str) -> bool:
        """Return whether the question is asked in a field of work; "" asks for those that are asked everywhere."""
        return not self.fields or field in self.fields

    def fill_slots(self, fillings: Mapping[str, str] | None = None) -> str:
        """Return the text as it is asked, each slot filled with the user's value or else with its example.

        Args:
            fillings: values by slot name; None to use the examples.
        """
        given = fillings or {}
        return fill_placeholders(self.text, {slot.name: given.get(slot.name) or slot.example for slot in self.slots})


@dataclass(frozen=True)
class _File:
    question: Annotated[tuple[Question, ...], require_entries("question")]

    def __post_init__(self) -> None:
        for at, each in enumerate(self.question):
            found, given = list(find_placeholders(each.text)), [slot.name for slot in each.slots]
            if found != given or each.text.count("{") > len(found):
                raise Complaint(f"{given} are not the gaps of the text, {found}", "question", at, "slots")


def parse_questions(toml: str, file: str = FILE) -> tuple[Question, ...]:
    """Parse questions from TOML, in its order; raises ContentError."""
    return load_content(_File, toml, file).question


@cache
def load_questions() -> tuple[Question, ...]:
    """Return the questions that are offered, in display order."""
    return tuple(each for each in _load_by_id().values() if not each.retired)


def get_question(id: str) -> Question:  # noqa: A002 - the field has this name
    """Return the question with this id, retired ones too; raises KeyError."""
    return _load_by_id()[id]


@cache
def _load_by_id() -> dict[str, Question]:
    return {each.id: each for each in parse_questions(read_packaged(FILE))}
