"""What the user puts into the gaps of a question: their company, language or role in the place of the example."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from interview.ids import same_id
from interview.validation import check_id, check_key, check_most, check_named, one_line

MOST = 10  # gaps of one question


def fillings_id(question: str) -> str:
    """The id of what fills the gaps of one question, so that it is kept once."""
    return same_id("fillings", question)


@dataclass(frozen=True)
class Filling:
    """One gap and what stands in it."""

    slot: str  # its name in the question: "company"
    text: str

    def __post_init__(self) -> None:
        check_key("The name of a gap", self.slot)
        check_named("What fills a gap", self.text)


@dataclass(frozen=True)
class Fillings:
    """The gaps of one question that are filled; the others show their example."""

    id: str
    question: str  # its id
    fillings: tuple[Filling, ...] = ()

    def __post_init__(self) -> None:
        check_id("The id of fillings", self.id)
        check_key("The question of fillings", self.question)
        check_most("The filled gaps of a question", self.fillings, MOST)

    @property
    def by_slot(self) -> dict[str, str]:
        """What stands in each filled gap."""
        return {each.slot: each.text for each in self.fillings}


def filled(question: str, typed: Mapping[str, str]) -> Fillings:
    """What was typed into the gaps of a question, the empty ones left out; raises EntryError."""
    lines = {slot: one_line(text) for slot, text in typed.items()}
    return Fillings(fillings_id(question), question, tuple(Filling(slot, text) for slot, text in lines.items() if text))
