"""Strict reading of the content's TOML files.

Conventions: every mistake is a `ContentError` that names the file, the entry and the field; an unknown field is refused
just as a missing one is, so a misspelt field never passes for an absent one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar

Made = TypeVar("Made")


class ContentError(ValueError):
    """A mistake in a content file, told by file, entry and field."""


def packaged(file: str) -> str:
    """The text of a file of content/data."""
    return (files("content") / "data" / file).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Entry:
    """One table of a content file, with the names that a message about it needs."""

    file: str
    name: str
    values: Mapping[str, object]

    def error(self, field: str, complaint: str) -> ContentError:
        """The mistake in one field, ready to be raised."""
        return ContentError(f"{self.file}, {self.name}, {field}: {complaint}")

    def expect(self, required: Collection[str], optional: Collection[str] = ()) -> None:
        """Refuse fields that are missing and fields nobody knows."""
        for field in required:
            if field not in self.values:
                raise self.error(field, "is missing")
        for field in self.values:
            if field not in required and field not in optional:
                raise self.error(field, f"is not known here; known are {', '.join((*required, *optional))}")

    def text(self, field: str) -> str:
        """A text that is not empty and has no space around it."""
        return self._as_text(field, self.values[field])

    def key(self, field: str) -> str:
        """A name in snake_case."""
        value = self.text(field)
        if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", value):
            raise self.error(field, f"should be in snake_case, not {value!r}")
        return value

    def texts(self, field: str, fewest: int, most: int) -> tuple[str, ...]:
        """A list of such texts, `fewest` to `most` of them and none twice."""
        value = self.values[field]
        if not isinstance(value, list) or not fewest <= len(value) <= most or len(set(map(str, value))) < len(value):
            count = f"{fewest}" if fewest == most else f"{fewest} to {most}"
            raise self.error(field, f"should be a list of {count} different texts, not {value!r}")
        return tuple(self._as_text(field, item) for item in value)

    def choice(self, field: str, allowed: Collection[str]) -> str:
        """One of the allowed texts."""
        value = self.text(field)
        if value not in allowed:
            raise self.error(field, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def number(self, field: str) -> float:
        """A finite number."""
        return self._as_number(field, self.values[field])

    def whole(self, field: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.values[field]
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(field, f"should be a whole number from {low} to {high}, not {value!r}")
        return value

    def flag(self, field: str) -> bool:
        """True or false."""
        value = self.values[field]
        if not isinstance(value, bool):
            raise self.error(field, f"should be true or false, not {value!r}")
        return value

    def range_of_seconds(self, field: str) -> tuple[float, float]:
        """Two numbers of seconds, the lower one first, both above 0."""
        value = self.values[field]
        if not isinstance(value, list) or len(value) != 2:
            raise self.error(field, f"should be [low, high] in seconds, not {value!r}")
        low, high = (self._as_number(field, item) for item in value)
        if not 0 < low < high:
            raise self.error(field, f"should rise from above 0, not {value!r}")
        return low, high

    def tables(self, field: str) -> tuple[Entry, ...]:
        """The tables inside a table, each under its own key."""
        value = self.values[field]
        if not isinstance(value, dict) or not value:
            raise self.error(field, "should be a table that is not empty")
        return tuple(self._inner(f"{field}.{key}", item) for key, item in value.items())

    def labels(self, field: str) -> dict[str, str]:
        """The labels of the tables inside a table, by their keys; each table holds a label and nothing else."""
        found: dict[str, str] = {}
        for entry in self.tables(field):
            entry.expect(("label",))
            found[entry.name.split(".", 1)[1]] = entry.text("label")
        return found

    def array(self, field: str) -> tuple[Entry, ...]:
        """The entries of an array of tables, named by their id where they have one."""
        value = self.values[field]
        if not isinstance(value, list) or not value:
            raise self.error(field, "should be an array of tables that is not empty")
        return tuple(self._inner(_name_in_array(field, place, item), item) for place, item in enumerate(value, start=1))

    def by_id(self, field: str, made: Callable[[Entry], Made]) -> dict[str, Made]:
        """What is made of the entries of an array of tables, by their ids; none may stand there twice."""
        found: dict[str, Made] = {}
        for entry in self.array(field):
            new, key = made(entry), entry.key("id")
            if key in found:
                raise entry.error("id", f"another {field} has it")
            found[key] = new
        return found

    def _inner(self, name: str, value: object) -> Entry:
        if not isinstance(value, dict):
            raise self.error(name, f"should be a table, not {value!r}")
        return Entry(self.file, name, value)

    def _as_text(self, field: str, value: object) -> str:
        if not isinstance(value, str) or not value or value != " ".join(value.split()):
            raise self.error(field, f"should be a text with single spaces, not {value!r}")
        return value

    def _as_number(self, field: str, value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < float("inf"):
            raise self.error(field, f"should be a number, not {value!r}")
        return float(value)


def parse(toml: str, file: str) -> Entry:
    """The top table of a TOML text; raises ContentError where it is not TOML."""
    try:
        return Entry(file, "top level", tomllib.loads(toml))
    except (ValueError, RecursionError) as mistake:  # also numbers and nesting that Python does not read
        raise ContentError(f"{file}, top level, TOML: {mistake}") from mistake


def _name_in_array(field: str, place: int, item: object) -> str:
    if isinstance(item, dict) and isinstance(item.get("id"), str):
        return str(item["id"])
    return f"{field} {place}"
