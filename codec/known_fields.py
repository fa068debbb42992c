"""List the fields of a dataclass by its place in a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

NESTED_SCHEMA_KEYS = ("schema", "items_schema", "values_schema")  # where pydantic's schemas hold that of what is inside


def list_known_fields(schema: Mapping[str, Any], place: Sequence[str | int]) -> tuple[str, ...]:
    """Return the field names of the dataclass at a place; empty if there is none.

    Args:
        schema: Pydantic's core schema of the whole type.
        place: Field names, keys and positions that lead from the whole to the dataclass.
    """
    return _find_fields(schema, list(place), {each["ref"]: each for each in schema.get("definitions", ())})


def _find_fields(schema: Any, place: list[str | int], definitions: Mapping[str, Any]) -> tuple[str, ...]:
    if isinstance(schema, list):
        schema = schema[0]
    if schema["type"] == "definition-ref":
        return _find_fields(definitions[schema["schema_ref"]], place, definitions)
    if schema["type"] == "dataclass-args":
        fields = {each["name"]: each["schema"] for each in schema["fields"]}
        return _find_fields(fields[str(place[0])], place[1:], definitions) if place else tuple(fields)
    if schema["type"] in ("tuple", "list", "dict"):
        place = place[1:]
    inner = next((schema[name] for name in NESTED_SCHEMA_KEYS if name in schema), None)
    return () if inner is None else _find_fields(inner, place, definitions)
