"""Read the content's TOML files strictly, by the types of their dataclasses.

Conventions: every mistake is a `ContentError` that names the file, the entry and the field. An
unknown field is refused like a missing one, so that a misspelt field is never taken for an absent
one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, TypeVar

from codec.adapters import read_plain
from codec.refusals import Place, Refusal

Made = TypeVar("Made")
TOP_LEVEL = "top level"


class ContentError(ValueError):
    """A mistake in a content file; the message names file, entry and field."""


def read_packaged(file: str) -> str:
    """Return the text of a file in content/data."""
    return (files("content") / "data" / file).read_text(encoding="utf-8")


def load_content(kind: type[Made], toml: str, file: str) -> Made:
    """Parse a TOML text into a value of type `kind`; raises ContentError."""
    values = parse(toml, file)
    try:
        return read_plain(kind, values)
    except Refusal as refusal:
        entry, field = _entry_and_field(refusal.place, values)
        raise ContentError(f"{file}, {entry}, {field}: {_describe_mistake(refusal)}") from refusal


def load_entry(kind: type[Made], values: Mapping[str, Any], where: str) -> Made:
    """Parse one entry into a value of type `kind`; raises ContentError.

    Args:
        kind: type of the value.
        values: fields of the entry.
        where: name of the entry in error messages.
    """
    try:
        return read_plain(kind, values)
    except Refusal as refusal:
        raise ContentError(f"{where}, {refusal.place[0]}: {refusal.complaint}") from refusal


def parse(toml: str, file: str) -> dict[str, Any]:
    """Parse a TOML text into its top-level table; raises ContentError if it is not TOML."""
    try:
        return tomllib.loads(toml)
    except (ValueError, RecursionError) as mistake:  # also numbers and nesting that Python does not read
        raise ContentError(f"{file}, {TOP_LEVEL}, TOML: {mistake}") from mistake


def _entry_and_field(place: Place, values: Mapping[str, Any]) -> tuple[str, str]:
    """Return the name of an entry (its id if it has one) and of the field in it."""
    if len(place) < 3:
        return TOP_LEVEL, _join_place(place)
    table, key, *inner = place
    field = next(part for part in reversed(inner) if isinstance(part, str))
    if isinstance(key, str):
        return f"{table}.{key}", field
    named = values[str(table)][key].get("id")
    return (named if isinstance(named, str) else _join_place((table, key))), field


def _join_place(place: Place) -> str:
    table, *keys = place or ("",)
    return "".join([str(table), *(f".{key}" if isinstance(key, str) else f" {key + 1}" for key in keys)])


def _describe_mistake(refusal: Refusal) -> str:
    if len(refusal.place) == 1 and refusal.complaint.startswith("should be a list"):
        return f"should be an array of tables that is not empty, not {refusal.found!r}"
    return refusal.complaint
