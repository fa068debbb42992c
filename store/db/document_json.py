"""Documents (the types in `interview.document_kinds`) to and from JSON, by the types of their fields.

A field may be anything that `codec` reads: scalars, dates, datetimes with a time zone, enums, other
frozen dataclasses, and tuples of these. A field missing in older data gets its default.
"""

from __future__ import annotations

import json
from typing import Any

from codec.adapters import read_json, read_plain, to_plain

Json = dict[str, Any]


def to_json(document: Any) -> Json:
    """Return a document as JSON values."""
    plain: Json = to_plain(type(document), document)
    return plain


def from_json(kind: type, data: Json) -> Any:
    """Parse a document from JSON values; raises Refusal if they don't fit."""
    return read_plain(kind, data)


def from_text(kind: type, text: str) -> Any:
    """Parse a document from JSON text; raises Refusal if it doesn't fit."""
    return read_json(kind, text)


def parse_text(text: str) -> Any:
    """Return the JSON values in a text; raises ValueError if it is none."""
    return json.loads(text)


def collect_texts(data: Any) -> list[str]:
    """Return all strings in JSON values, including identifiers and times."""
    if isinstance(data, str):
        return [data]
    inner = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return [text for each in inner for text in collect_texts(each)]
