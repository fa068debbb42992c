"""Read the content's TOML files strictly, by the types of their dataclasses.

Conventions: every mistake is a `ContentError` that names the file, the entry and the field; an unknown field is refused
just as a missing one is, so a misspelt field never passes for an absent one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

from codec.adapters import read_plain
from codec.refusals import Place, Refusal

Made = TypeVar("Made")
TOP = "top level"


class ContentError(ValueError):
    """A mistake in a content file, told by file, entry and field."""


def packaged(file: str) -> str:
    """Return the text of a file of content/data."""
    return (files("content") / "data" / file).read_text(encoding="utf-8")


def load(kind: type[Made], toml: str, file: str) -> Made:
    """Return the value of a TOML text; raises ContentError."""
    values = parse(toml, file)
    try:
        return read_plain(kind, values)
    except Refusal as refusal:
        entry, field = _entry_and_field(refusal.place, values)
        raise ContentError(f"{file}, {entry}, {field}: {_complaint(refusal)}") from refusal


def load_entry(kind: type[Made], values: Mapping[str, Any], where: str) -> Made:
    """Return the value of one entry, which `where` names in a complaint; raises ContentError."""
    try:
        return read_plain(kind, values)
    except Refusal as refusal:
        raise ContentError(f"{where}, {refusal.place[0]}: {refusal.complaint}") from refusal


def parse(toml: str, file: str) -> dict[str, Any]:
    """Return the top table of a TOML text; raises ContentError where it is not TOML."""
    try:
        return tomllib.loads(toml)
    except (ValueError, RecursionError) as mistake:  # also numbers and nesting that Python does not read
        raise ContentError(f"{file}, {TOP}, TOML: {mistake}") from mistake


def _entry_and_field(place: Place, values: Mapping[str, Any]) -> tuple[str, str]:
    """The name of an entry, by its id where it has one, and the field in it."""
    if len(place) < 3:
        return TOP, _joined(place)
    table, key, *inner = place
    field = next(part for part in reversed(inner) if isinstance(part, str))
    if isinstance(key, str):
        return f"{table}.{key}", field
    named = values[str(table)][key].get("id")
    return (named if isinstance(named, str) else _joined((table, key))), field


def _joined(place: Place) -> str:
    table, *keys = place or ("",)
    return "".join([str(table), *(f".{key}" if isinstance(key, str) else f" {key + 1}" for key in keys)])


def _complaint(refusal: Refusal) -> str:
    if len(refusal.place) == 1 and refusal.complaint.startswith("should be a list"):
        return f"should be an array of tables that is not empty, not {refusal.found!r}"
    return refusal.complaint
