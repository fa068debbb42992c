"""Values of the dataclasses in `interview.document_kinds` as JSON and back, by the types of their fields.

A field may be anything that `codec` reads: scalars, dates, moments with their zone, enums, other frozen dataclasses,
tuples of these. What was written before a field existed gets the field's default.
"""

from __future__ import annotations

from typing import Any

from codec.adapters import read_json, read_plain, to_plain

Json = dict[str, Any]


def to_json(thing: Any) -> Json:
    """Return a dataclass as values that JSON has."""
    plain: Json = to_plain(type(thing), thing)
    return plain


def from_json(kind: type, data: Json) -> Any:
    """Return a dataclass of its JSON; raises Refusal with what does not fit."""
    return read_plain(kind, data)


def from_text(kind: type, text: str) -> Any:
    """Return a dataclass of its JSON text; raises Refusal with what does not fit."""
    return read_json(kind, text)


def texts(data: Any) -> list[str]:
    """Return all texts in some JSON, identifiers and times too."""
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for each in inner for text in texts(each)]
