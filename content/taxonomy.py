"""How questions are classified: kind, stage, competency, and the field of work."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Annotated

from codec.markers import Checked
from content.fields import Labels, SecondsRange, Text, check_not_empty
from content.loader import load_content, read_packaged

FILE = "taxonomy.toml"


@dataclass(frozen=True)
class Kind:
    """A kind of question and its target length of answer."""

    label: Text
    target_seconds: SecondsRange  # (shortest, longest)


@dataclass(frozen=True)
class Taxonomy:
    """All kinds, and the labels of stages, competencies and fields of work, by key and in display order."""

    kinds: dict[str, Kind]
    stages: dict[str, str]
    competencies: dict[str, str]
    fields: dict[str, str]


@dataclass(frozen=True)
class _File:
    kind: Annotated[dict[str, Kind], Checked(check_not_empty)]
    stage: Labels
    competency: Labels
    field: Labels


def parse_taxonomy(toml: str, file: str = FILE) -> Taxonomy:
    """Parse the kinds, stages, competencies and fields of a TOML text; raises ContentError."""
    found = load_content(_File, toml, file)
    return Taxonomy(found.kind, found.stage, found.competency, found.field)


@cache
def load_taxonomy() -> Taxonomy:
    """Return the kinds, stages, competencies and fields that the questions use."""
    return parse_taxonomy(read_packaged(FILE))
