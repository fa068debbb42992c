"""What questions are sorted by: kind (which sets the length of the answer), stage and competency."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from content.loader import Entry, packaged, parse

FILE = "taxonomy.toml"


@dataclass(frozen=True)
class Kind:
    """A kind of question and the length of answer it calls for."""

    key: str
    label: str
    target_seconds: tuple[float, float]  # (shortest, longest)


@dataclass(frozen=True)
class Sorting:
    """All kinds, and the labels of stages and competencies by key, each in the order to show them."""

    kinds: dict[str, Kind]
    stages: dict[str, str]
    competencies: dict[str, str]


def parse_sorting(toml: str, file: str = FILE) -> Sorting:
    """The kinds, stages and competencies of a TOML text; raises ContentError."""
    top = parse(toml, file)
    top.expect(("kind", "stage", "competency"))
    kinds = [_kind(entry) for entry in top.tables("kind")]
    return Sorting({kind.key: kind for kind in kinds}, top.labels("stage"), top.labels("competency"))


@cache
def sorting() -> Sorting:
    """The kinds, stages and competencies the questions use."""
    return parse_sorting(packaged(FILE))


def _kind(entry: Entry) -> Kind:
    entry.expect(("label", "target_seconds"))
    return Kind(entry.name.split(".", 1)[1], entry.text("label"), entry.range_of_seconds("target_seconds"))
