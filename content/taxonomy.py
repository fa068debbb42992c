"""What questions are sorted by: kind (which sets the length of the answer), stage and competency."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import Checked
from content.fields import Labels, SecondsRange, Text, check_not_empty
from content.loader import load, packaged

FILE = "taxonomy.toml"


@dataclass(frozen=True)
class Kind:
    """A kind of question and the length of answer it calls for."""

    label: Text
    target_seconds: SecondsRange  # (shortest, longest)


@dataclass(frozen=True)
class Sorting:
    """All kinds, and the labels of stages and competencies, by key and each in the order to show them."""

    kinds: dict[str, Kind]
    stages: dict[str, str]
    competencies: dict[str, str]


@dataclass(frozen=True)
class _File:
    kind: Annotated[dict[str, Kind], Checked(check_not_empty)]
    stage: Labels
    competency: Labels


def parse_sorting(toml: str, file: str = FILE) -> Sorting:
    """Return the kinds, stages and competencies of a TOML text; raises ContentError."""
    found = load(_File, toml, file)
    return Sorting(found.kind, found.stage, found.competency)


@cache
def sorting() -> Sorting:
    """Return the kinds, stages and competencies the questions use."""
    return parse_sorting(packaged(FILE))
