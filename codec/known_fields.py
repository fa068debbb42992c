"""Find the fields that a dataclass has, by its place in a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

INNER = ("schema", "items_schema", "values_schema")  # where pydantic's schemas hold that of what is inside


def known_fields(schema: Mapping[str, Any], place: Sequence[str | int]) -> tuple[str, ...]:
    """Return the names of the fields of the dataclass at a place; empty where there is none.

    Args:
        schema: pydantic's core schema of the whole type.
        place: field names, keys and positions, from the whole to the dataclass.
    """
    return _known(schema, list(place), {each["ref"]: each for each in schema.get("definitions", ())})


def _known(schema: Any, place: list[str | int], definitions: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(schema, list):
        schema = schema[0]
    if schema["type"] == "definition-ref":
        return _known(definitions[schema["schema_ref"]], place, definitions)
    if schema["type"] == "dataclass-args":
        fields = {each["name"]: each["schema"] for each in schema["fields"]}
        return _known(fields[str(place[0])], place[1:], definitions) if place else tuple(fields)
    if schema["type"] in ("tuple", "list", "dict"):
        place = place[1:]
    inner = next((schema[name] for name in INNER if name in schema), None)
    return () if inner is None else _known(inner, place, definitions)
