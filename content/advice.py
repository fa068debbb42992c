"""Advice for a measure's value below, inside or above its band."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import Checked
from codec.refusals import Complaint
from content.fields import Text, check_choice, check_not_empty
from content.loader import load_content, read_packaged
from content.sources import Cited

FILE = "advice.toml"
SIDES = ("below", "inside", "above")


@dataclass(frozen=True)
class Advice(Cited):
    """Advice on one side of one measure, with a value that calls for it and one that does not."""

    text: Text  # what to do, about the speech
    why: Text
    example: float  # in the unit of the measure
    counterexample: float

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.example == self.counterexample:
            raise Complaint("is the example itself", "counterexample")


def _check_sides(found: dict[str, Advice]) -> dict[str, Advice]:
    for side in check_not_empty(found):
        check_choice(side, SIDES, side, "side")
    return found


Sides = Annotated[dict[str, Advice], Checked(_check_sides)]


def parse_advice(toml: str, file: str = FILE) -> dict[tuple[str, str], Advice]:
    """Parse advice from TOML, by (measure key, side); raises ContentError."""
    found = load_content(dict[str, Sides], toml, file)
    return {(measure, side): advice for measure, sides in found.items() for side, advice in sides.items()}


@cache
def load_advice() -> dict[tuple[str, str], Advice]:
    """Return all advice by (measure key, side)."""
    return parse_advice(read_packaged(FILE))


def find_advice(measure: str, side: str) -> Advice | None:
    """Return the advice for a measure's value on one side of its band; None if there is none."""
    return load_advice().get((measure, side))
