"""What to do about a measure that lies below, inside or above its band."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse
from content.sources import Citation, citation

FILE = "advice.toml"
SIDES = ("below", "inside", "above")


@dataclass(frozen=True)
class Advice:
    """Advice on one side of one measure, with a value that calls for it and one that must not."""

    measure: str
    side: str  # "below", "inside" or "above"
    text: str  # what to do, about the speech
    why: str
    citation: Citation
    example: float  # in the unit of the measure
    counterexample: float


def parse_advice(toml: str, file: str = FILE) -> dict[tuple[str, str], Advice]:
    """Advice by (measure, side); raises ContentError."""
    found: dict[tuple[str, str], Advice] = {}
    for measure, sides in parse(toml, file).values.items():
        top = Entry(file, "top level", {measure: sides})
        for entry in top.tables(measure):
            advice = _advice(entry, measure)
            found[measure, advice.side] = advice
    return found


@cache
def all_advice() -> dict[tuple[str, str], Advice]:
    """Every piece of advice by (measure, side)."""
    return parse_advice(packaged(FILE))


def advice_for(measure: str, side: str) -> Advice | None:
    """The advice for a measure's value on one side of its band; None where there is nothing to say."""
    return all_advice().get((measure, side))


def _advice(entry: Entry, measure: str) -> Advice:
    entry.expect(("text", "why", "source", "example", "counterexample"), optional=("section",))
    side = entry.name.split(".", 1)[1]
    if side not in SIDES:
        raise entry.error("side", f"{side!r} is none of {', '.join(SIDES)}")
    if entry.number("example") == entry.number("counterexample"):
        raise entry.error("counterexample", "is the example itself")
    return Advice(
        measure,
        side,
        entry.text("text"),
        entry.text("why"),
        citation(entry),
        entry.number("example"),
        entry.number("counterexample"),
    )
