"""What the user puts in the placeholders of a question, such as their company, language or role."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interview.ids import make_stable_id
from interview.validation import check_filled_line, check_id, check_key, check_max_count, to_one_line

MAX_PLACEHOLDERS = 10  # gaps of one question


def make_placeholder_values_id(question: str) -> str:
    """Return the id of the placeholder values of a question: one set per question."""
    return make_stable_id("fillings", question)


@dataclass(frozen=True)
class PlaceholderValue:
    """The value of one placeholder."""

    slot: str  # its name in the question: "company"
    text: str

    def __post_init__(self) -> None:
        check_key("The name of a gap", self.slot)
        check_filled_line("What fills a gap", self.text)


@dataclass(frozen=True)
class PlaceholderValues:
    """The placeholder values of one question; other placeholders show their example."""

    id: str
    question: str  # its id
    fillings: tuple[PlaceholderValue, ...] = ()

    def __post_init__(self) -> None:
        check_id("The id of fillings", self.id)
        check_key("The question of fillings", self.question)
        check_max_count("The filled gaps of a question", self.fillings, MAX_PLACEHOLDERS)

    @property
    def by_slot(self) -> dict[str, str]:
        """The value of each filled placeholder, by its name."""
        return {each.slot: each.text for each in self.fillings}


def make_placeholder_values(question: str, typed: Mapping[str, str]) -> PlaceholderValues:
    """Make the placeholder values of a question from what was typed.

    Args:
        question: its id.
        typed: the text by placeholder name; empty ones are left out.

    Raises:
        EntryError: a value is too long, or there are too many.
    """
    lines = {slot: to_one_line(text) for slot, text in typed.items()}
    return PlaceholderValues(
        make_placeholder_values_id(question),
        question,
        tuple(PlaceholderValue(slot, text) for slot, text in lines.items() if text),
    )
